"""How a case looks: tone of its state, its light, its progress, its rounds. Pure: rows and today are passed in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from studios.calendar import OfficeCalendar
from studios.clocks import Light
from suggestions.deadlines import Rules, answered_light, handling_light
from suggestions.enums import HANDLING_STATES, State
from suggestions.models import Assignment, Consultation, Contact, Evaluation, Reply, Suggestion
from suggestions.own_part import own_part
from suggestions.promises import is_waiting, promise_light
from suggestions.windows import OFFICE_CLOCKS, window_light

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
class Clocks:
    """What lights need besides the case: the office calendar, today's rules by county id, whether the viewer works in
    an office that has clocks of its own, and else for which units."""

    calendar: OfficeCalendar
    rules: Mapping[int, Rules]
    is_office: bool
    units: Collection[int] = ()

    def rules_of(self, case: Suggestion) -> Rules:
        """Those of the case's county; the source's numbers where it has set none."""
        return self.rules.get(case.county_id, Rules())

    def office_light(self, case: Suggestion, today: date) -> Light | None:
        """How long the office has left for its own step; None where the next step is not an office's."""
        begins, window_of = OFFICE_CLOCKS.get(State(case.state), ("", None))
        if not self.is_office or window_of is None or (began_on := getattr(case, begins)) is None:
            return None
        window = window_of(began_on, self.rules_of(case), self.calendar)
        light = window_light(window, today, self.calendar)
        return replace(light, hint="；".join(window.lines))

    def marked(self, light: Light, due_on: date) -> Light:
        """`light`, marked where the holidays of the due date's year are not announced yet."""
        if not self.calendar.is_provisional(due_on):
            return light
        return replace(light, text=f"{light.text}（暂定）", hint=f"{due_on.year}年放假安排尚未公布，公布后重新计算")


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


def show(case: Suggestion, today: date, clocks: Clocks) -> ShownCase:
    """`case` with its tone, word and light on `today`; to one of several units those of its own part."""
    state = State(case.state)
    is_redo = case.round > 1 and state == State.HANDLING
    own = own_part(case, clocks.units, today, clocks.rules_of(case).yellow_days) if clocks.units else None
    if own:
        return ShownCase(case, own.tone or TONES[state], own.label or state.label, own.light)
    return ShownCase(
        case,
        "redo" if is_redo else TONES[state],
        "重办·办理中" if is_redo else state.label,
        light_of(case, today, clocks),
    )


def show_all(cases: Iterable[Suggestion], today: date, clocks: Clocks) -> list[ShownCase]:
    """Every case of a list."""
    return [show(case, today, clocks) for case in cases]


def light_of(case: Suggestion, today: date, clocks: Clocks) -> Light | None:
    """The light of the clock that runs: the unit's, or for those who work in an office the office's own.

    Grey once answered (domain.md §6.2); closed with a promise it burns until that is kept.
    """
    if office := clocks.office_light(case, today):
        return office
    if case.promise_on is not None and is_waiting(case) and case.state == State.CLOSED:
        return promise_light(case.promise_on, today, clocks.rules_of(case).yellow_days)
    if case.due_on is None:
        return None
    if case.state in HANDLING_STATES:
        is_signed, yellow_days = case.state != State.ASSIGNED, clocks.rules_of(case).yellow_days
        light = handling_light(due_on=case.due_on, today=today, is_signed=is_signed, yellow_days=yellow_days)
        return clocks.marked(light, case.due_on)
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
