"""When a unit must have replied (domain.md §6.2). Pure: rules, calendar and today are passed in.

Days are calendar days in Asia/Shanghai unless the county's rules say working days; the day of assignment
is not counted; a case is overdue when today is later than its due date.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from studios.calendar import OfficeCalendar
from studios.clocks import Light, running_light, stopped_light, words
from suggestions.enums import Complexity


@dataclass(frozen=True)
class Rules:
    """One county's deadline settings, as valid on one day (see DeadlinePolicy for their defaults)."""

    simple_days: int
    complex_months: int
    counts_workdays: bool
    rolls_forward: bool
    ladder: tuple[int, ...]
    yellow_days: int
    simple_name: str = "简单事项"

    @property
    def depends_on_calendar(self) -> bool:
        """Whether due dates may move when the office calendar changes."""
        return self.counts_workdays or self.rolls_forward


@dataclass(frozen=True)
class Deadline:
    """A due date, the latest day an extension may reach, and the sentences that explain them."""

    assigned_on: date
    due_on: date
    cap_on: date
    is_provisional: bool
    lines: tuple[str, ...]


def months_later(day: date, months: int) -> date:
    """The same day `months` later, clamped to the end of a shorter month (31 January → 28 or 29 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def handling_deadline(assigned_on: date, complexity: Complexity, rules: Rules, calendar: OfficeCalendar) -> Deadline:
    """The deadline of a case assigned on `assigned_on`."""
    cap_on = _rolled(months_later(assigned_on, rules.complex_months), rules, calendar)
    if complexity == Complexity.COMPLEX:
        due_on = cap_on
    else:
        due_on = min(_rolled(_simple_due(assigned_on, rules, calendar), rules, calendar), cap_on)
    is_provisional = calendar.is_provisional(due_on, cap_on)
    lines = tuple(_explain(assigned_on, complexity, due_on, cap_on, rules, calendar))
    return Deadline(assigned_on, due_on, cap_on, is_provisional, lines)


def co_due(assigned_on: date, lead_due_on: date, share: int = 3) -> date:
    """A 会办 unit has one `share`-th of the lead's time, rounded up."""
    return assigned_on + timedelta(days=-(-(lead_due_on - assigned_on).days // share))


def return_until(assigned_on: date, return_days: int, calendar: OfficeCalendar) -> date:
    """The last day on which a unit may ask to hand a case back: `return_days` workdays after its assignment."""
    return calendar.add_workdays(assigned_on, return_days)


def _simple_due(assigned_on: date, rules: Rules, calendar: OfficeCalendar) -> date:
    if rules.counts_workdays:
        return calendar.add_workdays(assigned_on, rules.simple_days)
    return assigned_on + timedelta(days=rules.simple_days)


def _rolled(day: date, rules: Rules, calendar: OfficeCalendar) -> date:
    return calendar.on_or_after(day) if rules.rolls_forward else day


def _explain(
    assigned_on: date, complexity: Complexity, due_on: date, cap_on: date, rules: Rules, calendar: OfficeCalendar
) -> Iterator[str]:
    yield f"{words(assigned_on)}交办，当天不计入"
    if complexity == Complexity.COMPLEX:
        plain_due = months_later(assigned_on, rules.complex_months)
        yield f"复杂事项办理期 {rules.complex_months} 个月，到{words(plain_due)}（遇小月取月末）"
    else:
        plain_due = _simple_due(assigned_on, rules, calendar)
        unit = "个工作日" if rules.counts_workdays else "天（含休息日）"
        yield f"{rules.simple_name}办理期 {rules.simple_days} {unit}，到{words(plain_due)}"
        if rules.counts_workdays:
            skipped = list(calendar.rest_days(assigned_on + timedelta(days=1), plain_due))
            yield f"其间休息日 {len(skipped)} 天不计入"
    if due_on > plain_due:
        yield f"{words(plain_due)}是休息日，顺延到{words(due_on)}"
    yield f"应于{words(due_on)}前答复（含当日）；延期最迟到{words(cap_on)}"
    if calendar.is_provisional(due_on, cap_on):
        yield f"{max(due_on, cap_on).year}年放假安排尚未公布，日期为暂定，公布后重新计算"


def handling_light(*, due_on: date, today: date, is_signed: bool, yellow_days: int) -> Light:
    """The light of a case whose clock is running: green, yellow for the last days, red when overdue."""
    light = running_light(due_on=due_on, today=today, yellow_days=yellow_days)
    if is_signed or light.tone == "red":
        return light
    return Light("yellow", f"未签收 · {light.text}")


def answered_light(*, due_on: date, replied_on: date) -> Light:
    """The light of a case that was answered: it no longer burns."""
    return stopped_light(due_on=due_on, stopped_on=replied_on, verb="答复")
