"""公示及时 is judged when a duty becomes public, by the days the county asks, and never again (domain.md §5, §8)."""

from collections.abc import Iterator
from datetime import date, time
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError

from appointments.models import Appointment, DutyPolicy
from appointments.services.rosters.overriding import add_person, cancel_session, move_session
from appointments.services.rosters.publishing import publish_roster
from reports.rows import Rows
from reports.stats import count, total, value
from studios.measures import Span
from tests.appointments.factories import AppointmentFactory
from tests.appointments.rosters import DAYS, drafted, published
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

YEAR = Span(date(2027, 1, 1), date(2027, 12, 31), date(2027, 12, 31))
Verdict = tuple[date | None, bool | None]


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _verdicts(cast: Cast) -> list[Verdict]:
    rows = Appointment.objects.filter(delegation=cast.town).order_by("held_on")
    return list(rows.values_list("announced_on", "was_announced_in_time"))


@pytest.mark.parametrize(("asked", "in_time"), [(0, True), (2, True), (3, False)])
def test_publishing_judges_every_duty_by_the_days_of_the_county(cast: Cast, asked: int, *, in_time: bool) -> None:
    DutyPolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), publish_days=asked)
    today = date(2027, 1, 7)
    with time_machine.travel("2027-01-07 09:00 +0800", tick=False):
        published(cast)
    assert DAYS[0] == date(2027, 1, 9)
    assert _verdicts(cast) == [(today, in_time), (today, True), (today, True)]


def test_three_days_are_asked_where_the_county_says_nothing(cast: Cast) -> None:
    with time_machine.travel("2027-01-06 23:59 +0800", tick=False):
        published(cast)
    assert [verdict for _day, verdict in _verdicts(cast)] == [True, True, True]


def test_what_happens_later_leaves_the_verdict(cast: Cast) -> None:
    found = published(cast)
    meeting = found.roster.appointments.get(held_on=DAYS[0])
    with time_machine.travel("2027-01-08 09:00 +0800", tick=False):
        move_session(
            appointment=meeting, held_on=date(2027, 1, 10), starts_at=time(9), ends_at=time(11),
            reason="会场检修", actor=cast.town_office,
        )  # fmt: skip
        DutyPolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), publish_days=90)
    meeting.refresh_from_db()
    assert (meeting.announced_on, meeting.was_announced_in_time) == (date(2026, 11, 24), True)


@pytest.mark.parametrize(("opened", "in_time"), [("2027-03-03", True), ("2027-03-04", False)])
def test_a_duty_opened_afterwards_is_announced_that_day(cast: Cast, opened: str, *, in_time: bool) -> None:
    found = published(cast, gap=True, with_gaps=False)
    gap = found.roster.seats.get(representative=None)
    assert gap.held_on == date(2027, 3, 6)
    person = RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
    with time_machine.travel(f"{opened} 09:00 +0800", tick=False):
        add_person(roster_seat=gap, person=person, reason="补上空缺", actor=cast.town_office)
    meeting = found.roster.appointments.get(held_on=gap.held_on)
    assert (meeting.announced_on, meeting.was_announced_in_time) == (date.fromisoformat(opened), in_time)


def test_the_rate_is_over_every_duty_that_was_not_called_off(cast: Cast) -> None:
    with time_machine.travel("2027-01-07 09:00 +0800", tick=False):
        found = published(cast)
        last = found.roster.appointments.order_by("held_on").last()
        assert last is not None
        cancel_session(appointment=last, reason="停电", actor=cast.town_office)
    AppointmentFactory(studio=cast.studio, held_on=date(2027, 3, 6))  # never announced
    AppointmentFactory(studio=cast.studio, held_on=date(2027, 3, 7), kind="THEMED")
    numbers = total(count(Rows.visible_to(cast.leader), YEAR, ("to_announce", "announced_in_time")))
    assert value(numbers, "announced").words == "33.33%"
    assert (numbers["announced_in_time"], numbers["to_announce"]) == (1, 3)


def test_rosters_published_before_are_judged_afterwards(cast: Cast) -> None:
    with time_machine.travel("2027-01-07 09:00 +0800", tick=False):
        published(cast)
    before = _verdicts(cast)
    Appointment.objects.update(announced_on=None, was_announced_in_time=None)
    import_module("appointments.migrations.0010_judge_announcements").judge(apps, None)
    assert _verdicts(cast) == before != []


def test_a_verdict_needs_its_day(cast: Cast) -> None:
    meeting = AppointmentFactory(studio=cast.studio)
    meeting.was_announced_in_time = True
    with pytest.raises(ValidationError, match="公示日期和是否按时公示要一起记下"):
        meeting.validate_constraints()


def test_a_draft_announces_nothing(cast: Cast) -> None:
    found = drafted(cast)
    assert _verdicts(cast) == []
    publish_roster(roster=found.roster, with_gaps=False, version=found.roster.version, actor=cast.town_office)
    assert _verdicts(cast) == [(date(2026, 11, 24), True)] * 3
