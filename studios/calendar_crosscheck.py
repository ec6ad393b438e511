"""A second opinion on a year's public holidays from the package `holidays`. Pure; it never decides anything.

The package knows the statutory days of any year, but for a year that it has not learnt yet neither the days off around
them nor the make-up workdays: only what it says to be a holiday is compared, never what it does not say.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from holidays import country_holidays

from studios.calendar_days import Entry, day_words
from studios.enums import HolidayKind

ARRANGED = ("休息日", "补假")
"""Words of days that a government arranges around the statutory ones: the package guesses them."""


def disagreements(year: int, days: Mapping[date, Entry]) -> list[str]:
    """Public holidays of `year` by the package's reckoning that are no day off in `days`, each as a sentence."""
    return list(_disagreements(year, days))


def _disagreements(year: int, days: Mapping[date, Entry]) -> Iterator[str]:
    known = country_holidays("CN", years=year, language="zh_CN")
    for day, name in sorted(known.items()):
        entry = days.get(day)
        if day.year != year or any(word in name for word in ARRANGED):
            continue
        if entry is None or entry.kind != HolidayKind.HOLIDAY:
            yield f"{day_words(day)}按历法是{name}，这里不是放假。"
