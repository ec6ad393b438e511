"""Cases of random worlds in every state, with all that hangs on them: assignments, contacts, replies, ratings."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from accounts.models import Organization
from appointments.enums import Category
from suggestions.enums import (
    Adoption,
    AssignmentKind,
    AssignmentStatus,
    ContactMethod,
    ContactParty,
    Disclosure,
    EvaluationSource,
    Evaluator,
    Level,
    Rating,
    ReplyStatus,
    RequestKind,
    RequestState,
    ResultClass,
    State,
)
from suggestions.models import Assignment, Contact, Evaluation, Reply, Suggestion, UnitRequest
from tests.reports.stage import Stage
from tests.reports.world import World, later, moment, some_day

UNNUMBERED = (State.DRAFT, State.SUBMITTED, State.RETURNED)
DECIDED = (RequestState.APPROVED, RequestState.APPROVED, RequestState.DENIED, RequestState.LAPSED)
DROPPED = (State.REJECTED, State.WITHDRAWN)
FORWARDED = (State.AWAIT_EVALUATION, State.CLOSED)
REPLIED = (State.REPLY_REVIEW, *FORWARDED)
CHARGED = (State.ASSIGNED, State.HANDLING, *REPLIED)
STORIES = (*State, *CHARGED, State.HANDLING, *FORWARDED * 3)


def write_cases(world: World, stage: Stage, random: Random, size: int) -> None:
    """`size` cases; merged ones hang on another of their county."""
    cases = [_case(world, stage, random) for _ in range(size)]
    world.cases = Suggestion.objects.bulk_create(case for case in cases if case.state != State.MERGED)
    merged = [case for case in cases if case.state == State.MERGED and _merge(case, world.cases, random)]
    world.cases = world.cases + Suggestion.objects.bulk_create(merged)
    world.assignments = Assignment.objects.bulk_create(
        row for case in world.cases for row in _assignments(case, stage, random)
    )
    _hang(world, stage, random)


def _hang(world: World, stage: Stage, random: Random) -> None:
    parts = {row.suggestion_id: row for row in world.assignments if row.kind == AssignmentKind.SPLIT}
    world.requests = UnitRequest.objects.bulk_create(
        row for charge in world.assignments for row in _requests(charge, stage, random)
    )
    world.contacts = Contact.objects.bulk_create(row for case in world.cases for row in _contacts(case, stage, random))
    world.replies = Reply.objects.bulk_create(
        row for case in world.cases for row in _replies(case, parts.get(case.pk), stage, random)
    )
    world.ratings = Evaluation.objects.bulk_create(row for case in world.cases for row in _ratings(case, stage, random))


def _case(world: World, stage: Stage, random: Random) -> Suggestion:
    town, state = random.choice(stage.towns), random.choice(STORIES)
    is_numbered = state not in UNNUMBERED and (state not in (*DROPPED, State.MERGED) or random.random() < 0.5)
    case = Suggestion(
        county_id=town.county_id,
        delegation=town,
        studio=random.choice([None, *stage.studios[town.pk]]),
        representative=random.choice(stage.people[town.pk]),
        appointment=random.choice([None, None, *world.appointments]),
        title="请修路",
        content="村口的路坏了",
        category=random.choice(list(Category)[:3]),
        created_by=stage.writer,
        created_at=moment(random, some_day(random)),
        state=state,
        accepted_on=some_day(random) if is_numbered else None,
        number=f"测〔2026〕{random.getrandbits(40)}" if is_numbered else "",
        is_imported=random.random() < 0.2,
    )
    if case.accepted_on and (
        state in CHARGED or (state in (State.WITHDRAWN, State.ACCEPTED) and random.random() < 0.5)
    ):
        _charge(case, case.accepted_on, stage.units[case.county_id], random)
    return case


def _charge(case: Suggestion, accepted_on: date, units: list[Organization], random: Random) -> None:
    """The clock; one that was recalled or returned leaves only the day of the first assignment."""
    case.first_assigned_on = later(random, accepted_on, 5)
    if case.state == State.ACCEPTED:
        return
    case.unit, case.assigned_level = random.choice(units), random.choice(list(Level))
    case.assigned_on = later(random, case.first_assigned_on, random.choice([0, 0, 20]))
    case.original_due_on = case.assigned_on + timedelta(days=10)
    case.due_on = later(random, case.original_due_on, random.choice([0, 0, 15]))
    case.cap_on = case.due_on
    case.round = 2 if case.state in CHARGED[1:] and random.random() < 0.3 else 1
    if case.state in REPLIED:
        _answer(case, later(random, case.assigned_on, 30), random)


def _answer(case: Suggestion, replied_on: date, random: Random) -> None:
    assert case.due_on is not None
    case.replied_on, case.was_on_time = replied_on, replied_on <= case.due_on
    case.result_class = random.choice([*ResultClass, ResultClass.B])
    case.promise_on = later(random, replied_on, 60, 5) if case.result_class == ResultClass.B else None
    if case.state not in FORWARDED:
        return
    case.forwarded_on = later(random, replied_on, 4)
    if case.state == State.CLOSED:
        case.closed_on = later(random, case.forwarded_on, 15)
        if case.promise_on and random.random() < 0.6:
            kept_on = random.choice([case.promise_on, later(random, replied_on, 70)])
            case.fulfilled_on, case.result_class = kept_on, ResultClass.A


def _merge(case: Suggestion, others: list[Suggestion], random: Random) -> bool:
    """Hang `case` on another one that counts; False where its county has none."""
    open_ones = [row for row in others if row.county_id == case.county_id and row.accepted_on]
    case.parent = random.choice(open_ones) if open_ones else None
    case.round = case.parent.round if case.parent else 1
    return case.parent is not None


def _assignments(case: Suggestion, stage: Stage, random: Random) -> Iterator[Assignment]:
    """Somebody it was taken from, those who have it, and in a second round the same again."""
    if case.first_assigned_on is None:
        return
    units = random.sample(stage.units[case.county_id], 3)
    if case.assigned_on is None or case.assigned_on > case.first_assigned_on:
        gone = random.choice([AssignmentStatus.RETURNED, AssignmentStatus.RECALLED])
        yield _assignment(case, units[0], AssignmentKind.LEAD, gone, case.first_assigned_on, 1, stage, random)
    if case.assigned_on is None:
        return
    kinds = random.choice(
        [[AssignmentKind.LEAD], [AssignmentKind.LEAD, AssignmentKind.CO], [AssignmentKind.SPLIT, AssignmentKind.SPLIT]]
    )
    for round_ in range(1, case.round + 1):
        status = AssignmentStatus.ACTIVE if round_ == case.round else AssignmentStatus.FINISHED
        for kind, unit in zip(kinds, units, strict=False):
            yield _assignment(case, unit, kind, status, case.assigned_on, round_, stage, random)


def _assignment(
    case: Suggestion,
    unit: Organization,
    kind: AssignmentKind,
    status: AssignmentStatus,
    day: date,
    round_: int,
    stage: Stage,
    random: Random,
) -> Assignment:
    is_signed = round_ > 1 or (case.state != State.ASSIGNED and random.random() < 0.8)
    return Assignment(
        suggestion=case,
        round=round_,
        unit=unit,
        kind=kind,
        level=Level.COUNTY,
        status=status,
        assigned_on=day,
        due_on=day + timedelta(days=10),
        sign_due_on=None if case.is_imported or round_ > 1 else later(random, day, 3, 1),
        signed_at=moment(random, later(random, day, 5)) if is_signed else None,
    )


def _requests(charge: Assignment, stage: Stage, random: Random) -> Iterator[UnitRequest]:
    """What its unit asked for: handing it back where it was, and now and then more time."""
    kinds = [RequestKind.RETURN] if charge.status == AssignmentStatus.RETURNED else []
    kinds += [RequestKind.EXTENSION] if random.random() < 0.3 else []
    for kind in kinds:
        decided = RequestState.APPROVED if kind == RequestKind.RETURN else random.choice(DECIDED)
        day = later(random, charge.assigned_on, 8)
        yield UnitRequest(
            suggestion=charge.suggestion,
            assignment=charge,
            kind=kind,
            reason="不属本单位职责",
            proposed_unit=charge.unit,
            proposed_due_on=charge.due_on,
            asked_by=stage.writer,
            asked_at=moment(random, charge.assigned_on),
            state=decided,
            decided_at=moment(random, day),
        )


def _contacts(case: Suggestion, stage: Stage, random: Random) -> Iterator[Contact]:
    for round_ in range(1, case.round + 1):
        for _ in range(random.choice([0, 1, 2]) if case.assigned_on else 0):
            yield Contact(
                suggestion=case,
                round=round_,
                party=random.choice(list(ContactParty)),
                method=random.choice([*ContactMethod, ContactMethod.FACE_TO_FACE]),
                contacted_on=case.assigned_on,
                recorded_by=stage.writer,
                recorded_at=case.created_at,
            )


def _replies(case: Suggestion, part: Assignment | None, stage: Stage, random: Random) -> Iterator[Reply]:
    """One returned now and then; the reply of every round that has one; of a split case one unit's part besides."""
    for round_ in range(1, case.round + 1):
        if random.random() < 0.3 and case.assigned_on:
            yield _reply(case, round_, ReplyStatus.RETURNED, None, stage, random)
        if round_ < case.round or case.replied_on:
            standing = ReplyStatus.SUBMITTED if case.state == State.REPLY_REVIEW else ReplyStatus.FORWARDED
            status = standing if round_ == case.round else ReplyStatus.FORWARDED
            yield _reply(case, round_, status, None, stage, random)
            if part is not None and round_ == case.round:
                yield _reply(case, round_, status, part, stage, random)


def _reply(
    case: Suggestion, round_: int, status: ReplyStatus, part: Assignment | None, stage: Stage, random: Random
) -> Reply:
    return Reply(
        suggestion=case,
        assignment=part,
        round=round_,
        status=status,
        text="已修好",
        signer="签发人",
        result_class=ResultClass.A,
        adoption=random.choice(list(Adoption)),
        disclosure=Disclosure.FULL,
        submitted_by=stage.writer,
        submitted_at=case.created_at,
    )


def _ratings(case: Suggestion, stage: Stage, random: Random) -> Iterator[Evaluation]:
    """Of every round that was relayed, by nobody, one or both; of a case and of those merged into it."""
    head = case.parent or case
    for round_ in range(1, case.round + 1):
        relayed_on = head.forwarded_on if round_ == head.round else head.assigned_on
        for evaluator in random.sample(list(Evaluator), random.choice([0, 1, 2, 2])) if relayed_on else []:
            yield Evaluation(
                suggestion=case,
                round=round_,
                evaluator=evaluator,
                attitude=random.choice(list(Rating)),
                outcome=random.choice(list(Rating)),
                reason="没有修好",
                source=EvaluationSource.PAPER,
                entered_by=stage.writer,
                entered_at=moment(random, later(random, relayed_on, 20)),
            )
