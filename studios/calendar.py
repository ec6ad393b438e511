"""The office calendar: which days the county works (domain.md §4). Pure: rows are passed in."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from studios.enums import HolidayKind

SATURDAY = 5


@dataclass(frozen=True)
class OfficeCalendar:
    """Days off and make-up workdays by kind, and the years whose holidays are announced.

    Weekends inside a holiday are named, too: `is_holiday` tells them from plain weekends.

    A day of an unannounced year falls back to Monday–Friday and is provisional.
    """

    exceptions: Mapping[date, str] = field(default_factory=dict)
    announced_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether the county's offices work on `day`."""
        kind = self.exceptions.get(day)
        if kind is None:
            return day.weekday() < SATURDAY
        return kind == HolidayKind.MAKEUP_WORKDAY

    def is_holiday(self, day: date) -> bool:
        """Whether `day` lies in a holiday, weekends inside it included; a plain weekend is none."""
        return self.exceptions.get(day) == HolidayKind.HOLIDAY

    def is_provisional(self, *days: date) -> bool:
        """Whether any of `days` lies in a year whose holidays are not announced yet."""
        return any(day.year not in self.announced_years for day in days)

    def on_or_after(self, day: date) -> date:
        """The first workday from `day` on."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """The last workday up to `day`."""
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th workday after `day`; `day` itself is not counted."""
        for _ in range(count):
            day = self.on_or_after(day + timedelta(days=1))
        return day

    def rest_days(self, first: date, last: date) -> Iterator[date]:
        """Days from `first` to `last`, both included, on which the offices are closed."""
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if not self.is_workday(day):
                yield day


def month_bounds(day: date) -> tuple[date, date]:
    """First and last day of the month `day` lies in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def quarter_bounds(day: date) -> tuple[date, date]:
    """First and last day of the quarter `day` lies in."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, month_bounds(first.replace(month=first.month + 2))[1]


def collective_day(day: date) -> date:
    """The last Sunday inside the quarter of `day`: 集中约见 (domain.md §5; 2011 Q3 → 2011-09-25)."""
    last = quarter_bounds(day)[1]
    return last - timedelta(days=(last.weekday() + 1) % 7)
