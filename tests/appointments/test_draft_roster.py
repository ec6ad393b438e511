"""An office draws up the draft of its roster from the rows of its delegation (domain.md §5)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appointments.enums import AppointmentKind, AttendanceStatus, HolidayTreatment, LeaveStatus, RosterStatus
from appointments.models import Leave, Roster, RosterSeat
from appointments.services import RosterConflictError, RosterError, draft_roster, refill_draft
from appointments.worlds import Terms, load_plans
from representatives.enums import RepresentativeStatus
from representatives.models import Mandate, Representative
from studios.enums import StudioKind, StudioStatus
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

TODAY = date(2026, 11, 24)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
SATURDAYS = [date(2026, 12, day) for day in (5, 12, 19, 26)]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=timezone.get_default_timezone()), tick=False):
        yield


@pytest.fixture
def colleagues(cast: Cast) -> list[Representative]:
    return [RepresentativeFactory(delegation=cast.town, studios=[cast.studio]) for _ in range(4)]


def _draft(cast: Cast, **changes: Any) -> Roster:
    wanted = {"first_on": FIRST, "last_on": LAST, "holidays": HolidayTreatment.SKIP, **changes}
    return draft_roster(delegation=cast.town, actor=cast.town_office, **wanted)


def _leave(cast: Cast, person: Representative, first: date, last: date, **facts: Any) -> Leave:
    asked = {"requested_by": cast.town_office, "requested_at": timezone.now(), "status": LeaveStatus.APPROVED}
    return Leave.objects.create(representative=person, first_on=first, last_on=last, reason="病假", **asked | facts)


def _who(roster: Roster) -> dict[date, Representative | None]:
    return {seat.held_on: seat.representative for seat in roster.seats.select_related("representative")}


def test_every_saturday_gets_one_person_and_a_reason(cast: Cast, colleagues: list[Representative]) -> None:
    roster = _draft(cast)
    who = _who(roster)
    assert list(who) == SATURDAYS
    assert len(set(who.values())) == 4 and None not in who.values()
    assert all(seat.reason for seat in roster.seats.all())
    assert (roster.status, roster.version, roster.created_by) == (RosterStatus.DRAFT, 1, cast.town_office)
    assert (roster.report["spread_reached"], roster.report["spread_attainable"]) == (1, 1)
    assert len(roster.content_hash) == 64


def test_only_active_people_of_active_studios(cast: Cast, colleagues: list[Representative]) -> None:
    closed = StudioFactory(delegation=cast.town, status=StudioStatus.CLOSED)
    colleagues[0].studios.set([closed])
    Representative.objects.filter(pk=colleagues[1].pk).update(
        status=RepresentativeStatus.SUSPENDED, status_on=TODAY, status_reason="停止执行职务"
    )
    people = set(_who(_draft(cast)).values())
    assert people == {cast.representative, *colleagues[2:]}


def test_nobody_on_leave_or_at_another_appointment(cast: Cast) -> None:
    _leave(cast, cast.representative, date(2026, 12, 1), date(2026, 12, 6))
    _leave(cast, cast.representative, date(2026, 12, 25), LAST, status=LeaveStatus.REQUESTED)
    AttendanceFactory(
        appointment__studio=cast.other_studio,
        appointment__held_on=SATURDAYS[1],
        appointment__kind=AppointmentKind.THEMED,
        representative=cast.representative,
    )
    roster = _draft(cast)
    assert [day for day, who in _who(roster).items() if who is None] == SATURDAYS[:2]
    assert [row["reason"] for row in roster.report["unfilled"]] == [
        "这天 1 位代表都不能到：1 人请假",
        "这天 1 位代表都不能到：1 人另有约见",
    ]
    assert roster.report["bottleneck"] == cast.studio.name
    assert [row["on"] for row in roster.report["breaches"]] == ["2026-12-26"]


@pytest.mark.parametrize(
    ("status", "served"),
    [
        (AttendanceStatus.PRESENT, 1),
        (AttendanceStatus.EXPECTED, 1),
        (AttendanceStatus.LEAVE, 1),
        (AttendanceStatus.ABSENT, 0),
        (AttendanceStatus.SUBSTITUTED, 0),
        (AttendanceStatus.VACANT, 0),
    ],
)
def test_credit(cast: Cast, status: AttendanceStatus, served: int) -> None:
    """An absent person and one who gave the seat away get none; leave creates no debt."""
    AttendanceFactory(
        appointment__studio=cast.studio,
        appointment__held_on=date(2026, 11, 14),
        representative=cast.representative,
        status=status,
    )
    member = load_plans(cast.county, [cast.town], Terms(FIRST, LAST))[0].world.members[0]
    assert member.served == served
    assert (member.last_on is not None) is (status in {AttendanceStatus.PRESENT, AttendanceStatus.EXPECTED})


def test_time_on_leave_and_newcomers_are_known(cast: Cast, colleagues: list[Representative]) -> None:
    _leave(cast, colleagues[0], FIRST - timedelta(days=73), FIRST + timedelta(days=5))
    Mandate.objects.create(representative=colleagues[1], term=13, level="TOWN", starts_on=date(2026, 6, 1))
    Mandate.objects.create(representative=colleagues[2], term=12, level="TOWN", starts_on=date(2021, 6, 1))
    Mandate.objects.create(representative=colleagues[2], term=13, level="TOWN", starts_on=date(2026, 6, 1))
    members = {one.id: one for one in load_plans(cast.county, [cast.town], Terms(FIRST, LAST))[0].world.members}
    assert members[colleagues[0].pk].share_on_leave == pytest.approx(74 / 365)
    assert {key for key, one in members.items() if one.is_newcomer} == {colleagues[1].pk}


def test_personal_studios_belong_to_their_owner(cast: Cast) -> None:
    own = StudioFactory(delegation=cast.town, kind=StudioKind.PERSONAL)
    owner = RepresentativeFactory(delegation=cast.town, owned_studio=own)
    AttendanceFactory(
        appointment__studio=own, appointment__held_on=date(2026, 11, 21), representative=owner, present=True
    )
    seats = RosterSeat.objects.filter(roster=_draft(cast), studio=own)
    assert [(seat.held_on, seat.representative) for seat in seats] == [(SATURDAYS[1], owner)]


def test_a_session_with_an_appointment_is_left_alone_and_said(cast: Cast) -> None:
    AppointmentFactory(studio=cast.studio, held_on=SATURDAYS[2])
    roster = _draft(cast)
    assert SATURDAYS[2] not in _who(roster)
    assert roster.report["arranged"] == [{"date": "2026-12-19", "studio": cast.studio.name}]


def test_a_provisional_year_is_flagged(cast: Cast) -> None:
    roster = _draft(cast, first_on=date(2027, 1, 1), last_on=date(2027, 1, 31))
    assert roster.report["provisional"] is True
    assert "2027 年放假安排未公布" in roster.report["days"][0]["note"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_on": date(2026, 11, 30)}, "结束日期早于开始日期"),
        ({"first_on": date(2026, 11, 23)}, "已经过去"),
        ({"last_on": date(2028, 1, 1)}, "最多排一年"),
        ({"people_per_session": 0}, "每班至少 1 人"),
        ({"last_on": date(2026, 12, 4)}, "没有要排的值班日"),
    ],
)
def test_a_period_that_cannot_be(cast: Cast, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RosterError, match=sentence):
        _draft(cast, **changes)
    assert not Roster.objects.exists()


def test_without_studios_or_people(cast: Cast) -> None:
    cast.representative.studios.clear()
    with pytest.raises(RosterError, match="没有在任的代表"):
        _draft(cast)
    type(cast.studio).objects.update(status=StudioStatus.CLOSED)
    with pytest.raises(RosterError, match="没有启用的工作室"):
        _draft(cast)
    assert not Roster.objects.exists()


def test_a_published_roster_is_in_the_way(cast: Cast) -> None:
    roster = _draft(cast)
    Roster.objects.update(status=RosterStatus.PUBLISHED, published_at=timezone.now(), published_by=cast.town_office)
    for first in (FIRST, date(2026, 12, 31)):
        with pytest.raises(RosterError, match="2026年12月1日至2026年12月31日的值班表已经发布"):
            _draft(cast, first_on=first, last_on=date(2027, 1, 31))
    with pytest.raises(RosterError, match="已经发布"):
        refill_draft(roster=roster, actor=cast.town_office)
    assert RosterSeat.objects.count() == 4


def test_a_draft_of_other_days_is_in_the_way(cast: Cast) -> None:
    _draft(cast)
    with pytest.raises(RosterError, match="重叠"):
        _draft(cast, first_on=date(2026, 12, 20), last_on=date(2027, 1, 31))


def test_a_draft_is_drawn_up_again_by_who_saw_it(cast: Cast, colleagues: list[Representative]) -> None:
    roster = _draft(cast)
    with pytest.raises(RosterConflictError, match="镇办甲 11月24日 09:00 已排好这份值班表"):
        _draft(cast, people_per_session=2)
    again = _draft(cast, people_per_session=2, last_on=date(2026, 12, 12), version=1)
    assert (again.pk, again.version, again.seats.count()) == (roster.pk, 2, 4)
    assert Roster.objects.count() == 1
    with pytest.raises(RosterConflictError):
        _draft(cast, version=1)


def test_refill_changes_only_the_seat_of_who_went_on_leave(cast: Cast, colleagues: list[Representative]) -> None:
    roster = _draft(cast)
    RosterSeat.objects.filter(held_on=SATURDAYS[3]).update(is_by_hand=True, reason="本人要求")
    before = {seat.held_on: seat for seat in roster.seats.all()}
    gone = before[SATURDAYS[1]].representative
    assert gone is not None
    _leave(cast, gone, SATURDAYS[1], SATURDAYS[1])
    roster = refill_draft(roster=roster, actor=cast.county_office, version=1)
    after = {seat.held_on: seat for seat in roster.seats.all()}
    assert after[SATURDAYS[1]].representative not in {None, gone}
    unchanged = [SATURDAYS[0], SATURDAYS[2], SATURDAYS[3]]
    assert [after[day].pk for day in unchanged] == [before[day].pk for day in unchanged]
    assert (after[SATURDAYS[3]].is_by_hand, after[SATURDAYS[3]].reason) == (True, "本人要求")
    assert roster.version == 2
    assert refill_draft(roster=roster, actor=cast.county_office).version == 2
    with pytest.raises(RosterConflictError):
        refill_draft(roster=roster, actor=cast.county_office, version=1)


def test_the_same_queries_for_one_delegation_and_many(cast: Cast, colleagues: list[Representative]) -> None:
    counts = []
    for delegations in ([cast.town], [cast.town, cast.other_town]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            load_plans(cast.county, delegations, Terms(FIRST, LAST))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
