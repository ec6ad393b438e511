"""What `chinesecalendar` knows about a year: days that differ from Monday–Friday. Pure; no rows."""

from datetime import date, timedelta

import chinese_calendar

from studios.calendar import SATURDAY
from studios.enums import HolidayKind

SOURCE = "国务院办公厅节假日安排（chinesecalendar）"
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


def announced_exceptions(year: int) -> list[tuple[date, HolidayKind, str]] | None:
    """(date, kind, name) of every exception of `year`; None when the year is not announced yet."""
    first = date(year, 1, 1)
    try:
        chinese_calendar.is_holiday(first)
    except NotImplementedError:
        return None
    days = (first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days))
    return [found for day in days if (found := _exception_on(day))]


def _exception_on(day: date) -> tuple[date, HolidayKind, str] | None:
    _, name = chinese_calendar.get_holiday_detail(day)
    is_weekend = day.weekday() >= SATURDAY
    if chinese_calendar.is_workday(day) != is_weekend:
        return None
    kind = HolidayKind.MAKEUP_WORKDAY if is_weekend else HolidayKind.HOLIDAY
    return day, kind, CHINESE_NAMES.get(name or "", "调休")
