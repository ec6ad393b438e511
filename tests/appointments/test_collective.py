"""集中约见: the day, another day with a reason, the appointments made for it, and who came."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from appointments.collective import shown_day
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, LeaveStatus
from appointments.measures import COLLECTIVE_SEATS
from appointments.models import Appointment, Attendance, CollectiveDay, Leave
from appointments.quarters import Quarter, chosen
from appointments.services.collective import (
    CollectiveError,
    SeatEntry,
    fingerprint,
    generate_collective,
    record_turnout,
    set_collective_day,
)
from notifications.models import Reminder
from representatives.enums import Level, RepresentativeStatus
from studios.calendar import collective_day
from studios.measures import Span
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.appointments.gatherings import gather, seat_of
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
Q4_DAY = date(2026, 12, 27)


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_the_day_is_the_last_sunday_inside_the_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    found = collective_day(day)
    assert quarter.first <= found <= quarter.last < found + timedelta(days=7)
    assert found.weekday() == 6
    assert Quarter.named(quarter.key) == quarter
    assert quarter.next().previous() == quarter


def test_the_two_days_of_the_source_and_of_the_calendar(cast: Cast) -> None:
    assert collective_day(date(2011, 7, 1)) == date(2011, 9, 25)
    shown = shown_day(cast.county, Q3)
    assert (shown.held_on, shown.warning) == (date(2026, 9, 27), "这天在中秋节假期内，请确认是否另定日子。")
    assert shown_day(cast.county, Q4).warning == ""
    assert shown_day(cast.county, Quarter(2027, 1)).warning == "2027年放假安排还没有公布，日子是暂定。"


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "2026Q0", "1999Q1", "2026q3", "2026Q33", "x"])
def test_what_names_no_quarter_falls_back(text: str) -> None:
    quarter, around = chosen(text, Q4)
    assert quarter == Q4
    assert [item.key for item in around] == ["2026Q2", "2026Q3", "2026Q4", "2027Q1"]
    assert Q3.label == "2026年第三季度"


def _set(cast: Cast, held_on: date, reason: str = "避开假期", **changes: Any) -> CollectiveDay:
    data = {"county": cast.county, "quarter": Q4, "held_on": held_on, "reason": reason, "actor": cast.county_office}
    return set_collective_day(**data | changes)


@pytest.mark.parametrize(
    ("held_on", "reason", "sentence"),
    [
        (date(2027, 1, 3), "假期", "请选2026年第四季度内的日子（2026年10月1日至2026年12月31日）"),
        (date(2026, 9, 30), "假期", "请选2026年第四季度内的日子"),
        (date(2026, 11, 23), "假期", "集中约见日不能早于今天（11月24日）"),
        (date(2026, 12, 20), " ", "请写明为什么另定日子"),
    ],
)
def test_a_day_that_cannot_be(cast: Cast, held_on: date, reason: str, sentence: str) -> None:
    with pytest.raises(CollectiveError, match=sentence):
        _set(cast, held_on, reason)
    assert not CollectiveDay.objects.exists()


@pytest.mark.parametrize("who", ["town_office", "leader", "stranger", "liaison"])
def test_the_county_office_alone_sets_the_day(cast: Cast, who: str) -> None:
    with pytest.raises(CollectiveError, match="集中约见日由党联办设定"):
        _set(cast, date(2026, 12, 20), actor=getattr(cast, who))


def test_another_day_moves_what_is_planned_and_asks_again_who_can(cast: Cast) -> None:
    away = RepresentativeFactory(delegation=cast.town, name="代表乙")
    Leave.objects.create(
        representative=away,
        first_on=date(2026, 12, 19),
        last_on=date(2026, 12, 20),
        reason="外出",
        status=LeaveStatus.APPROVED,
        requested_by=cast.liaison,
        requested_at=timezone.now(),
    )
    meeting = gather(cast)
    assert meeting.held_on == Q4_DAY
    _set(cast, date(2026, 12, 20), "元旦前事多")
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.sequence, meeting.change_note) == (date(2026, 12, 20), 1, "改期：元旦前事多")
    assert dict(meeting.attendances.values_list("representative__name", "status")) == {
        "代表甲": AttendanceStatus.EXPECTED,
        "代表乙": AttendanceStatus.LEAVE,
    }
    _set(cast, date(2026, 12, 13), "再改")
    assert not meeting.attendances.filter(status=AttendanceStatus.LEAVE).exists()
    assert CollectiveDay.objects.get().held_on == date(2026, 12, 13)


def test_a_quarter_that_was_held_keeps_its_day(cast: Cast) -> None:
    meeting = gather(cast)
    Appointment.objects.filter(pk=meeting.pk).update(status=AppointmentStatus.HELD)
    with pytest.raises(CollectiveError, match="已经举行，不能再改日子"):
        _set(cast, date(2026, 12, 20))


def test_everybody_in_office_is_called_to_their_electing_unit(cast: Cast) -> None:
    cast.representative.electing_unit = "第一村党组织"
    cast.representative.save()
    gone = {"status": RepresentativeStatus.TERMINATED, "status_reason": "调离", "status_on": date(2026, 1, 1)}
    RepresentativeFactory(delegation=cast.town, **gone)
    RepresentativeFactory(delegation=cast.other_town)
    meeting = gather(cast)
    seat = meeting.attendances.get()
    assert (seat.representative, seat.place, seat.status) == (cast.representative, "第一村党组织", "EXPECTED")
    assert (meeting.kind, meeting.held_on, meeting.venue) == (AppointmentKind.COLLECTIVE, Q4_DAY, "各选举单位")
    assert Reminder.objects.filter(subject=f"attendance:{seat.pk}").count() == 2


def test_twice_gives_the_same_and_takes_in_who_is_new(cast: Cast) -> None:
    gather(cast)
    before = list(Attendance.objects.values())
    made = generate_collective(
        delegations=[cast.town, cast.other_town],
        quarter=Q4,
        actor=cast.county_office,
        includes_past=False,
        county_level_only=False,
    )
    assert (made.appointments, made.seats) == (1, 0)
    assert list(Attendance.objects.values()) == before
    newcomer = RepresentativeFactory(delegation=cast.town)
    assert gather(cast).attendances.filter(representative=newcomer).exists()
    assert Appointment.objects.count() == 2


def test_the_busy_and_the_absent_are_noted_not_dropped(cast: Cast) -> None:
    busy = RepresentativeFactory(delegation=cast.town, name="代表乙")
    theme = AppointmentFactory(studio=cast.studio, kind=AppointmentKind.THEMED, held_on=Q4_DAY)
    AttendanceFactory(appointment=theme, representative=busy)
    Leave.objects.create(
        representative=cast.representative,
        first_on=Q4_DAY,
        last_on=Q4_DAY,
        reason="住院",
        status=LeaveStatus.APPROVED,
        requested_by=cast.liaison,
        requested_at=timezone.now(),
    )
    meeting = gather(cast)
    assert dict(meeting.attendances.values_list("representative__name", "note")) == {
        "代表甲": "请假",
        "代表乙": "当天已有主题约见",
    }
    span = Span(Q4.first, Q4.last, Q4.last)
    assert COLLECTIVE_SEATS.rows(Attendance.objects.all(), "collective_expected", span).count() == 2
    assert COLLECTIVE_SEATS.rows(Attendance.objects.all(), "collective_present", span).count() == 0


def test_county_representatives_alone_where_that_is_asked(cast: Cast) -> None:
    for level in Level:
        RepresentativeFactory(delegation=cast.town, level=level)
    meeting = gather(cast, county_level_only=True)
    assert set(meeting.attendances.values_list("representative__level", flat=True)) == {Level.COUNTY, Level.BOTH}


def test_a_past_day_only_when_that_is_meant(cast: Cast) -> None:
    with pytest.raises(CollectiveError, match="集中约见日（2026年9月27日）已过"):
        gather(cast, Q3, includes_past=False)
    assert not Appointment.objects.exists()
    assert gather(cast, Q3).held_on == date(2026, 9, 27)


@pytest.mark.parametrize("who", ["other_town_office", "leader", "liaison", "stranger"])
def test_nobody_generates_for_another(cast: Cast, who: str) -> None:
    with pytest.raises(CollectiveError, match="只能生成本代表队的集中约见"):
        gather(cast, actor=getattr(cast, who))
    assert not Appointment.objects.exists()


def _entry(seat: Attendance, status: AttendanceStatus, people: int | None = None, **changes: Any) -> SeatEntry:
    data = {"seat_id": seat.pk, "status": status, "place": "第一村", "people_met": people, "note": ""}
    return SeatEntry(**data | {"seen": fingerprint(seat)} | changes)


def test_who_came_is_written_and_the_headcount_follows(cast: Cast) -> None:
    RepresentativeFactory(delegation=cast.town, name="代表乙")
    meeting = gather(cast, Q3)
    first, second = meeting.attendances.order_by("pk")
    entries = [_entry(first, AttendanceStatus.PRESENT, 12), _entry(second, AttendanceStatus.PRESENT, 5)]
    assert record_turnout(meeting=meeting, entries=entries, actor=cast.town_office).saved == 2
    meeting.refresh_from_db()
    assert (meeting.status, meeting.headcount) == (AppointmentStatus.HELD, 17)
    first.refresh_from_db()
    assert (first.checked_in_by, first.checked_in_at) == (cast.town_office, timezone.now())
    record_turnout(meeting=meeting, entries=[_entry(first, AttendanceStatus.ABSENT)], actor=cast.county_office)
    meeting.refresh_from_db()
    first.refresh_from_db()
    assert (meeting.headcount, first.people_met, first.checked_in_at) == (5, None, None)


def test_what_somebody_else_wrote_is_not_overwritten(cast: Cast) -> None:
    other = RepresentativeFactory(delegation=cast.town)
    meeting = gather(cast, Q3)
    mine, theirs = seat_of(cast, meeting), meeting.attendances.get(representative=other)
    seen = fingerprint(mine)
    record_turnout(meeting=meeting, entries=[_entry(mine, AttendanceStatus.LEAVE)], actor=cast.county_office)
    stale = _entry(mine, AttendanceStatus.PRESENT, 3, seen=seen)
    done = record_turnout(
        meeting=meeting, entries=[stale, _entry(theirs, AttendanceStatus.PRESENT, 4)], actor=cast.town_office
    )
    assert (done.saved, [seat.pk for seat in done.stale]) == (1, [mine.pk])
    mine.refresh_from_db()
    assert mine.status == AttendanceStatus.LEAVE


def test_not_before_its_day_and_not_by_others(cast: Cast) -> None:
    meeting = gather(cast)
    with pytest.raises(CollectiveError, match="集中约见日是2026年12月27日"):
        record_turnout(meeting=meeting, entries=[], actor=cast.town_office)
    with pytest.raises(CollectiveError, match="到岗情况由代表队办公室和党联办登记"):
        record_turnout(meeting=meeting, entries=[], actor=cast.other_town_office)
