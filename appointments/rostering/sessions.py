"""On which days the studios open: the weekly duty day, and what becomes of it on a holiday (domain.md §4, §5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from appointments.enums import HolidayTreatment
from studios.calendar import SATURDAY, OfficeCalendar

MOVED_AT_MOST = timedelta(weeks=3)


@dataclass(frozen=True)
class SessionDay:
    """One weekly duty day: when it is held, None when left out, and what there is to say about it."""

    usual_on: date
    on: date | None
    note: str = ""
    is_provisional: bool = False

    @property
    def is_moved(self) -> bool:
        return self.on is not None and self.on != self.usual_on


def sessions_between(
    first: date, last: date, weekday: int, treatment: HolidayTreatment, calendar: OfficeCalendar
) -> list[SessionDay]:
    """Every `weekday` from `first` to `last`, both included, in order of the usual days; none is dropped silently.

    On a holiday: SKIP leaves the day out, KEEP holds it, MOVE holds it on the nearest free day of the same sort
    after it (a rest day for a weekend duty, a workday for a weekday duty) that is no holiday and holds no other
    session. A Saturday in a holiday has its Sunday in the same holiday or at work, so in practice that is the
    Sunday of the next weekend. Where the period ends before such a day comes, the nearest one before the holiday;
    where three weeks either way hold none, the day is left out, with a note.

    A weekend day that is a make-up workday stays, marked 调休上班日.
    """
    offset = (weekday - first.weekday()) % 7
    usual = [first + timedelta(days=days) for days in range(offset, (last - first).days + 1, 7)]
    taken = {day for day in usual if not calendar.is_holiday(day)}
    found = []
    for day in usual:
        on: date | None = day
        note = "调休上班日" if day.weekday() >= SATURDAY and calendar.is_workday(day) else ""
        if day not in taken:
            on, note = _on_holiday(day, treatment, (first, last), taken, calendar)
        taken |= {on} if on else set()
        found.append(_session_day(day, on, note, calendar))
    return found


def _on_holiday(
    day: date, treatment: HolidayTreatment, period: tuple[date, date], taken: set[date], calendar: OfficeCalendar
) -> tuple[date | None, str]:
    if treatment == HolidayTreatment.KEEP:
        return day, "节假日，照常值班"
    if treatment == HolidayTreatment.SKIP:
        return None, "节假日，不安排值班"
    moved = _free_day(day, period, taken, calendar)
    if moved is None:
        return None, "节假日，前后三周没有可改的日子，不安排值班"
    return moved, f"节假日，由 {day.month}月{day.day}日 改期"


def _free_day(day: date, period: tuple[date, date], taken: set[date], calendar: OfficeCalendar) -> date | None:
    """The nearest day of the same sort inside the period without holiday and session, later days first."""
    is_weekend = day.weekday() >= SATURDAY
    for step in (timedelta(days=1), timedelta(days=-1)):
        other = day + step
        while period[0] <= other <= period[1] and abs(other - day) <= MOVED_AT_MOST:
            is_free = other not in taken and calendar.is_workday(other) is not is_weekend
            if is_free and not calendar.is_holiday(other):
                return other
            other += step
    return None


def _session_day(usual_on: date, on: date | None, note: str, calendar: OfficeCalendar) -> SessionDay:
    provisional = calendar.is_provisional(usual_on, on or usual_on)
    words = [note] if note else []
    if provisional:
        words.append(f"{(on or usual_on).year} 年放假安排未公布，日期暂定")
    return SessionDay(usual_on, on, "；".join(words), provisional)
