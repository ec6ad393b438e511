"""How a case looks: tone of its state, its light, its progress, its rounds. Pure: rows and today are passed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from studios.clocks import Light
from suggestions.deadlines import answered_light, handling_light
from suggestions.enums import HANDLING_STATES, ReplyStatus, State
from suggestions.models import Assignment, Consultation, Contact, Evaluation, Reply, Suggestion
from suggestions.promises import is_waiting, promise_light

DEFAULT_YELLOW_DAYS = 3

TONES: dict[State, str] = {
    State.DRAFT: "draft",
    State.SUBMITTED: "todo",
    State.RETURNED: "returned",
    State.REJECTED: "plain",
    State.ACCEPTED: "todo",
    State.ESCALATED: "todo",
    State.ASSIGNED: "tosign",
    State.HANDLING: "handling",
    State.REPLY_REVIEW: "answered",
    State.AWAIT_EVALUATION: "rating",
    State.CLOSED: "done",
    State.MERGED: "plain",
    State.WITHDRAWN: "plain",
}

PROGRESS = ("登记", "交办", "办理", "答复", "评价")
REACHED: dict[State, int] = {
    State.DRAFT: 0,
    State.RETURNED: 0,
    State.REJECTED: 0,
    State.SUBMITTED: 1,
    State.ACCEPTED: 1,
    State.ESCALATED: 1,
    State.ASSIGNED: 2,
    State.HANDLING: 2,
    State.REPLY_REVIEW: 3,
    State.AWAIT_EVALUATION: 4,
    State.CLOSED: 5,
    State.MERGED: 1,
    State.WITHDRAWN: 0,
}
"""How many of the five steps are behind a case in this state."""


@dataclass(frozen=True)
class ShownCase:
    """A case as lists and headers show it; `light` is None while no clock is running or was ever met."""

    case: Suggestion
    tone: str
    label: str
    light: Light | None


@dataclass(frozen=True)
class ProgressStep:
    """One of the five steps people are told about: done, current or still to come."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Round:
    """What was put on record in one round of handling."""

    number: int
    assignment: Assignment | None
    contacts: list[Contact]
    consultation: Consultation | None
    replies: list[Reply]
    evaluations: list[Evaluation]

    @property
    def label(self) -> str:
        return "办理情况" if self.number == 1 else "二次办理情况"

    @property
    def standing_reply(self) -> Reply | None:
        """The reply that was not sent back, if there is one."""
        return next((reply for reply in self.replies if reply.status != ReplyStatus.RETURNED), None)

    @property
    def fulfilling_reply(self) -> Reply | None:
        """Relayed after the reply, or after all its parts: what was promised has come true."""
        relayed = [row for row in self.replies if row.status == ReplyStatus.FORWARDED]
        return relayed[-1] if len(relayed) > 1 and relayed[-1].assignment_id is None else None


def show(case: Suggestion, today: date, yellow_days: int = DEFAULT_YELLOW_DAYS) -> ShownCase:
    """`case` with its tone, word and light on `today`; yellow begins `yellow_days` before the due date."""
    state = State(case.state)
    is_redo = case.round > 1 and state == State.HANDLING
    return ShownCase(
        case,
        "redo" if is_redo else TONES[state],
        "重办·办理中" if is_redo else state.label,
        light_of(case, today, yellow_days),
    )


def show_all(cases: Iterable[Suggestion], today: date, yellow_days: Mapping[int, int]) -> list[ShownCase]:
    """Every case of a list; `yellow_days` by county id, the source's three days where a county set none."""
    return [show(case, today, yellow_days.get(case.county_id, DEFAULT_YELLOW_DAYS)) for case in cases]


def light_of(case: Suggestion, today: date, yellow_days: int) -> Light | None:
    """The deadline light: burning while the clock runs, grey once answered (domain.md §6.2); closed with a promise
    it burns until that is kept."""
    if case.promise_on is not None and is_waiting(case) and case.state == State.CLOSED:
        return promise_light(case.promise_on, today, yellow_days)
    if case.due_on is None:
        return None
    if case.state in HANDLING_STATES:
        is_signed = case.state != State.ASSIGNED
        return handling_light(due_on=case.due_on, today=today, is_signed=is_signed, yellow_days=yellow_days)
    if case.replied_on is None:
        return None
    return answered_light(due_on=case.due_on, replied_on=case.replied_on)


def progress_of(case: Suggestion) -> list[ProgressStep]:
    """登记 → 交办 → 办理 → 答复 → 评价, and where the case stands."""
    reached = REACHED[State(case.state)]
    return [ProgressStep(label, place < reached, place == reached) for place, label in enumerate(PROGRESS)]


def rounds_of(case: Suggestion) -> list[Round]:
    """The rounds that were assigned, newest first; runs no query when the case's rows are prefetched."""
    assignments = list(case.assignments.all())
    return [
        Round(
            number,
            next((row for row in reversed(assignments) if row.round == number), None),
            [row for row in case.contacts.all() if row.round == number],
            next((row for row in case.consultations.all() if row.round == number), None),
            [row for row in case.replies.all() if row.round == number],
            [row for row in case.evaluations.all() if row.round == number],
        )
        for number in range(case.round, 0, -1)
        if assignments
    ]
