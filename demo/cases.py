"""Every case of a county: planned, put in the order of the days, walked and written a few thousand at a time.

Rows bypass the services (a county in seconds); `manage.py check_integrity` holds them to the same rules.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any, NamedTuple

from django.db.models import Model

from appointments.enums import VisitOutcome
from appointments.models import Visit
from demo.endings import Heads, fulfil, rule
from demo.meetings import Meetings, Seat, visit_at
from demo.plans import Plan, plans
from demo.walk import Walk
from demo.world import World
from demo.writing import CHUNK, first_key, one_behind, uncollected, write
from suggestions.enums import Evaluator, Rating, RejectReason, State, Verb
from suggestions.models import Suggestion, SuggestionTransition
from suggestions.notifications import standing_reminders

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
    State.MERGED: (5, 8),
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


class Opening(NamedTuple):
    """Where a case begins: the keys it and its visit will have, what is to become of it, who heard of it."""

    case_key: int
    visit_key: int
    plan: Plan
    seat: Seat


def write_cases(
    world: World, meetings: Meetings, accepted: int, today: date, first: Seat | None, imported: int = 0
) -> None:
    """Write all cases of `world.county` but the `imported` ones, and what is still to be said about them.

    The studio and the person of `first` have one in each state.
    """
    drawn = _drawn(plans(accepted, world.random, imported), Seats(meetings, today, world.random), first)
    openings = _openings(drawn)
    merged, heads = [], Heads()
    with uncollected(), one_behind() as write_later:
        for start in range(0, len(openings), CHUNK):
            walks = [_walked(world, opening) for opening in openings[start : start + CHUNK]]
            heads.take(walks)
            merged += [walk for walk in walks if walk.case.state == State.MERGED]
            write_later(_rows(walk for walk in walks if walk.case.state != State.MERGED))
        for walk in merged:
            heads.take_in(walk)
        write_later(_rows(merged))
    write(world.sequences())
    write(standing_reminders(Suggestion.objects.filter(county=world.county.root), world.county.root, today))


def _rows(walks: Iterable[Walk]) -> list[Model]:
    return [row for walk in walks for row in (walk.visit, walk.case, *walk.children)]


def _drawn(planned: Iterable[Plan], seats: Seats, first: Seat | None) -> Iterator[tuple[Plan, Seat]]:
    seen: set[State] = set()
    for plan in planned:
        seat = seats.draw(*_age(plan))
        if first is not None and plan.state not in seen:
            seat = Seat(seat.appointment, first.studio, first.representative) if _may_lead(plan) else seat
            seat = first if plan.state in {State.DRAFT, State.SUBMITTED} else seat
        seen.add(plan.state)
        yield plan, seat


def _openings(drawn: Iterable[tuple[Plan, Seat]]) -> list[Opening]:
    """In the order of the days, so that keys and numbers ascend with them."""
    in_order = sorted(drawn, key=lambda pair: pair[1].appointment.held_on)
    keys = zip(count(first_key(Suggestion)), count(first_key(Visit)), in_order)
    return [Opening(case_key, visit_key, *pair) for case_key, visit_key, pair in keys]


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


def _walked(world: World, opening: Opening) -> Walk:
    """Walk as far as the plan says."""
    plan, seat = opening.plan, opening.seat
    visit = visit_at(seat, world.random, world.county, VisitOutcome.TO_SUGGESTION)
    visit.pk = opening.visit_key
    walk = Walk(opening.case_key, world, plan, seat, visit)
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
        walk.step(Verb.MERGE, State.MERGED, walk.office, _morning(walk), note="反映的是同一事项")
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
    elif plan.is_ruled:
        walk.rate(Evaluator.REPRESENTATIVE, Rating.UNSATISFIED)
        rule(walk)
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
    fulfil(walk)


def _morning(walk: Walk) -> Any:
    row = walk.children[-1]
    return row.at + (timedelta(days=1) if isinstance(row, SuggestionTransition) else timedelta())
