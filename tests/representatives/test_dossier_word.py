"""The dossier as Word: the same rows as the page, plain text whatever was typed, an official layout, on record."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.utils.html import escape
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from appointments.enums import AppointmentKind, AttendanceStatus
from representatives.dossier import Dossier, FilledChapter, chapters
from representatives.dossier_word import dossier_docx
from representatives.models import Representative
from sheets.word import NOT_XML
from suggestions.enums import State
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.representatives.records import gather, serve

Login = Callable[[User], Client]
DAY = date(2026, 11, 24)


def _open(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def _rows(file: Document) -> list[list[tuple[str, ...]]]:
    """The rows of each chapter, without its head."""
    return [[tuple(cell.text for cell in row.cells) for row in table.rows[1:]] for table in file.tables[1:]]


def _download(client: Client, cast: Cast, year: int) -> Document:
    response = client.get(f"/desk/reps/{cast.representative.pk}/dossier.docx?year={year}")
    assert response.status_code == 200
    return _open(response.content)


def test_the_file_holds_the_rows_of_the_page(cast: Cast, login: Login, case_in: CaseIn) -> None:
    serve(cast, duties=3, visits=2)
    gather(cast, AppointmentKind.THEMED, date(2026, 3, 7), AttendanceStatus.PRESENT, theme="农村道路")
    client, year = login(cast.town_office), case_in(State.CLOSED).submitted_on.year  # type: ignore[union-attr]
    for asked in {2026, year}:
        page = client.get(f"/desk/reps/{cast.representative.pk}/dossier/?year={asked}").context["dossier"]
        file = _download(client, cast, asked)
        assert _rows(file) == [list(filled.rows) for filled in page.chapters]
        text = [paragraph.text for paragraph in file.paragraphs]
        assert text[0] == page.title
        for place, filled in enumerate(page.chapters):
            at = text.index(f"{'一二三四五六'[place]}、{filled.chapter.title}")
            assert text[at + 1] == filled.sums
        facts = [cell.text for row in file.tables[0].rows for cell in row.cells]
        assert facts == [word for fact in page.facts for word in fact]


@pytest.mark.parametrize(
    "matter",
    [
        "{{ 7*7 }}",
        "{% for x in range(9) %}x{% endfor %}",
        "{%tr for row in chapters %}",
        "{# nothing #}",
        "a & b < c > d \"e\" 'f'",
        "</w:t></w:r></w:p><w:p/>",
        "两行\n第二行\t有制表符",
    ],
)
def test_what_people_typed_is_plain_text(cast: Cast, login: Login, matter: str) -> None:
    serve(cast, duties=0, visits=1, matter=matter)
    assert _rows(_download(login(cast.town_office), cast, 2026))[2][0][1] == matter
    page = login(cast.town_office).get(f"/desk/reps/{cast.representative.pk}/dossier/?year=2026").content.decode()
    assert escape(matter) in page


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    chapter = chapters()[0]
    filled = [FilledChapter(item, [], "") for item in chapters()]
    filled[0] = FilledChapter(chapter, [(text,) * len(chapter.columns)], text)
    facts = [("姓名", text)] * 12
    dossier = Dossier(Representative(certificate_no="D000001"), 2026, facts, filled)
    found = _rows(_open(dossier_docx(dossier, DAY)))[0][0]
    assert set(found) == {NOT_XML.sub("", text.replace("\r\n", "\n"))}


def test_an_official_layout(cast: Cast, login: Login) -> None:
    serve(cast)
    file = _download(login(cast.town_office), cast, 2026)
    for table in file.tables[1:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert file.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert file.tables[1].rows[1].cells[0].paragraphs[0].runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    foot = file.sections[0].footer._element.xml
    assert f"{cast.representative.certificate_no}-2026" in foot
    assert " PAGE " in foot and " NUMPAGES " in foot
    assert [file.sections[0].page_width.mm, file.sections[0].page_height.mm] == pytest.approx([210, 297], abs=0.1)
    words = [paragraph.text for paragraph in file.paragraphs]
    assert words[-4:-1] == ["党代表（签名）：", "代表队（盖章）：", "党联办（盖章）："]


def test_each_download_is_on_record(cast: Cast, login: Login) -> None:
    _download(login(cast.leader), cast, 2026)
    entry = AuditEntry.objects.get(action=AuditAction.EXPORT)
    assert (entry.actor, entry.county) == (cast.leader, cast.county)
    assert entry.subject == f"履职档案 {cast.representative.certificate_no}"
    assert entry.detail == "2026 年，Word"
    assert cast.representative.name not in entry.detail + entry.subject


@pytest.mark.parametrize("who", ["liaison", "unit_handler", "other_town_office", "admin", "auditor"])
def test_nothing_is_recorded_where_nothing_is_handed_out(cast: Cast, login: Login, who: str) -> None:
    assert login(getattr(cast, who)).get(f"/desk/reps/{cast.representative.pk}/dossier.docx").status_code == 403
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORT).exists()
