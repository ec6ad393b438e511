"""The register as a sheet: the rows on screen, masked, on record; many rows want a reason."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.reports.exporting import address_of, exported

Login = Callable[[User], Client]


@pytest.fixture
def register(cast: Cast) -> None:
    for number, category in enumerate(["ROADS", "ROADS", "HEALTH"]):
        VisitFactory(
            studio=cast.studio,
            representative=cast.representative,
            recorded_by=cast.liaison,
            category=category,
            matter=f"=第{number}件",
            visitor_name="来访人甲",
            visitor_phone="19900001234",
        )


@pytest.mark.usefixtures("register")
def test_what_is_on_screen_leaves_masked(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    query = "?category=ROADS"
    screen = client.get(f"/desk/visits/{query}")
    assert "导出当前结果（共 2 条）" in screen.content.decode()
    book = exported(client, "visits", query)
    rows = list(book["清单"].values)[1:]
    assert [row[0].lstrip("'") for row in rows] == [visit.matter for visit in screen.context["page"].rows]
    assert {(row[9], row[10]) for row in rows} == {("来*", "199****1234")}
    assert ("类别", "道路交通") in list(book["导出条件"].values)
    entry = AuditEntry.objects.get(action=AuditAction.EXPORT)
    assert entry.subject == "接访登记簿 2 条"


@pytest.mark.usefixtures("register")
def test_many_rows_want_a_reason(cast: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.export_reasons.REASON_ABOVE", 2)
    client = login(cast.liaison)
    response = client.get(address_of("visits") + "?reason=")
    assert response.status_code == 422
    assert "请填写导出事由" in response.content.decode()
    exported(client, "visits", "?reason=年度归档")
    assert "年度归档" in AuditEntry.objects.get(action=AuditAction.EXPORT).detail


@pytest.mark.usefixtures("register")
def test_others_have_nothing_to_export(cast: Cast, login: Login) -> None:
    book = exported(login(cast.other_liaison), "visits")
    assert book["清单"].max_row == 1
