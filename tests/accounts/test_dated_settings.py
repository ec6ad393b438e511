"""Settings in force on a day: asked of the database or of the timetable, the answer is the same."""

from datetime import date

import pytest

from appointments.models import DutyPolicy
from tests.cast import Cast

DAYS = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1))


@pytest.mark.parametrize("day", DAYS)
def test_both_ways_say_the_same(cast: Cast, day: date) -> None:
    for since, weeks in ((date(2026, 1, 1), 4), (date(2026, 7, 1), 5)):
        DutyPolicy.objects.create(county=cast.county, effective_from=since, gap_weeks=weeks)
    elsewhere = cast.stranger.memberships.get().organization
    DutyPolicy.objects.create(county=elsewhere, effective_from=date(2020, 1, 1), gap_weeks=9)
    asked = DutyPolicy.objects.in_force(cast.county, day).gap_weeks
    assert asked == DutyPolicy.objects.timetable([cast.county.pk]).on(cast.county.pk, day).gap_weeks
    assert asked == (3 if day < date(2026, 1, 1) else 4 if day < date(2026, 7, 1) else 5)
