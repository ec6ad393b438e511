"""When the office calendar changes, drafts follow it and published duties are named for the office to decide."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from appointments.enums import HolidayTreatment
from appointments.models import Roster
from appointments.services import draft_roster
from appointments.services.rosters.publishing import publish_roster
from studios.calendar_days import Entry
from studios.enums import HolidayKind
from studios.models import CalendarEffect
from studios.services.calendar_changes import set_day
from tests.cast import Cast

DAY = date(2026, 12, 12)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


@pytest.fixture
def roster(cast: Cast) -> Roster:
    return draft_roster(
        delegation=cast.town,
        first_on=date(2026, 12, 1),
        last_on=date(2026, 12, 31),
        actor=cast.town_office,
        holidays=HolidayTreatment.SKIP,
    )


def _make_holiday(cast: Cast) -> list[tuple[str, str, str]]:
    set_day(
        day=DAY, entry=Entry(HolidayKind.HOLIDAY, "庆典"), reason="县庆", actor=cast.county_office, county=cast.county
    )
    return list(CalendarEffect.objects.values_list("subject", "before", "after"))


def test_a_draft_leaves_out_the_new_holiday_and_keeps_the_rest(cast: Cast, roster: Roster) -> None:
    before = dict(roster.seats.values_list("held_on", "representative"))
    effects = _make_holiday(cast)
    after = dict(roster.seats.values_list("held_on", "representative"))
    assert before.keys() - after.keys() == {DAY}
    assert all(before[day] == person for day, person in after.items() if before[day])
    assert effects == [(f"roster:{roster.pk}", "值班 4 天：12.5、12.12、12.19、12.26", "值班 3 天：12.5、12.19、12.26")]


def test_a_published_duty_stays_and_is_named(cast: Cast, roster: Roster) -> None:
    publish_roster(roster=roster, with_gaps=True, version=roster.version, actor=cast.town_office)
    effects = _make_holiday(cast)
    assert roster.appointments.filter(held_on=DAY).exists()
    assert effects == [(f"roster:{roster.pk}", "12月12日不放假", "放假，值班已公布，请在值班表上决定照常、改期或取消")]


def test_a_day_outside_the_roster_says_nothing(cast: Cast, roster: Roster) -> None:
    set_day(
        day=date(2027, 1, 9),
        entry=Entry(HolidayKind.HOLIDAY, "庆典"),
        reason="县庆",
        actor=cast.county_office,
        county=cast.county,
    )
    assert not CalendarEffect.objects.exists()
