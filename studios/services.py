"""The only writer of studio and calendar rows."""

from datetime import date, timedelta

import chinese_calendar
from django.db import transaction

from studios.calendar import SATURDAY, OfficeCalendar
from studios.enums import HolidayKind
from studios.models import CalendarYear, Holiday

SOURCE = "国务院办公厅节假日安排（chinesecalendar）"


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
    """Write the announced years chinesecalendar knows between `first` and `last`; return those it does not.

    Unknown years are stored as unannounced, so that every date in them is shown as provisional.
    """
    unknown = [year for year in range(first, last + 1) if not _seed_year(year)]
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=year, is_announced=False) for year in unknown], ignore_conflicts=True
    )
    return unknown


def _seed_year(year: int) -> bool:
    day = date(year, 1, 1)
    try:
        chinese_calendar.is_holiday(day)
    except NotImplementedError:
        return False
    holidays = []
    while day.year == year:
        holiday = _exception_on(day)
        if holiday is not None:
            holidays.append(holiday)
        day += timedelta(days=1)
    Holiday.objects.bulk_create(holidays, ignore_conflicts=True)
    CalendarYear.objects.update_or_create(year=year, defaults={"is_announced": True, "source": SOURCE})
    return True


def _exception_on(day: date) -> Holiday | None:
    _, name = chinese_calendar.get_holiday_detail(day)
    if chinese_calendar.is_workday(day) == (day.weekday() < SATURDAY):
        return None
    kind = HolidayKind.MAKEUP_WORKDAY if day.weekday() >= SATURDAY else HolidayKind.HOLIDAY
    return Holiday(date=day, kind=kind, name=CHINESE_NAMES.get(name or "", "调休"), source=SOURCE)


CHINESE_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
