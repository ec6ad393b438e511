"""When studios are open is the county's to say, from a day on; the source's Saturday mornings until then."""

from datetime import date, time

import pytest
from django.db import IntegrityError

from studios.enums import Weekday
from studios.models import StudioStandard
from tests.cast import Cast


def test_the_source_says_saturday_morning(cast: Cast) -> None:
    standard = StudioStandard.objects.in_force(cast.county, date(2026, 11, 24))
    assert standard.duty_words == "每周六 09:00—11:30"


def test_a_county_sets_its_own_from_a_day_on(cast: Cast) -> None:
    StudioStandard.objects.create(
        county=cast.county,
        effective_from=date(2026, 12, 1),
        duty_weekday=Weekday.SUNDAY,
        duty_starts_at=time(14),
        duty_ends_at=time(16, 30),
    )
    before, after = (
        StudioStandard.objects.in_force(cast.county, day) for day in (date(2026, 11, 30), date(2026, 12, 1))
    )
    assert (before.duty_words, after.duty_words) == ("每周六 09:00—11:30", "每周日 14:00—16:30")


def test_a_duty_ends_after_it_starts(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="studios_standard_duty_ends_after_start"):
        StudioStandard.objects.create(
            county=cast.county, effective_from=date(2026, 12, 1), duty_starts_at=time(14), duty_ends_at=time(14)
        )
