"""The list of notices and the register: tabs, conditions, scope, counts, the same queries at any length."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions import services
from suggestions.enums import State, SupervisionKind
from suggestions.models import Supervision
from suggestions.supervision_integrity import supervisions
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.supervising import supervise

Login = Callable[[User], Client]
LISTED = SupervisionKind.LISTED


@pytest.fixture(autouse=True)
def _within_one_minute() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _found(client: Client, query: str = "") -> list[int]:
    response = client.get(f"/desk/supervision/{query}")
    assert response.status_code == 200
    return sorted(row["notice"].pk for row in response.context["rows"])


def test_tabs_and_conditions(cast: Cast, login: Login, case_in: CaseIn) -> None:
    urged, late, listed, lifted = (
        supervise(cast, case_in(State.HANDLING), kind) for kind in ("URGED", "SUPERVISED", LISTED, LISTED)
    )  # type: ignore[misc]
    Supervision.objects.filter(pk=late.pk).update(reply_due_on=timezone.localdate() - timedelta(days=1))
    for notice in (listed, lifted):
        services.answer_supervision(supervision=notice, actor=cast.unit_handler, text="已办")
    services.lift_listing(supervision=lifted, actor=cast.county_office, reason="已办")
    client = login(cast.county_office)
    assert _found(client) == [urged.pk, late.pk, listed.pk]
    assert _found(client, "?view=overdue") == [late.pk]
    assert _found(client, "?view=listed") == [listed.pk]
    assert _found(client, "?view=lifted") == [lifted.pk]
    assert _found(client, "?view=all&kind=LISTED") == [listed.pk, lifted.pk]
    assert _found(client, f"?view=all&unit={cast.other_unit.pk}") == []
    assert len(_found(client, f"?view=all&unit={cast.county_unit.pk}&delegation={cast.town.pk}&from=2026-11-24")) == 4
    assert _found(client, "?view=all&to=2026-11-23") == []
    assert "结束日期不能早于开始日期" in client.get("/desk/supervision/?from=2026-11-24&to=2026-11-01").content.decode()
    desk = client.get("/desk/").context["supervision_counters"]
    assert [(item.label, item.number) for item in desk] == [("督办超期未回复", 1), ("挂牌督办", 1)]
    own = login(cast.unit_handler).get("/desk/").context["supervision_counters"]
    assert [(item.label, item.number) for item in own] == [("督办待回复", 2), ("挂牌督办", 1)]


@pytest.mark.parametrize(
    ("who", "count"),
    [("town_office", 1), ("leader", 1), ("unit_handler", 1), ("other_town_office", 0), ("stranger", 0)],
)
def test_scope(cast: Cast, login: Login, case_in: CaseIn, who: str, count: int) -> None:
    supervise(cast, case_in(State.HANDLING))
    assert len(_found(login(getattr(cast, who)))) == count


def _queries(client: Client, address: str) -> int:
    client.get("/desk/inbox/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/desk/supervision/", "/desk/register/", "/desk/register/export/", "/desk/"])
def test_as_many_queries_for_many(cast: Cast, login: Login, case_in: CaseIn, address: str) -> None:
    client = login(cast.county_office)
    supervise(cast, case_in(State.HANDLING), LISTED)
    case_in(State.CLOSED)
    client.get(address)
    before = _queries(client, address)
    for _ in range(4):
        supervise(cast, case_in(State.HANDLING), LISTED)
        case_in(State.CLOSED)
    assert _queries(client, address) == before


def test_the_register_is_the_same_on_paper_and_as_a_sheet(cast: Cast, login: Login, case_in: CaseIn) -> None:
    cases = [case_in(State.CLOSED), case_in(State.HANDLING)]
    case_in(State.REJECTED)
    case_in(State.ESCALATED)  # no unit yet
    client = login(cast.county_office)
    assert client.get("/desk/register/").context["count"] == 3
    query = f"?unit={cast.county_unit.pk}&from=2026-11-01&to=2026-11-30"
    shown = client.get(f"/desk/register/{query}").context["entries"]
    assert [entry.case.number for entry in shown] == [case.number for case in cases]
    page = load_workbook(BytesIO(client.get(f"/desk/register/export/{query}").content)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5, max_row=7)]
    assert page["A1"].value == "交通运输局建议意见办理台账"
    assert [row[1] for row in rows] == [*(case.number for case in cases), "合计"]
    assert rows[0][10:14] == ["按期", "A 已解决", "满意", "满意"]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORT)
    assert (entry.subject, entry.detail) == ("办理台账", "交通运输局，2026年11月1日至2026年11月30日，2 件")
    assert client.get("/desk/register/?from=2027-01-01").context["count"] == 0
    assert login(cast.stranger).get("/desk/register/").context["count"] == 0


def test_more_than_a_thousand_need_a_reason(
    cast: Cast, login: Login, case_in: CaseIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("suggestions.views.register.REASON_ABOVE", 0)
    monkeypatch.setattr("accounts.export_reasons.REASON_ABOVE", 0)
    case_in(State.HANDLING)
    client = login(cast.county_office)
    assert "超过 1000 件" in client.get("/desk/register/").content.decode()
    assert client.get("/desk/register/export/").status_code == 422
    assert client.get("/desk/register/export/?reason=年终归档").status_code == 200
    assert "年终归档" in AuditEntry.objects.get(action=AuditAction.EXPORT).detail


def test_integrity_sees_what_cannot_be(cast: Cast, case_in: CaseIn) -> None:
    notice = supervise(cast, case_in(State.HANDLING))
    assert list(supervisions()) == []
    early = timezone.now() - timedelta(days=9)
    broken = {
        "没有承办": {"unit": cast.other_unit},
        "早于发出": {"reply_due_on": early.date()},
        "不是自动提醒": {"issued_by": None},
        "回复或摘牌": {"replied_at": early, "replied_by": cast.unit_handler, "reply_text": "好"},
    }
    for said, fields in broken.items():
        kept = {name: getattr(notice, name) for name in fields}
        Supervision.objects.filter(pk=notice.pk).update(**fields)
        assert any(said in sentence for sentence in supervisions()), said
        Supervision.objects.filter(pk=notice.pk).update(**kept)
