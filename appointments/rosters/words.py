"""Days and periods of rosters as people say them. Pure."""

import re
from datetime import date, timedelta

from studios.calendar import quarter_bounds

WEEKDAYS = "一二三四五六日"
QUARTERS = "一二三四"
KEY = re.compile(r"(20\d\d)Q([1-4])")


def day_words(day: date) -> str:
    """11月28日（周六）."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def period_words(first: date, last: date) -> str:
    """2026年第四季度, or 2026年11月28日至12月31日."""
    if quarter_bounds(first) == (first, last):
        return quarter_words(first)
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"


def quarter_words(day: date) -> str:
    """The quarter `day` lies in: 2026年第四季度."""
    return f"{day.year}年第{QUARTERS[(day.month - 1) // 3]}季度"


def quarter_key(day: date) -> str:
    """The quarter `day` lies in, as addresses name it: 2026Q4."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def quarter_named(key: str) -> tuple[date, date] | None:
    """First and last day of the quarter `key` names (2026Q4), None for anything else."""
    found = KEY.fullmatch(key)
    return quarter_bounds(date(int(found[1]), int(found[2]) * 3, 1)) if found else None


def coming_quarters(today: date, count: int = 3) -> list[date]:
    """The first day of this quarter and of those that follow."""
    days = [quarter_bounds(today)[0]]
    while len(days) < count:
        days.append(quarter_bounds(days[-1])[1] + timedelta(days=1))
    return days
