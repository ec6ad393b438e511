"""The ladder leaves a notice when its reminder was really sent: once per stage, for all recipients (domain.md §6.2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from notifications.delivery import sweep
from notifications.enums import ReminderState
from notifications.models import Reminder
from suggestions import services
from suggestions.deadlines import Rules, stage_kind
from suggestions.enums import State, SupervisionKind
from suggestions.models import Supervision
from suggestions.notifications import DEADLINE
from suggestions.services.supervision import note_stage
from tests.cast import Cast
from tests.suggestions import paths
from tests.suggestions.supervising import supervise

SHANGHAI = ZoneInfo("Asia/Shanghai")
ASSIGNED = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)  # due on Friday 4 December


@pytest.fixture
def assigned(cast: Cast) -> Cast:
    with time_machine.travel(ASSIGNED, tick=False):
        paths.case_in(State.ASSIGNED, cast)
    return cast


def _sweep_until(day: datetime) -> None:
    now = ASSIGNED
    while now <= day:
        sweep(now)
        now += timedelta(hours=6)


def _rows() -> list[tuple[str, str, str | None]]:
    rows = Supervision.objects.order_by("id")
    return [
        (
            row.kind,
            f"{row.issued_at.astimezone(SHANGHAI):%m-%d}",
            f"{row.reply_due_on:%m-%d}" if row.reply_due_on else None,
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("offset", "kind"),
    [
        (-3, None), (0, None), (1, SupervisionKind.URGED), (2, SupervisionKind.URGED),
        (3, SupervisionKind.SUPERVISED), (6, SupervisionKind.SUPERVISED),
        (7, SupervisionKind.LISTED), (30, SupervisionKind.LISTED),
    ],
)  # fmt: skip
def test_stages(offset: int, kind: SupervisionKind | None) -> None:
    assert stage_kind(offset, Rules()) == kind


def test_each_stage_once_and_only_when_it_was_sent(assigned: Cast) -> None:
    _sweep_until(datetime(2026, 12, 6, 21, tzinfo=SHANGHAI))  # D+1 is a Saturday: nothing has been sent
    assert _rows() == []
    _sweep_until(datetime(2026, 12, 20, 21, tzinfo=SHANGHAI))
    assert _rows() == [
        ("URGED", "12-07", None),
        ("SUPERVISED", "12-07", "12-10"),
        ("LISTED", "12-11", "12-18"),
    ]
    assert {row.unit for row in Supervision.objects.all()} == {assigned.county_unit}
    assert "应于2026年12月4日前答复" in Supervision.objects.order_by("id")[0].text


def test_noting_a_stage_again_adds_nothing(assigned: Cast) -> None:
    _sweep_until(datetime(2026, 12, 20, 21, tzinfo=SHANGHAI))
    before = _rows()
    for reminder in Reminder.objects.filter(kind=DEADLINE, state=ReminderState.SENT):
        note_stage(reminder, datetime(2026, 12, 21, 9, tzinfo=SHANGHAI))
    assert _rows() == before


def test_nobody_to_send_to_leaves_no_notice(assigned: Cast) -> None:
    assigned.unit_handler.memberships.all().delete()
    _sweep_until(datetime(2026, 12, 8, 21, tzinfo=SHANGHAI))
    assert _rows() == []


def test_what_is_listed_by_hand_is_not_listed_again(assigned: Cast) -> None:
    case = assigned.county.county_suggestions.get()
    with time_machine.travel(datetime(2026, 12, 7, 9, tzinfo=SHANGHAI), tick=False):
        supervise(assigned, case, SupervisionKind.LISTED)
    _sweep_until(datetime(2026, 12, 20, 21, tzinfo=SHANGHAI))
    assert [kind for kind, _sent, _due in _rows()].count("LISTED") == 1


def test_a_new_clock_has_its_own_stages(assigned: Cast) -> None:
    _sweep_until(datetime(2026, 12, 7, 21, tzinfo=SHANGHAI))
    case = assigned.county.county_suggestions.get()
    with time_machine.travel(datetime(2026, 12, 8, 9, tzinfo=SHANGHAI), tick=False):
        services.recall_assignment(suggestion=case, actor=assigned.county_office, version=None)
        paths.assign(case, assigned)
    _sweep_until(datetime(2026, 12, 21, 21, tzinfo=SHANGHAI))  # due on the 18th: D+1 and D+3 fall on the 21st
    assert [row[:2] for row in _rows()] == [
        ("URGED", "12-07"), ("SUPERVISED", "12-07"), ("URGED", "12-21"), ("SUPERVISED", "12-21"),
    ]  # fmt: skip


def test_an_answered_case_gets_none(assigned: Cast) -> None:
    case = assigned.county.county_suggestions.get()
    with time_machine.travel(ASSIGNED + timedelta(days=1), tick=False):
        paths.sign(case, assigned)
        paths.reply(case, assigned)
    _sweep_until(datetime(2026, 12, 20, 21, tzinfo=SHANGHAI))
    assert _rows() == []
