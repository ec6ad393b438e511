"""Periods of rosters as people say them. Pure."""

from datetime import date

from appointments.quarters import Quarter


def period_words(first: date, last: date) -> str:
    """2026年第四季度, or 2026年11月28日至12月31日."""
    quarter = Quarter.of(first)
    if (quarter.first, quarter.last) == (first, last):
        return quarter.label
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"
