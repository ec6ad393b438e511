"""A register leaves exactly as it is filtered and ordered on screen, and says by which conditions."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import Workbook

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from tests.cast import Cast
from tests.reports.exporting import address_of, exported
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

Login = Callable[[User], Client]
STUDIOS, PEOPLE = "studios", "representatives"


def _book(client: Client, key: str, **query: str) -> Workbook:
    return exported(client, key, f"?{urlencode(query)}")


def _column(book: Workbook) -> list[str]:
    return [cell.value for cell in book.worksheets[0]["A"]][1:]


@pytest.fixture
def register(cast: Cast) -> Cast:
    """One more studio and person in each town, named so that pinyin tells them apart."""
    for town, place in ((cast.town, "刘圩村"), (cast.other_town, "角斜村")):
        studio = StudioFactory(delegation=town, code=f"X{town.code}", name=f"{place}党代表工作室", village=place)
        RepresentativeFactory(delegation=town, certificate_no=f"X{town.code}", name=f"{place[0]}演示", studios=[studio])
    return cast


def test_studios_as_on_screen(register: Cast, login: Login) -> None:
    client = login(register.county_office)
    for query in ({}, {"q": "lwc"}, {"delegation": str(register.other_town.pk), "kind": "TOWN"}):
        shown = [row.studio.code for row in client.get("/desk/studios/", query).context["shown"]]
        assert _column(_book(client, STUDIOS, **query)) == shown
        assert shown


def test_representatives_as_on_screen(register: Cast, login: Login) -> None:
    client = login(register.town_office)
    for query in ({}, {"q": "jiaoyanshi"}, {"delegation": str(register.other_town.pk)}):
        shown = [row.certificate_no for row in client.get("/desk/reps/", query).context["page"].rows]
        assert _column(_book(client, PEOPLE, **query)) == shown
        assert shown


def test_the_conditions_are_said_in_words_and_audited(register: Cast, login: Login) -> None:
    book = _book(login(register.county_office), STUDIOS, q="刘圩", status="ACTIVE", delegation=str(register.town.pk))
    said = {row[0].value: row[1].value for row in book["导出条件"].iter_rows()}
    assert (said["搜索名称、村或编号"], said["状态"], said["代表队"]) == ("刘圩", "启用", register.town.name)
    assert AuditEntry.objects.filter(action=AuditAction.EXPORT, subject="工作室 1 个").count() == 1


def test_many_rows_want_a_reason_and_keep_the_conditions(
    register: Cast, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.export_reasons.REASON_ABOVE", 0)
    client = login(register.county_office)
    page = client.get(address_of(STUDIOS), {"q": "lwc"})
    assert page.status_code == 422
    assert '<input type="hidden" name="q" value="lwc">' in page.content.decode()
    assert _column(_book(client, STUDIOS, q="lwc", reason="核对名册")) == [f"X{register.town.code}"]


def test_readers_are_not_offered_the_export(register: Cast, login: Login) -> None:
    for person in (register.leader, register.liaison):
        client = login(person)
        assert "导出当前结果" not in client.get("/desk/studios/").content.decode()
        assert client.get(address_of(STUDIOS)).status_code == 403
