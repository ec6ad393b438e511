"""The only writer of cases that come from an office's old ledger (台账): each with the history its dates tell.

Rows by the thousand, so nothing here walks the verbs one by one; `check_integrity` holds them to the same rules.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.utils import timezone

from accounts.models import Organization, User
from notifications.models import Reminder
from sheets.bulk import insert, insert_values
from studios.clocks import SHANGHAI, end_of_day
from studios.services import load_calendar
from suggestions.answers import adoption_of
from suggestions.deadlines import Deadline, handling_deadline
from suggestions.enums import (
    HANDLING_STATES,
    AssignmentKind,
    AssignmentStatus,
    Complexity,
    Disclosure,
    EvaluationSource,
    Evaluator,
    Level,
    Rating,
    ReplyStatus,
    ResultClass,
    Ruling,
    State,
)
from suggestions.ledger import STAGES, history
from suggestions.models import (
    Assignment,
    DeadlinePolicy,
    Evaluation,
    NumberSequence,
    Reply,
    Suggestion,
    SuggestionTransition,
)
from suggestions.notifications import standing_reminders
from suggestions.windows import evaluation_window

IMPORTED = "台账导入"
OWN_NUMBERS = "台账"
NO_TEXT = "（台账导入，答复原文见纸质档案）"
NOT_PUBLIC = "台账导入，未经公开审核"
UNEXPLAINED = "台账未写明理由"
OFFICE_TIME = time(9)
CHUNK = 2000
RATERS = ((Evaluator.REPRESENTATIVE, "representative_rating"), (Evaluator.PETITIONER, "petitioner_rating"))


class Clocks:
    """Deadlines and evaluation periods of one county, each worked out once."""

    def __init__(self, county: Organization) -> None:
        self.calendar = load_calendar()
        policies = DeadlinePolicy.objects.timetable([county.pk])
        self.policy = cache(lambda day: policies.on(county.pk, day))
        self.deadline = cache(self._deadline)

    def _deadline(self, assigned_on: date, complexity: Complexity) -> Deadline:
        return handling_deadline(assigned_on, complexity, self.policy(assigned_on).rules, self.calendar)

    def evaluation_until(self, forwarded_on: date) -> date:
        """The last day of the evaluation period."""
        return evaluation_window(forwarded_on, self.policy(forwarded_on).rules, self.calendar).ends_on


def ratings_of(case: Any) -> tuple[str, ...]:
    """The ratings a line of the ledger holds, the representative's first."""
    return tuple(rating for _who, name in RATERS if (rating := getattr(case, name)))


def import_ledger(*, cases: Sequence[Any], county: Organization, actor: User) -> None:
    """Store new cases of `county` whose lines were examined, with assignments, replies, ratings and steps.

    `cases` also carry `reply_text`, `representative_rating`, `petitioner_rating`; those with a `sequence` continue the
    county's own numbers. Nobody is told anything; of running clocks the reminders that lie ahead are written. Call it
    inside a transaction that holds the number sequence.
    """
    clocks = Clocks(county)
    _give_numbers(cases, county)
    for case in cases:
        _complete(case, clocks, actor)
    insert(Suggestion, cases)
    for year, last in {case.year: case.sequence for case in sorted(cases, key=lambda case: case.sequence or 0)}.items():
        NumberSequence.objects.filter(county=county, year=year).update(last=last)
    insert_values(SuggestionTransition, STEP_COLUMNS, _steps(cases, actor))
    insert_values(Assignment, ASSIGNMENT_COLUMNS, _assignments(cases, actor))
    insert_values(Reply, REPLY_COLUMNS, _replies(cases, actor))
    insert_values(Evaluation, EVALUATION_COLUMNS, _evaluations(cases, actor))
    _remind([case.pk for case in cases if case.next_deadline_at], county)


def _remind(running: list[int], county: Organization) -> None:
    today = timezone.localdate()
    for start in range(0, len(running), CHUNK):
        found = Suggestion.objects.filter(pk__in=running[start : start + CHUNK])
        Reminder.objects.bulk_create(standing_reminders(found, county, today), batch_size=CHUNK)


def _give_numbers(cases: Iterable[Any], county: Organization) -> None:
    """台账〔2025〕0001 for whatever was accepted without a number, following what there is of the year."""
    taken = Suggestion.objects.filter(county=county, number__startswith=f"{OWN_NUMBERS}〔")
    known = {*taken.values_list("number", flat=True), *(case.number for case in cases)}
    last: Counter[int] = Counter()
    for case in cases:
        if case.accepted_on and not case.number:
            year = case.accepted_on.year
            while not case.number or case.number in known:
                last[year] += 1
                case.number = f"{OWN_NUMBERS}〔{year}〕{last[year]:04d}"
            known.add(case.number)


def _complete(case: Any, clocks: Clocks, actor: User) -> None:
    """What follows from the line: level, clock, verdict, promise, and how often it was written."""
    state, stage = State(case.state), STAGES[State(case.state)]
    ratings = ratings_of(case)
    case.created_by_id, case.created_at, case.is_imported = actor.pk, _moment(case.submitted_on), True
    case.is_anonymous = not case.petitioner_rating
    case.version = len(history(state, Level(case.level), ratings)) + 1
    if stage >= STAGES[State.ASSIGNED]:
        deadline = clocks.deadline(case.assigned_on, Complexity(case.complexity))
        case.assigned_level, case.first_assigned_on = case.level, case.assigned_on
        case.original_due_on, case.cap_on = deadline.due_on, deadline.cap_on
        case.due_on = case.due_on or deadline.due_on
    if stage >= STAGES[State.REPLY_REVIEW]:
        case.was_on_time = case.replied_on <= case.due_on
    if stage >= STAGES[State.AWAIT_EVALUATION]:
        case.evaluation_due_on = clocks.evaluation_until(case.forwarded_on)
    if state in HANDLING_STATES:
        case.next_deadline_at = end_of_day(case.due_on)
    elif state == State.AWAIT_EVALUATION:
        case.next_deadline_at = end_of_day(case.evaluation_due_on)
    elif state == State.CLOSED and Rating.UNSATISFIED in ratings:
        case.ruling = Ruling.EXPLAINED


@cache
def _moment(day: date) -> datetime:
    return datetime.combine(day, OFFICE_TIME, SHANGHAI)


STEP_COLUMNS = (
    *("suggestion_id", "verb", "from_state", "to_state", "round"),
    *("actor_id", "actor_name", "detail", "note", "at"),
)


def _steps(cases: Iterable[Any], actor: User) -> Iterator[tuple[Any, ...]]:
    who = actor.pk, str(actor), IMPORTED, ""
    for case in cases:
        for said, day in _said(case.state, case.level, ratings_of(case)):
            yield case.pk, *said, *who, _moment(getattr(case, day))


@cache
def _said(state: str, level: str, ratings: tuple[str, ...]) -> list[tuple[tuple[str, str, str, int], str]]:
    """What the steps of a history say, as plain values, each with the name of its day."""
    steps = history(State(state), Level(level), ratings)
    return [((step.verb.value, step.from_state.value, step.to_state.value, 1), step.day) for step in steps]


ASSIGNMENT_COLUMNS = (
    *("suggestion_id", "round", "unit_id", "kind", "level", "status", "assigned_by_id", "assigned_on", "due_on"),
    *("signed_at", "signed_by_id", "countersign_note", "waive_reason"),
)


def _assignments(cases: Iterable[Any], actor: User) -> Iterator[tuple[Any, ...]]:
    kind, status = AssignmentKind.LEAD.value, AssignmentStatus.ACTIVE.value
    for case in cases:
        if case.unit_id:
            signed = (None, None) if case.state == State.ASSIGNED else (_moment(case.assigned_on), actor.pk)
            place = (case.pk, 1, case.unit_id, kind, str(case.level), status)
            yield *place, actor.pk, case.assigned_on, case.due_on, *signed, "", ""


REPLY_COLUMNS = (
    *("suggestion_id", "round", "status", "text", "signer", "result_class", "promise_on", "adoption"),
    *("adopted_where", "disclosure", "disclosure_reason", "submitted_by_id", "submitted_at"),
)


def _replies(cases: Iterable[Any], actor: User) -> Iterator[tuple[Any, ...]]:
    """Not public until somebody has looked; the ledger does not say whether it was adopted."""
    adoptions = {result.value: adoption_of(result).value for result in ResultClass}
    for case in cases:
        if case.replied_on:
            status = ReplyStatus.SUBMITTED if case.state == State.REPLY_REVIEW else ReplyStatus.FORWARDED
            result = str(case.result_class)
            text = (case.pk, 1, status.value, case.reply_text or NO_TEXT, IMPORTED, result, case.promise_on)
            yield *text, adoptions[result], "", Disclosure.NONE.value, NOT_PUBLIC, actor.pk, _moment(case.replied_on)


EVALUATION_COLUMNS = (
    *("suggestion_id", "round", "evaluator", "attitude", "outcome", "reason", "source", "entered_by_id", "entered_at"),
)


def _evaluations(cases: Iterable[Any], actor: User) -> Iterator[tuple[Any, ...]]:
    paper = EvaluationSource.PAPER.value
    for case in cases:
        for evaluator, name in RATERS:
            if rating := getattr(case, name):
                reason = UNEXPLAINED if rating == Rating.UNSATISFIED else ""
                said = (evaluator.value, str(rating), str(rating), reason, paper)
                yield case.pk, 1, *said, actor.pk, _moment(case.forwarded_on)
