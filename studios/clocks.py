"""What a due date looks like, and when its reminders go out (domain.md §6.2). Pure: calendar and now are passed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from studios.calendar import OfficeCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_OPENS, OFFICE_CLOSES = time(8), time(21)


@dataclass(frozen=True)
class Light:
    """What a deadline looks like today: a tone for the colour and shape, the words, and what stands behind them."""

    tone: str
    text: str
    hint: str = ""


def words(day: date) -> str:
    """2026-12-04 → 2026年12月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def running_light(*, due_on: date, today: date, yellow_days: int) -> Light:
    """The light of a clock that runs: green, yellow for the last days, red when overdue."""
    left = (due_on - today).days
    if left < 0:
        return Light("red", f"逾期 {-left} 天")
    return Light("yellow" if left <= yellow_days else "green", "今天到期" if left == 0 else f"剩 {left} 天")


def stopped_light(*, due_on: date, stopped_on: date, verb: str) -> Light:
    """The light of a clock that was stopped by `verb`: it no longer burns."""
    late = (stopped_on - due_on).days
    return Light("grey", f"逾期 {late} 天{verb}" if late > 0 else "按期")


def ladder_day(due_on: date, offset: int, calendar: OfficeCalendar) -> date:
    """The workday on which the reminder `offset` days from the due date goes out.

    A warning ahead of or on the due date moves to the workday before, so that it still helps; 催办 and 督办
    after it move to the next workday.
    """
    day = due_on + timedelta(days=offset)
    return calendar.on_or_after(day) if offset > 0 else calendar.on_or_before(day)


def moved_stages(
    due_on: date, ladder: Sequence[int], before: OfficeCalendar, after: OfficeCalendar
) -> dict[int, tuple[date, date]]:
    """Stages of `ladder` that go out on another day by the calendar `after` than by `before`: offset → (from, to)."""
    days = {offset: (ladder_day(due_on, offset, before), ladder_day(due_on, offset, after)) for offset in ladder}
    return {offset: (old, new) for offset, (old, new) in days.items() if old != new}


def end_of_day(day: date) -> datetime:
    """The moment `day` is over in Asia/Shanghai: what was due on it is missed from then on."""
    return datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)


def next_sending_time(now: datetime, calendar: OfficeCalendar) -> datetime:
    """`now` if reminders may go out (workdays 08:00–21:00 in Asia/Shanghai), else when they next may."""
    local = now.astimezone(SHANGHAI)
    day = local.date()
    if calendar.is_workday(day) and OFFICE_OPENS <= local.time() < OFFICE_CLOSES:
        return now
    if local.time() >= OFFICE_OPENS:
        day += timedelta(days=1)
    return datetime.combine(calendar.on_or_after(day), OFFICE_OPENS, SHANGHAI)
