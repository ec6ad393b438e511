"""Every case of a county: planned, walked, numbered, written in bulk.

Bulk rows bypass the services (a county in seconds); `manage.py check_integrity` holds them to the same rules.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from appointments.enums import VisitOutcome
from appointments.models import Visit
from demo.meetings import Meetings, Seat, visit_at
from demo.plans import Plan, plans
from demo.walk import Walk, World
from suggestions.enums import HANDLING_STATES, Evaluator, Rating, RejectReason, State, Verb
from suggestions.models import NumberSequence, Suggestion, SuggestionTransition
from suggestions.notifications import schedule_ladder, tell_liaisons, tell_representative, tell_unit
from suggestions.services.numbers import number_words

CHUNK = 2000
AGES: dict[State, tuple[int, int]] = {
    State.DRAFT: (1, 8),
    State.SUBMITTED: (1, 8),
    State.RETURNED: (4, 17),
    State.ACCEPTED: (4, 17),
    State.ESCALATED: (4, 17),
    State.ASSIGNED: (5, 11),
    State.HANDLING: (9, 16),
    State.REPLY_REVIEW: (14, 27),
    State.AWAIT_EVALUATION: (17, 23),
    State.CLOSED: (70, 720),
    State.MERGED: (10, 60),
    State.REJECTED: (10, 200),
    State.WITHDRAWN: (10, 200),
}
LATE_HANDLING, REDONE_HANDLING, QUICKLY_CLOSED = (18, 45), (24, 30), (20, 720)


class Seats:
    """Seats that were kept, to be drawn by how many days ago."""

    def __init__(self, meetings: Meetings, today: date, random: Random) -> None:
        self.seats = sorted(meetings.seats, key=lambda seat: (seat.appointment.held_on, seat.studio.pk))
        self.days = [seat.appointment.held_on for seat in self.seats]
        self.today, self.random = today, random

    def draw(self, youngest: int, oldest: int) -> Seat:
        """A seat kept between `youngest` and `oldest` days ago (older where nobody sat then)."""
        first = bisect_left(self.days, self.today - timedelta(days=oldest))
        last = bisect_left(self.days, self.today - timedelta(days=youngest - 1))
        return self.seats[self.random.randrange(first, last) if first < last else max(last - 1, 0)]


def write_cases(world: World, meetings: Meetings, accepted: int, today: date, first: Seat | None) -> list[Suggestion]:
    """Write all cases of `world.county`; those of `first`'s studio and person lead each state."""
    seats, seen, walks = Seats(meetings, today, world.random), set(), []
    for plan in plans(accepted, world.random):
        seat = seats.draw(*_age(plan))
        if first is not None and plan.state not in seen:
            seat = Seat(seat.appointment, first.studio, first.representative) if _may_lead(plan) else seat
            seat = first if plan.state in {State.DRAFT, State.SUBMITTED} else seat
        seen.add(plan.state)
        outcome = VisitOutcome.TO_SUGGESTION
        walks.append(_walked(world, plan, seat, visit_at(seat, world.random, world.county, outcome)))
    _number(walks)
    _save(walks)
    cases = [walk.case for walk in walks]
    _remind(cases, today)
    return cases


def _may_lead(plan: Plan) -> bool:
    return not plan.is_redone


def _age(plan: Plan) -> tuple[int, int]:
    if plan.state == State.HANDLING and plan.is_redone:
        return REDONE_HANDLING
    if plan.state == State.HANDLING and plan.is_late:
        return LATE_HANDLING
    if plan.state == State.CLOSED and not (plan.is_late or plan.is_redone or plan.is_lapsed):
        return QUICKLY_CLOSED
    return AGES[plan.state]


def _walked(world: World, plan: Plan, seat: Seat, visit: Visit) -> Walk:
    """Walk as far as the plan says."""
    walk = Walk(world, plan, seat, visit)
    if plan.state == State.DRAFT:
        return walk
    walk.submit()
    if plan.state == State.RETURNED:
        walk.send_back()
    elif plan.state == State.REJECTED:
        walk.wait(2)
        walk.case.reject_reason = RejectReason.DUPLICATE
        walk.step(Verb.REJECT, State.REJECTED, walk.office, _morning(walk), RejectReason.DUPLICATE.label, "上月已答复")
    elif plan.state != State.SUBMITTED:
        walk.accept()
        _after_acceptance(walk, plan)
    return walk


def _after_acceptance(walk: Walk, plan: Plan) -> None:
    if plan.state in {State.WITHDRAWN, State.MERGED}:
        walk.wait(1)
    if plan.state == State.WITHDRAWN:
        person = walk.seat.representative.user
        walk.step(Verb.WITHDRAW, State.WITHDRAWN, person, _morning(walk), note="群众自己已解决")
    elif plan.state == State.MERGED:
        walk.step(Verb.MERGE, State.MERGED, walk.office, _morning(walk), note="同一事项")
    elif plan.state != State.ACCEPTED:
        has_units = walk.case.delegation_id in walk.world.county.town_units
        if plan.state == State.ESCALATED or not has_units or walk.world.random.random() < 0.65:
            walk.escalate()
        if plan.state != State.ESCALATED:
            walk.assign()
            _handle(walk, plan)


def _handle(walk: Walk, plan: Plan) -> None:
    if plan.state == State.ASSIGNED:
        return
    walk.sign()
    if plan.state == State.HANDLING and not plan.is_redone:
        walk.contact()
        walk.consult(is_answered=False)
        return
    _answer(walk)
    if plan.state == State.REPLY_REVIEW:
        return
    walk.forward()
    if plan.is_redone:
        walk.rate(Evaluator.REPRESENTATIVE, Rating.UNSATISFIED)
        walk.redo()
        if plan.state == State.HANDLING:
            return
        _answer(walk)
        walk.forward()
    _rate_and_close(walk, plan)


def _answer(walk: Walk) -> None:
    walk.contact()
    walk.consult(is_answered=True)
    walk.reply()


def _rate_and_close(walk: Walk, plan: Plan) -> None:
    random = walk.world.random
    content = random.choices([Rating.SATISFIED, Rating.BASIC], [4, 1])[0]
    if plan.is_unsatisfied:
        walk.rate(Evaluator.REPRESENTATIVE, content)
        walk.rate(Evaluator.PETITIONER, Rating.UNSATISFIED)
    elif plan.state == State.AWAIT_EVALUATION:
        if not walk.case.is_anonymous and random.random() < 0.3:
            walk.rate(Evaluator.PETITIONER, content)
    elif plan.is_lapsed:
        walk.rate(Evaluator.REPRESENTATIVE, content)
        walk.wait(16)
        walk.close(None)
    else:
        walk.rate(Evaluator.REPRESENTATIVE, content)
        if not walk.case.is_anonymous:
            walk.rate(Evaluator.PETITIONER, Rating.SATISFIED)
        walk.close(walk.world.county.county_office)


def _morning(walk: Walk) -> Any:
    row = walk.children[-1]
    return row.at + (timedelta(days=1) if isinstance(row, SuggestionTransition) else timedelta())


def _number(walks: Iterable[Walk]) -> None:
    """Numbers in the order of acceptance, gapless per year; the sequence rows say how far they went."""
    last: Counter[int] = Counter()
    county = None
    for walk in sorted((w for w in walks if w.case.accepted_on), key=lambda w: w.case.accepted_on):  # type: ignore[arg-type,return-value]
        case = walk.case
        assert case.accepted_on is not None
        county, year = case.county, case.accepted_on.year
        last[year] += 1
        case.year, case.sequence = year, last[year]
        case.number = number_words(county, year, last[year])
        for row in walk.children:
            if isinstance(row, SuggestionTransition) and row.verb == Verb.ACCEPT:
                row.detail = case.number
    NumberSequence.objects.bulk_create(
        NumberSequence(county=county, year=year, last=number) for year, number in last.items()
    )


def _save(walks: list[Walk]) -> None:
    """Visits, then cases (merged ones after the parent they point to), then everything that belongs to them."""
    Visit.objects.bulk_create([walk.visit for walk in walks], batch_size=CHUNK)
    merged = [walk.case for walk in walks if walk.case.state == State.MERGED]
    others = [walk.case for walk in walks if walk.case.state != State.MERGED]
    Suggestion.objects.bulk_create(others, batch_size=CHUNK)
    parents = [case for case in others if case.state == State.HANDLING]
    for place, case in enumerate(merged):
        case.parent = parents[place % len(parents)]
    Suggestion.objects.bulk_create(merged, batch_size=CHUNK)
    rows: dict[type[Any], list[Any]] = defaultdict(list)
    for walk in walks:
        for child in walk.children:
            rows[type(child)].append(child)
    for model, children in rows.items():
        model.objects.bulk_create(children, batch_size=CHUNK)


def _remind(cases: Iterable[Suggestion], today: date) -> None:
    """What the services would have scheduled for the cases that are open now."""
    for case in cases:
        if case.state in HANDLING_STATES:
            schedule_ladder(case, today)
        if case.state == State.ASSIGNED:
            tell_unit(case, f"新交办：{case.title}", "请签收后按期答复")
        if case.state == State.AWAIT_EVALUATION:
            tell_representative(case, f"请评价答复：{case.title}", "承办单位已经答复")
            tell_liaisons(case, f"请向群众转交答复并收回评价：{case.title}", "承办单位已经答复")
