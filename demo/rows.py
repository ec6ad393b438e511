"""What a unit puts on record, as rows not yet saved."""

from datetime import date, datetime, timedelta

from accounts.models import User
from demo.meetings import at
from suggestions.enums import (
    Adoption,
    ContactMethod,
    ContactParty,
    Disclosure,
    EvaluationSource,
    Evaluator,
    Rating,
    ResultClass,
)
from suggestions.models import Contact, Evaluation, Reply, Suggestion

PROMISED = timedelta(days=60)


def contact_row(case: Suggestion, party: ContactParty, method: ContactMethod, actor: User, moment: datetime) -> Contact:
    """Step ① with one party."""
    return Contact(
        suggestion_id=case.pk,
        round=case.round,
        party=party,
        method=method,
        contacted_on=moment.date(),
        recorded_by_id=actor.pk,
        recorded_at=moment,
    )


def reply_row(case: Suggestion, result: ResultClass, text: str, actor: User, day: date) -> Reply:
    """Step ③; class B promises a day."""
    return Reply(
        suggestion_id=case.pk,
        round=case.round,
        text=text,
        signer=actor.name,
        result_class=result,
        promise_on=day + PROMISED if result == ResultClass.B else None,
        adoption=Adoption.ADOPTED if result in {ResultClass.A, ResultClass.B} else Adoption.PARTLY,
        disclosure=Disclosure.FULL,
        submitted_by_id=actor.pk,
        submitted_at=at(day, 16),
    )


def rating_row(case: Suggestion, evaluator: Evaluator, outcome: Rating, actor: User, moment: datetime) -> Evaluation:
    """One rating; only the representative's own is entered online."""
    is_own = evaluator == Evaluator.REPRESENTATIVE
    return Evaluation(
        suggestion_id=case.pk,
        round=case.round,
        evaluator=evaluator,
        attitude=Rating.SATISFIED,
        outcome=outcome,
        reason="还没有解决到位" if outcome == Rating.UNSATISFIED else "",
        source=EvaluationSource.ONLINE if is_own else EvaluationSource.PAPER,
        entered_by_id=actor.pk,
        entered_at=moment,
    )
