"""What a line of an office's old ledger (台账) must say, and the history that follows from it. Pure: no ORM, no clock.

A line becomes one case. Its dates are the days of the steps; its state says how many of them there were.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from studios.clocks import words
from suggestions.enums import ResultClass, State, Verb

DATES: tuple[tuple[str, str], ...] = (
    ("submitted_on", "提交日期"),
    ("accepted_on", "受理日期"),
    ("assigned_on", "交办日期"),
    ("replied_on", "答复日期"),
    ("forwarded_on", "转交日期"),
    ("closed_on", "办结日期"),
)
STAGES: dict[State, int] = {
    State.SUBMITTED: 1,
    State.ACCEPTED: 2,
    State.ESCALATED: 2,
    State.ASSIGNED: 3,
    State.HANDLING: 3,
    State.REPLY_REVIEW: 4,
    State.AWAIT_EVALUATION: 5,
    State.CLOSED: 6,
}
"""The states a ledger may name, and how many of DATES each has behind it."""

ACCEPTED, ASSIGNED, REPLIED, FORWARDED = 2, 3, 4, 5
SINCE: dict[str, tuple[int, str, bool]] = {
    "number": (ACCEPTED, "编号", False),
    "unit_id": (ASSIGNED, "承办单位", True),
    "complexity": (ASSIGNED, "难易", False),
    "due_on": (ASSIGNED, "期限", False),
    "result_class": (REPLIED, "办理结果", True),
    "reply_text": (REPLIED, "答复内容", False),
    "promise_on": (REPLIED, "承诺日期", False),
    "representative_rating": (FORWARDED, "代表评价", False),
    "petitioner_rating": (FORWARDED, "群众评价", False),
}
"""What else a line says: from which stage on, its head, and whether it must be there then."""


TOLD = (Verb.ASSIGN, State.ACCEPTED, State.HANDLING)
"""The one step of a ledger that the table has not: given out, and taken up on a day nobody wrote down."""


class Step(NamedTuple):
    """One row of the history; `day` names the date on which it was taken."""

    verb: Verb
    from_state: State
    to_state: State
    day: str


def faults(line: Any, today: date) -> Iterator[str]:
    """A sentence for everything `line` (with the attributes of DATES and SINCE, and `state`) lacks or gets wrong."""
    forbidden, needed = _demands(line.state)
    for name, sentence in forbidden:
        if getattr(line, name):
            yield sentence
    for name, sentence in needed:
        if not getattr(line, name):
            yield sentence
    yield from _order(line, today)
    yield from _promise(line)


@cache
def _demands(state: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What a line in that state must leave empty and what it must say, each with the sentence against it."""
    label, stage = State(state).label, STAGES[State(state)]
    told = [(name, head, place < stage, True) for place, (name, head) in enumerate(DATES)]
    told += [(name, head, since <= stage, is_needed) for name, (since, head, is_needed) in SINCE.items()]
    empty = f"状态是“{label}”，{{}}应当空着；如果已经办到那一步，请改状态"
    return (
        [(name, empty.format(head)) for name, head, is_due, _is_needed in told if not is_due],
        [(name, f"状态是“{label}”，请填写{head}") for name, head, is_due, is_needed in told if is_due and is_needed],
    )


def _order(line: Any, today: date) -> Iterator[str]:
    before = ""
    last: date | None = None
    for name, head in DATES:
        day: date | None = getattr(line, name)
        if day is None:
            continue
        if last is not None and day < last:
            yield f"{head}（{words(day)}）早于{before}（{words(last)}），请核对"
        if day > today:
            yield f"{head}（{words(day)}）还没有到，请核对"
        before, last = head, day
    due_on, assigned_on = line.due_on, line.assigned_on
    if due_on and assigned_on and due_on < assigned_on:
        yield f"期限（{words(due_on)}）早于交办日期（{words(assigned_on)}），请核对"


def _promise(line: Any) -> Iterator[str]:
    promise_on, replied_on = line.promise_on, line.replied_on
    is_promise = line.result_class == ResultClass.B
    if is_promise and not promise_on:
        yield "B 类结果请填写承诺日期"
    elif promise_on and not is_promise:
        yield "只有 B 类结果有承诺日期，请改办理结果或清空承诺日期"
    elif promise_on and replied_on and promise_on <= replied_on:
        yield f"承诺日期（{words(promise_on)}）要晚于答复日期（{words(replied_on)}）"


@cache
def history(state: State, *, is_ruled: bool) -> tuple[Step, ...]:
    """The dated steps from a draft to `state`, and nothing a ledger gives no day for: no escalation, no signing for an
    assignment (which leads to handling at once), no rating.

    A closed case somebody was not satisfied with (`is_ruled`) was settled by a ruling, as the table demands.
    """
    if state == State.ESCALATED:
        up = Step(Verb.ESCALATE, State.ACCEPTED, State.ESCALATED, "accepted_on")
        return *history(State.ACCEPTED, is_ruled=is_ruled), up
    assigned = State.ASSIGNED if state == State.ASSIGNED else State.HANDLING
    steps = (
        Step(Verb.SUBMIT, State.DRAFT, State.SUBMITTED, "submitted_on"),
        Step(Verb.ACCEPT, State.SUBMITTED, State.ACCEPTED, "accepted_on"),
        Step(Verb.ASSIGN, State.ACCEPTED, assigned, "assigned_on"),
        Step(Verb.REPLY, State.HANDLING, State.REPLY_REVIEW, "replied_on"),
        Step(Verb.FORWARD, State.REPLY_REVIEW, State.AWAIT_EVALUATION, "forwarded_on"),
        Step(Verb.RULE if is_ruled else Verb.CLOSE, State.AWAIT_EVALUATION, State.CLOSED, "closed_on"),
    )
    return steps[: STAGES[state]]
