"""值班表 on paper: Excel in the official layout, Word, posters with names large enough, changes marked."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from accounts.models import AuditEntry, User
from appointments.rosters.papers import POSTER_NAMES, Session, _sheets
from appointments.services.rosters.overriding import replace_person
from tests.appointments.rosters import DAYS, Drafted, kept_by, published
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def found(cast: Cast) -> Drafted:
    """Published with a gap, and one seat that changed hands."""
    rows = published(cast, gap=True)
    spare = RepresentativeFactory(delegation=cast.town, name="=1+1", studios=[cast.studio])
    replace_person(seat=kept_by(rows.seats[0]), person=spare, reason="出差", actor=cast.town_office)
    return rows


def test_the_sheet(cast: Cast, login: Login, found: Drafted) -> None:
    response = login(cast.liaison).get(f"{found.roster.get_absolute_url()}sheet/")
    page = load_workbook(BytesIO(response.content))["值班表"]
    assert page["A1"].value == "曲塘镇代表队党代表值班表"
    assert page["C3"].value == "2027年1月"
    assert [page.cell(4, column).value for column in (3, 4, 5)] == ["9日", "6日", "6日"]
    assert [page.cell(5, column).value for column in (2, 3, 4, 5)] == [
        cast.studio.name, "'=1+1（替代表甲）", "代表丁", "空缺",
    ]  # fmt: skip
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$3:$4")
    assert page.cell(5, 3).border.left.style == "thin"
    assert AuditEntry.objects.get(action="EXPORT").detail == "Excel"


def test_the_word_file(cast: Cast, login: Login, found: Drafted) -> None:
    response = login(cast.liaison).get(f"{found.roster.get_absolute_url()}word/")
    document = Document(BytesIO(response.content))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["工作室", "1月9日", "2月6日", "3月6日"], [cast.studio.name, "=1+1（替代表甲）", "代表丁", "空缺"]]
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_poster_of_a_studio(cast: Cast, login: Login, found: Drafted) -> None:
    client = login(cast.liaison)
    address = f"{found.roster.get_absolute_url()}poster/"
    page = client.get(address, {"size": "A3", "studio": cast.studio.pk}).content.decode()
    for words in ("poster-page--A3", "<s>代表甲</s>", "有变更", "空缺", f"/studios/{cast.studio.pk}/", "每周六"):
        assert words in page
    assert "poster-page--A4" in client.get(address, {"size": "A9", "studio": "x"}).content.decode()
    assert "没有公示的班次" in client.get(address, {"studio": "0"}).content.decode()


def test_a_draft_is_not_printed(cast: Cast, login: Login, found: Drafted) -> None:
    found.roster.status = "DRAFT"
    found.roster.save()
    for paper in ("print", "poster", "sheet", "word"):
        assert login(cast.town_office).get(f"{found.roster.get_absolute_url()}{paper}/").status_code == 403


@pytest.mark.parametrize(("names", "count", "sheets"), [(1, 13, 1), (1, 14, 1), (1, 15, 2), (2, 13, 2), (5, 13, 7)])
def test_a_poster_holds_so_many_names(names: int, count: int, sheets: int) -> None:
    sessions = [Session(DAYS[0], names=["代表甲"] * names) for _ in range(count)]
    found = _sheets(sessions)
    assert len(found) == sheets
    assert [session for part in found for session in part] == sessions
    assert max(sum(len(session.names) for session in part) for part in found) <= POSTER_NAMES
