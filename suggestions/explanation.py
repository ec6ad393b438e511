"""What the case page says about a case's deadline: the stored dates first, then how they came about.

Pure: the rows, the rules of the day of assignment and the calendar are passed in. The calendar and the settings may
have changed since a clock stopped; then the dates stand and are not worked out anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from studios.calendar import OfficeCalendar
from studios.clocks import SHANGHAI, ladder_day, words
from suggestions.deadlines import Deadline, Rules, clock_deadline, stage_words
from suggestions.enums import HANDLING_STATES, Complexity, RequestKind, RequestState
from suggestions.models import DeadlineChange, Suggestion, UnitRequest
from suggestions.windows import return_window, sign_window

STANDS = "以上日期按当时的规定和办公日历定下，之后的变动不再影响"


@dataclass(frozen=True)
class Explanation:
    """The dates of a clock as stored, and the sentences behind them; `is_provisional` only while it runs."""

    assigned_on: date
    original_due_on: date
    due_on: date
    cap_on: date
    is_provisional: bool
    is_running: bool
    verdict: str
    lines: tuple[str, ...]
    events: tuple[str, ...]

    @property
    def has_moved(self) -> bool:
        """Whether what holds now is not what was promised at first."""
        return self.due_on != self.original_due_on


def explain(
    case: Suggestion,
    rules: Rules,
    calendar: OfficeCalendar,
    changes: Iterable[DeadlineChange],
    requests: Iterable[UnitRequest],
) -> Explanation | None:
    """The deadline of `case`; None before it was ever assigned."""
    if not (case.assigned_on and case.due_on and case.original_due_on and case.cap_on and case.complexity):
        return None
    rule = clock_deadline(case.assigned_on, Complexity(case.complexity), case.round, rules, calendar)
    is_running = case.state in HANDLING_STATES
    return Explanation(
        assigned_on=case.assigned_on,
        original_due_on=case.original_due_on,
        due_on=case.due_on,
        cap_on=case.cap_on,
        is_provisional=is_running and calendar.is_provisional(case.due_on, case.cap_on),
        is_running=is_running,
        verdict=_verdict(case),
        lines=tuple(_lines(case, rule, rules, calendar)),
        events=tuple(_events(changes, requests)),
    )


def change_words(change: DeadlineChange) -> str:
    """因2027年放假安排公布，期限由2027年1月4日改为1月5日."""
    if change.due_before != change.due_after:
        moved = f"期限由{words(change.due_before)}改为{words(change.due_after)}"
    elif change.cap_before != change.cap_after:
        moved = f"最迟期限由{words(change.cap_before)}改为{words(change.cap_after)}"
    else:
        moved = f"期限{words(change.due_after)}由暂定转为确定"
    return f"因{change.cause}，{moved}"


def _lines(case: Suggestion, rule: Deadline, rules: Rules, calendar: OfficeCalendar) -> Iterator[str]:
    """How the dates follow from the rules, as far as they still do."""
    if case.state not in HANDLING_STATES and (rule.due_on not in {case.original_due_on, case.due_on}):
        yield STANDS
        return
    yield from rule.lines
    if case.state in HANDLING_STATES and case.round == 1:
        yield f"签收不晚于{words(sign_window(rule.assigned_on, rules, calendar).ends_on)}"
        yield f"要退办，不晚于{words(return_window(rule.assigned_on, rules, calendar).ends_on)}提出"
    if case.state in HANDLING_STATES and case.due_on:
        yield f"提醒：{_stages(case.due_on, rules, calendar)}"


def _stages(due_on: date, rules: Rules, calendar: OfficeCalendar) -> str:
    """到期前 3 天（12月1日）、到期当天（12月4日）、逾期 1 天催办（12月7日）…."""
    days = {offset: ladder_day(due_on, offset, calendar) for offset in rules.ladder}
    return "、".join(f"{stage_words(offset, rules)}（{day.month}月{day.day}日）" for offset, day in days.items())


def _events(changes: Iterable[DeadlineChange], requests: Iterable[UnitRequest]) -> Iterator[str]:
    """What moved the date since, the earliest first."""
    found = [(change.at, f"期限重算：{change_words(change)}") for change in changes]
    found += [
        (asked.decided_at, f"延期：经同意，延到{words(asked.proposed_due_on)}")
        for asked in requests
        if asked.kind == RequestKind.EXTENSION
        and asked.state == RequestState.APPROVED
        and asked.decided_at
        and asked.proposed_due_on
    ]
    for at, sentence in sorted(found):
        yield f"{at.astimezone(SHANGHAI):%Y-%m-%d} {sentence}"


def _verdict(case: Suggestion) -> str:
    """按期答复 or 逾期答复, as frozen at the reply; "" before."""
    if case.replied_on is None or case.was_on_time is None:
        return ""
    return f"{words(case.replied_on)}答复，{'按期' if case.was_on_time else '逾期'}"
