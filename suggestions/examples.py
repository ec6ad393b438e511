"""What settings mean for something that happens today: the examples beside the form and on the settings page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from studios.calendar import OfficeCalendar
from studios.clocks import words
from suggestions.deadlines import Rules, co_due, handling_deadline, redo_deadline
from suggestions.enums import Complexity
from suggestions.windows import (
    accept_window,
    assign_window,
    evaluation_window,
    reject_window,
    return_window,
    review_window,
    sign_window,
)

WINDOWS = (
    ("今天提交", accept_window),
    ("今天提交", reject_window),
    ("今天受理", assign_window),
    ("今天交办", sign_window),
    ("今天交办", return_window),
    ("今天答复", review_window),
    ("今天转交", evaluation_window),
)


@dataclass(frozen=True)
class Example:
    """One thing that happens today, when it is due, and why; `was_due_on` by the rules that hold so far."""

    what: str
    due_on: date
    lines: tuple[str, ...]
    is_provisional: bool
    was_due_on: date

    @property
    def sentence(self) -> str:
        """今天交办的简单事项，2026年12月4日前答复."""
        return f"{self.what}，{words(self.due_on)}前"

    @property
    def differs(self) -> bool:
        """Whether the new rules say another day."""
        return self.due_on != self.was_due_on


def examples(rules: Rules, today: date, calendar: OfficeCalendar, *, before: Rules | None = None) -> list[Example]:
    """Every clock that could begin today by `rules`, beside what `before` says."""
    old = list(_days(before or rules, today, calendar))
    return [
        Example(what, due_on, lines, calendar.is_provisional(due_on), was[1])
        for (what, due_on, lines), was in zip(_days(rules, today, calendar), old, strict=True)
    ]


def _days(rules: Rules, today: date, calendar: OfficeCalendar) -> Iterator[tuple[str, date, tuple[str, ...]]]:
    simple = handling_deadline(today, Complexity.SIMPLE, rules, calendar)
    complex_ = handling_deadline(today, Complexity.COMPLEX, rules, calendar)
    redo = redo_deadline(today, rules, calendar)
    share = co_due(today, simple.due_on, rules.co_share)
    yield "今天交办的简单事项", simple.due_on, simple.lines
    yield "今天交办的复杂事项", complex_.due_on, complex_.lines
    yield "今天要求重办的事项", redo.due_on, redo.lines
    yield "简单事项的会办意见", share, (f"主办时间的 {rules.co_share} 分之一，不足一天按一天算，到{words(share)}",)
    for begins, window_of in WINDOWS:
        window = window_of(today, rules, calendar)
        yield f"{begins}的{window.step}", window.ends_on, window.lines
