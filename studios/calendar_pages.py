"""A year of the office calendar as a page shows it: months, holidays, and what a roster has to watch. Pure."""

from calendar import Calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from studios.calendar import SATURDAY, collective_day
from studios.calendar_days import Entry, day_words
from studios.enums import HolidayKind

TONES = {HolidayKind.HOLIDAY: ("holiday", "休"), HolidayKind.MAKEUP_WORKDAY: ("makeup", "班")}
QUARTER_STARTS = (1, 4, 7, 10)


@dataclass(frozen=True)
class Cell:
    """One day of a small month: its tone for the colour, its sign, and what it is in words ("" for an ordinary one)."""

    day: date
    tone: str
    sign: str
    words: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """One small month; a place before the first or after the last day is None."""

    number: int
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class Span:
    """Days in a row with one name."""

    name: str
    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """10月1日（周四）至10月7日（周三）."""
        return day_words(self.first) + ("" if self.first == self.last else f"至{day_words(self.last)}")


@dataclass(frozen=True)
class Watched:
    """A day that somebody planning duties has to look at, and why."""

    day: date
    why: str

    @property
    def words(self) -> str:
        """2月14日（周六）."""
        return day_words(self.day)


@dataclass(frozen=True)
class YearPage:
    """Everything the page says about one year."""

    months: list[Month]
    holidays: list[Span]
    makeups: list[Watched]
    duties_in_holidays: list[Watched]
    duties_at_work: list[Watched]
    collective_days: list[Watched]


def year_page(year: int, days: Mapping[date, Entry], *, today: date, duty_weekday: Callable[[date], int]) -> YearPage:
    """The page of `year`; `duty_weekday(day)` is the weekday of duties in force on that day."""
    holidays = {day: entry.name for day, entry in days.items() if entry.kind == HolidayKind.HOLIDAY}
    makeups = {day: entry.name for day, entry in days.items() if entry.kind == HolidayKind.MAKEUP_WORKDAY}
    gatherings = [collective_day(date(year, month, 1)) for month in QUARTER_STARTS]
    return YearPage(
        months=[_month(year, number, days, today) for number in range(1, 13)],
        holidays=list(_spans(holidays)),
        makeups=[Watched(day, name) for day, name in sorted(makeups.items())],
        duties_in_holidays=[Watched(d, name) for d, name in sorted(holidays.items()) if d.weekday() == duty_weekday(d)],
        duties_at_work=[Watched(d, name) for d, name in sorted(makeups.items()) if d.weekday() == duty_weekday(d)],
        collective_days=[Watched(day, holidays.get(day, "")) for day in gatherings],
    )


def _month(year: int, number: int, days: Mapping[date, Entry], today: date) -> Month:
    weeks = Calendar().monthdatescalendar(year, number)
    return Month(number, [[_cell(day, days, today) if day.month == number else None for day in week] for week in weeks])


def _cell(day: date, days: Mapping[date, Entry], today: date) -> Cell:
    entry = days.get(day)
    if entry is None:
        return Cell(day, "rest" if day.weekday() >= SATURDAY else "work", "", "", day == today)
    tone, sign = TONES[HolidayKind(entry.kind)]
    return Cell(day, tone, sign, f"{day_words(day)} {entry.words}", day == today)


def _spans(names: Mapping[date, str]) -> Iterator[Span]:
    """Days in a row with the same name, together."""
    open_span: Span | None = None
    for day, name in sorted(names.items()):
        if open_span and open_span.name == name and open_span.last + timedelta(days=1) == day:
            open_span = Span(name, open_span.first, day)
            continue
        if open_span:
            yield open_span
        open_span = Span(name, day, day)
    if open_span:
        yield open_span
