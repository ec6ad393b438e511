"""What `chinesecalendar` knows about a year: days off and make-up workdays. Pure; no rows."""

from datetime import date, timedelta

import chinese_calendar

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
    """(date, kind, name) of every day the notice of `year` names; None when the year is not announced yet.

    Weekends inside a holiday are among them: nobody works then anyway, but a duty on such a Saturday falls into it.
    """
    first = date(year, 1, 1)
    try:
        chinese_calendar.is_holiday(first)
    except NotImplementedError:
        return None
    days = (first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days))
    return [found for day in days if (found := _exception_on(day))]


def _exception_on(day: date) -> tuple[date, HolidayKind, str] | None:
    is_off, name = chinese_calendar.get_holiday_detail(day)
    if name is None:
        return None
    return day, HolidayKind.HOLIDAY if is_off else HolidayKind.MAKEUP_WORKDAY, CHINESE_NAMES.get(name, "调休")
