"""The clocks beside the handling clock: how long offices and units have for their own steps (domain.md §6.1).

Pure: rules, calendar and today are passed in. These windows count working days, the day they begin on left out;
the one for ratings counts calendar days.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from studios.calendar import OfficeCalendar
from studios.clocks import Light, words
from suggestions.deadlines import Rules
from suggestions.enums import State


@dataclass(frozen=True)
class Window:
    """By when a step is to be taken, and the sentences that explain it."""

    step: str
    began_on: date
    ends_on: date
    is_provisional: bool
    lines: tuple[str, ...]


def accept_window(submitted_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """受理, from the day of submission."""
    return _workdays("受理", "提交", submitted_on, rules.accept_days, calendar)


def reject_window(submitted_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """不予受理, from the day of submission."""
    return _workdays("不予受理", "提交", submitted_on, rules.reject_days, calendar)


def assign_window(accepted_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """交办, from the day of acceptance, also by the county office after 上报."""
    return _workdays("交办", "受理", accepted_on, rules.assign_days, calendar)


def sign_window(assigned_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """签收, from the day of assignment."""
    return _workdays("签收", "交办", assigned_on, rules.sign_days, calendar)


def return_window(assigned_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """申请退办, from the day of assignment."""
    return _workdays("退办", "交办", assigned_on, rules.return_days, calendar)


def review_window(replied_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """转交 or 退回修改, from the day of the reply."""
    return _workdays("转交", "答复", replied_on, rules.review_days, calendar)


def evaluation_window(forwarded_on: date, rules: Rules, calendar: OfficeCalendar) -> Window:
    """评价, in calendar days from the day the reply was forwarded."""
    ends_on = forwarded_on + timedelta(days=rules.evaluation_days)
    line = f"{words(forwarded_on)}转交，当天不计入；评价期 {rules.evaluation_days} 天（含休息日），到{words(ends_on)}"
    return Window("评价", forwarded_on, ends_on, calendar.is_provisional(ends_on), (line,))


Begin = Callable[[date, Rules, OfficeCalendar], Window]
OFFICE_CLOCKS: Mapping[State, tuple[str, Begin]] = {
    State.SUBMITTED: ("submitted_on", accept_window),
    State.ACCEPTED: ("accepted_on", assign_window),
    State.ESCALATED: ("accepted_on", assign_window),
    State.REPLY_REVIEW: ("replied_on", review_window),
}
"""The office's own clock in each state that has one: the field it begins with, and the window."""


def window_light(window: Window, today: date, calendar: OfficeCalendar) -> Light:
    """How long the office has left, in working days: green, yellow on the last two, red when over."""
    if today > window.ends_on:
        late = _workdays_between(window.ends_on, today, calendar)
        return Light("red", f"{window.step}超 {late} 个工作日" if late else f"{window.step}已到期限")
    left = _workdays_between(today, window.ends_on, calendar)
    if left == 0:
        return Light("yellow", f"今天应{window.step}")
    return Light("yellow" if left == 1 else "green", f"{window.step}还剩 {left} 个工作日")


def _workdays(step: str, begins: str, day: date, count: int, calendar: OfficeCalendar) -> Window:
    ends_on = calendar.add_workdays(day, count)
    skipped = sum(1 for _ in calendar.rest_days(day + timedelta(days=1), ends_on))
    lines = [f"{words(day)}{begins}，当天不计入；{step} {count} 个工作日内，到{words(ends_on)}"]
    if skipped:
        lines.append(f"其间休息日 {skipped} 天不计入")
    is_provisional = calendar.is_provisional(ends_on)
    if is_provisional:
        lines.append(f"{ends_on.year}年放假安排尚未公布，日期为暂定")
    return Window(step, day, ends_on, is_provisional, tuple(lines))


def _workdays_between(first: date, last: date, calendar: OfficeCalendar) -> int:
    """Working days after `first` up to `last`."""
    days = (first + timedelta(days=offset) for offset in range(1, (last - first).days + 1))
    return sum(calendar.is_workday(day) for day in days)
