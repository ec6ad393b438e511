"""The only writer of calendar rows."""

from django.db import transaction

from studios.calendar import OfficeCalendar
from studios.calendar_source import SOURCE, announced_exceptions
from studios.models import CalendarYear, Holiday


def load_calendar() -> OfficeCalendar:
    """The office calendar as it stands in the database (two queries)."""
    return OfficeCalendar(
        exceptions=dict(Holiday.objects.values_list("date", "kind")),
        announced_years=frozenset(
            CalendarYear.objects.filter(is_announced=True).values_list("year", flat=True),
        ),
    )


@transaction.atomic
def seed_calendar_years(*, first: int, last: int) -> list[int]:
    """Write the announced years between `first` and `last`; return those that are not announced.

    Those are stored as unannounced, so that every date in them is shown as provisional.
    """
    return [year for year in range(first, last + 1) if not _seed_year(year)]


def _seed_year(year: int) -> bool:
    days = announced_exceptions(year)
    if days is None:
        CalendarYear.objects.get_or_create(year=year, defaults={"is_announced": False})
        return False
    Holiday.objects.bulk_create(
        (Holiday(date=day, kind=kind, name=name, source=SOURCE) for day, kind, name in days), ignore_conflicts=True
    )
    CalendarYear.objects.update_or_create(year=year, defaults={"is_announced": True, "source": SOURCE})
    return True
