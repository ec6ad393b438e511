"""The only writer of cases that come from an office's old ledger (台账): each with the history its dates tell.

Rows by the thousand, so nothing here walks the verbs one by one; `check_integrity` holds them to the same rules.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from notifications.models import Reminder
from sheets.bulk import Insert, inserting, reserve
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
    Rating,
    ReplyStatus,
    ResultClass,
    Ruling,
    State,
)
from suggestions.ledger import STAGES, history
from suggestions.ledger_numbers import LedgerNumbers
from suggestions.models import (
    Assignment,
    DeadlinePolicy,
    Evaluation,
    Reply,
    Suggestion,
    SuggestionTransition,
)
from suggestions.notifications import standing_reminders
from suggestions.windows import evaluation_window

IMPORTED, WRITTEN_DOWN = "台账导入", "台账记载"
NO_TEXT = "（台账导入，答复原文见纸质档案）"
NOT_PUBLIC = "台账导入，未经公开审核"
UNEXPLAINED = "台账未写明理由"
OFFICE_TIME = time(9)
CHUNK = 2000
FEW, MANY = 500, 4000
RATERS = ((Evaluator.REPRESENTATIVE, "representative_rating"), (Evaluator.PETITIONER, "petitioner_rating"))


class Clocks:
    """Deadlines and evaluation periods of one county, each worked out once."""

    def __init__(self, county: Organization) -> None:
        self.calendar = load_calendar()
        policies = DeadlinePolicy.objects.timetable([county.pk])
        self.policy = cache(lambda day: policies.on(county.pk, day))
        self.deadline = cache(self._deadline)
        self.evaluation_until = cache(self._evaluation_until)

    def _deadline(self, assigned_on: date, complexity: Complexity) -> Deadline:
        return handling_deadline(assigned_on, complexity, self.policy(assigned_on).rules, self.calendar)

    def _evaluation_until(self, forwarded_on: date) -> date:
        """The last day of the evaluation period."""
        return evaluation_window(forwarded_on, self.policy(forwarded_on).rules, self.calendar).ends_on


def ratings_of(case: Any) -> tuple[str, ...]:
    """The ratings a line of the ledger holds, the representative's first."""
    return tuple(rating for _who, name in RATERS if (rating := getattr(case, name)))


class LedgerWriter:
    """Stores new cases of one county, whose lines were examined, part by part: with assignment, reply, ratings, steps.

    Cases also carry `reply_text`, `representative_rating`, `petitioner_rating`. Nobody is told anything; of running
    clocks the reminders that lie ahead are written at the end. Use it inside a transaction.
    """

    def __init__(self, numbers: LedgerNumbers, clocks: Clocks, actor: User, insert: Insert, most: int) -> None:
        self.numbers, self.clocks, self.actor, self.insert = numbers, clocks, actor, insert
        self.ids = iter(reserve(Suggestion, most))
        self.waiting: list[Any] = []
        self.enough = FEW
        self.running: list[int] = []

    def write(self, cases: Iterable[Any]) -> None:
        """Number and store these: some hundreds at first, so that the database begins, then by thousands, which costs
        it less. Asks it nothing, so that it can store them meanwhile."""
        self.waiting += cases
        if len(self.waiting) >= self.enough:
            self._store(self.waiting)
            self.waiting, self.enough = [], min(2 * self.enough, MANY)

    def _store(self, cases: Sequence[Any]) -> None:
        for case in cases:
            case.pk = next(self.ids)
            self.numbers.give(case)
            _complete(case, self.clocks, self.actor)
        self.insert(Suggestion, CASE_COLUMNS, _cases(cases))
        self.insert(SuggestionTransition, STEP_COLUMNS, _steps(cases))
        self.insert(Assignment, ASSIGNMENT_COLUMNS, _assignments(cases))
        self.insert(Reply, REPLY_COLUMNS, _replies(cases))
        self.insert(Evaluation, EVALUATION_COLUMNS, _evaluations(cases, self.actor))
        self.running += [case.pk for case in cases if case.next_deadline_at]

    def finish(self) -> None:
        """Store the last; the number book goes on after the ledger's own, and running cases get their reminders."""
        self._store(self.waiting)
        self.numbers.close()
        today = timezone.localdate()
        for start in range(0, len(self.running), CHUNK):
            found = Suggestion.objects.filter(pk__in=self.running[start : start + CHUNK])
            reminders = standing_reminders(found, self.numbers.county, today)
            Reminder.objects.bulk_create(reminders, batch_size=CHUNK)


@transaction.atomic
def import_ledger(*, cases: Sequence[Any], county: Organization, actor: User) -> None:
    """Store new cases of `county` as LedgerWriter does, all at once."""
    numbers = LedgerNumbers(county)
    numbers.open({case.number for case in cases})
    with inserting() as insert:
        writer = LedgerWriter(numbers, Clocks(county), actor, insert, len(cases))
        writer.write(cases)
        writer.finish()


def _complete(case: Any, clocks: Clocks, actor: User) -> None:
    """What follows from the line: level, clock, verdict, promise, and how often it was written."""
    state, stage = State(case.state), STAGES[State(case.state)]
    ratings = ratings_of(case)
    case.created_by_id, case.created_at, case.is_imported = actor.pk, _moment(case.submitted_on), True
    case.is_anonymous = not case.petitioner_rating
    case.version = len(history(state, is_ruled=Rating.UNSATISFIED in ratings)) + 1
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


CASE_COLUMNS = tuple(field.attname for field in Suggestion._meta.concrete_fields)
SEARCH_TEXT = Suggestion._meta.get_field("search_text")


def _cases(cases: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    values = itemgetter(*CASE_COLUMNS)
    for case in cases:
        SEARCH_TEXT.pre_save(case, add=True)
        yield values(vars(case))


STEP_COLUMNS = (
    *("suggestion_id", "verb", "from_state", "to_state", "round"),
    *("actor_id", "actor_name", "detail", "note", "at"),
)


def _steps(cases: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The ledger says when, not who."""
    for case in cases:
        pk = case.pk
        for said, day in _said(case.state, is_ruled=bool(case.ruling)):
            yield pk, *said, _moment(getattr(case, day))


@cache
def _said(state: str, *, is_ruled: bool) -> list[tuple[tuple[Any, ...], str]]:
    """What the steps of a history say, as plain values, each with the name of its day."""
    steps = history(State(state), is_ruled=is_ruled)
    who = None, WRITTEN_DOWN, IMPORTED, ""
    return [((step.verb.value, step.from_state.value, step.to_state.value, 1, *who), step.day) for step in steps]


ASSIGNMENT_COLUMNS = (
    *("suggestion_id", "round", "unit_id", "kind", "level", "status", "assigned_on", "due_on"),
    *("signed_at", "countersign_note", "waive_reason"),
)


def _assignments(cases: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """What is handled was signed for: on the first day, for want of another, by nobody known."""
    kind, status = AssignmentKind.LEAD.value, AssignmentStatus.ACTIVE.value
    for case in cases:
        if case.unit_id:
            signed_at = None if case.state == State.ASSIGNED else _moment(case.assigned_on)
            place = (case.pk, 1, case.unit_id, kind, str(case.level), status)
            yield *place, case.assigned_on, case.due_on, signed_at, "", ""


REPLY_COLUMNS = (
    *("suggestion_id", "round", "status", "text", "signer", "result_class", "promise_on", "adoption"),
    *("adopted_where", "disclosure", "disclosure_reason", "submitted_at"),
)


def _replies(cases: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Not public until somebody has looked; the ledger does not say who handed it in, or whether it was adopted."""
    adoptions = {result.value: adoption_of(result).value for result in ResultClass}
    for case in cases:
        if case.replied_on:
            status = ReplyStatus.SUBMITTED if case.state == State.REPLY_REVIEW else ReplyStatus.FORWARDED
            result = str(case.result_class)
            text = (case.pk, 1, status.value, case.reply_text or NO_TEXT, IMPORTED, result, case.promise_on)
            yield *text, adoptions[result], "", Disclosure.NONE.value, NOT_PUBLIC, _moment(case.replied_on)


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
