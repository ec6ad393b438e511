"""What is wrong, or strange, with a year's holidays that somebody pasted. Pure; every answer is a sentence."""

from collections.abc import Iterator
from datetime import date

from studios.calendar import SATURDAY
from studios.calendar_days import day_words, weekday_words
from studios.calendar_text import Reading
from studios.clocks import words
from studios.enums import HolidayKind, Weekday

YEARS_END = (12, 25)
"""A notice may begin the New Year holiday in the last days of December before."""


def refusals(reading: Reading, year: int) -> list[str]:
    """Why `reading` cannot be the calendar of `year`; nothing is imported until these are mended."""
    return [*reading.problems, *_refusals(reading, year)]


def _refusals(reading: Reading, year: int) -> Iterator[str]:
    if reading.year_of_notice not in {None, year}:
        yield f"通知写的是{reading.year_of_notice}年的节假日，您选的是{year}年。请改年份，或换成{year}年的通知。"
    if not reading.found and not reading.problems:
        yield "没有读出放假或上班的日期。请粘贴通知里“放假”“上班”的各条，或每行写“日期 名称 放假”。"
    kinds: dict[date, str] = {}
    for row in reading.found:
        if kinds.setdefault(row.day, row.entry.kind) != row.entry.kind:
            yield f"{words(row.day)}既写了放假又写了上班，请只留一种。"
    for day in sorted(reading.days):
        if day.year != year and not belongs_before(day, year):
            yield f"{words(day)}不是{year}年的日子，请改日期，或到{day.year}年去录入。"


def warnings(reading: Reading, year: int) -> list[str]:
    """What somebody should look at again; it may be right all the same."""
    return [*_doubts_of_days(reading, year), *_doubts_of_words(reading)]


def belongs_before(day: date, year: int) -> bool:
    """Whether `day` lies in the last days of the year before `year`."""
    return day.year == year - 1 and (day.month, day.day) >= YEARS_END


def _doubts_of_days(reading: Reading, year: int) -> Iterator[str]:
    days = reading.days
    if days and not any("春节" in entry.name for entry in days.values()):
        yield "没有春节。一年的安排里应当有春节，请核对是否漏贴。"
    for day, entry in sorted(days.items()):
        if entry.kind == HolidayKind.MAKEUP_WORKDAY and day.weekday() < SATURDAY:
            yield f"{day_words(day)}本来就上班，却写成调休上班。"
        if belongs_before(day, year):
            yield f"{words(day)}是上一年的日子，也会一并录入。"


def _doubts_of_words(reading: Reading) -> Iterator[str]:
    seen: set[date] = set()
    twice = {row.day for row in reading.found if row.day in seen or seen.add(row.day)}  # type: ignore[func-returns-value]
    for day in sorted(twice):
        yield f"{day_words(day)}写了两次。"
    for day, said in dict.fromkeys(reading.weekdays):
        if day.weekday() != said:
            yield f"{words(day)}是{weekday_words(day)}，文字里写的是{Weekday(said).label}。"
