"""When a unit must have replied (domain.md §6.2). Pure: rules, calendar and today are passed in.

Days are calendar days in Asia/Shanghai unless the county's rules say working days; the day of assignment
is not counted; a case is overdue when today is later than its due date.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from studios.calendar import OfficeCalendar
from studios.clocks import Light, running_light, stopped_light, words
from suggestions.enums import Complexity, SupervisionKind


@dataclass(frozen=True)
class Rules:
    """One county's deadline settings, as valid on one day; the defaults are the source's own numbers."""

    simple_days: int = 10
    complex_months: int = 1
    counts_workdays: bool = False
    rolls_forward: bool = False
    ladder: tuple[int, ...] = (-3, 0, 1, 3, 7)
    yellow_days: int = 3
    evaluation_days: int = 15
    accept_days: int = 2
    reject_days: int = 5
    assign_days: int = 5
    sign_days: int = 1
    return_days: int = 3
    review_days: int = 2
    redo_days: int = 10
    co_share: int = 3
    supervised_from: int = 3
    listed_from: int = 7
    urged_reply_days: int = 3
    supervised_reply_days: int = 3
    listed_reply_days: int = 5

    @property
    def ladder_words(self) -> str:
        """When units are reminded: 到期前 3 天、到期当天、逾期 1 天催办…."""
        return "、".join(stage_words(offset, self) for offset in self.ladder)

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
    return _deadline(assigned_on, complexity, rules, calendar, ("交办", f"{Complexity(complexity).label}事项办理期"))


def redo_deadline(asked_on: date, rules: Rules, calendar: OfficeCalendar) -> Deadline:
    """The deadline of a second round: days of its own, the same cap."""
    redo = replace(rules, simple_days=rules.redo_days)
    return _deadline(asked_on, Complexity.SIMPLE, redo, calendar, ("二次办理", "重办期限"))


def clock_deadline(
    assigned_on: date, complexity: Complexity, round_number: int, rules: Rules, calendar: OfficeCalendar
) -> Deadline:
    """The deadline of the clock a case is on: of the first round, or of a later one.

    A case that is assigned anew within a later round has that round's days, unless it is declared complex.
    """
    if round_number > 1 and complexity == Complexity.SIMPLE:
        return redo_deadline(assigned_on, rules, calendar)
    return handling_deadline(assigned_on, complexity, rules, calendar)


def co_due(assigned_on: date, lead_due_on: date, share: int = 3) -> date:
    """A 会办 unit has one part of `share` of the lead's time, rounded up."""
    return assigned_on + timedelta(days=-(-(lead_due_on - assigned_on).days // share))


def recomputed(due_on: date, by_rule: Deadline, *, is_promised: bool) -> tuple[date, date]:
    """Due date and cap of a running clock after the policy or the calendar changed.

    The rule decides, unless a person promised the day (a granted extension, a day taken from a ledger): such a day
    is never shortened, and the cap makes room for it.
    """
    if not is_promised:
        return by_rule.due_on, by_rule.cap_on
    kept = max(due_on, by_rule.due_on)
    return kept, max(by_rule.cap_on, kept)


def stage_kind(offset: int, rules: Rules) -> SupervisionKind | None:
    """What the ladder sends `offset` days after the due date; None for the warnings before."""
    if offset <= 0:
        return None
    if offset < rules.supervised_from:
        return SupervisionKind.URGED
    return SupervisionKind.SUPERVISED if offset < rules.listed_from else SupervisionKind.LISTED


def stage_words(offset: int, rules: Rules) -> str:
    """到期前 3 天, 到期当天, 逾期 1 天催办, 逾期 7 天挂牌通报."""
    kind = stage_kind(offset, rules)
    if kind is None:
        return f"到期前 {-offset} 天" if offset else "到期当天"
    return f"逾期 {offset} 天{'挂牌通报' if kind == SupervisionKind.LISTED else kind.label}"


def is_on_time(replied_on: date, due_on: date) -> bool:
    """The verdict on a reply, given once: the due date itself is still on time."""
    return replied_on <= due_on


def _deadline(
    start: date, complexity: Complexity, rules: Rules, calendar: OfficeCalendar, names: tuple[str, str]
) -> Deadline:
    cap_on = _rolled(months_later(start, rules.complex_months), rules, calendar)
    if complexity == Complexity.COMPLEX:
        due_on = cap_on
    else:
        due_on = min(_rolled(_simple_due(start, rules, calendar), rules, calendar), cap_on)
    is_provisional = calendar.is_provisional(due_on, cap_on)
    lines = tuple(_explain(start, complexity, due_on, cap_on, rules, calendar, names))
    return Deadline(start, due_on, cap_on, is_provisional, lines)


def _simple_due(assigned_on: date, rules: Rules, calendar: OfficeCalendar) -> date:
    if rules.counts_workdays:
        return calendar.add_workdays(assigned_on, rules.simple_days)
    return assigned_on + timedelta(days=rules.simple_days)


def _rolled(day: date, rules: Rules, calendar: OfficeCalendar) -> date:
    return calendar.on_or_after(day) if rules.rolls_forward else day


def _explain(
    start: date,
    complexity: Complexity,
    due_on: date,
    cap_on: date,
    rules: Rules,
    calendar: OfficeCalendar,
    names: tuple[str, str],
) -> Iterator[str]:
    verb, term = names
    yield f"{words(start)}{verb}，当天不计入"
    if complexity == Complexity.COMPLEX:
        plain_due = months_later(start, rules.complex_months)
        yield f"{term} {rules.complex_months} 个月，到{words(plain_due)}（遇小月取月末）"
    else:
        plain_due = _simple_due(start, rules, calendar)
        unit = "个工作日" if rules.counts_workdays else "天（含休息日）"
        yield f"{term} {rules.simple_days} {unit}，到{words(plain_due)}"
        if rules.counts_workdays:
            skipped = list(calendar.rest_days(start + timedelta(days=1), plain_due))
            yield f"其间休息日 {len(skipped)} 天不计入"
    if due_on > plain_due:
        yield f"{words(plain_due)}是休息日，顺延到{words(due_on)}"
    if due_on < plain_due:
        yield f"最长不超过 {rules.complex_months} 个月，所以到{words(due_on)}为止"
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
