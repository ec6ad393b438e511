"""The measures of domain.md §8 over cases, ratings and assignments, for the figure and for the list behind it.

Cases are counted by the day they were accepted, in their present round; what is dated after `as_of` has not happened
(docs/decisions/0004 and 0016).
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, TextChoices
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncMonth

from appointments.enums import AppointmentKind
from studios.measures import Measure, Source, Span
from suggestions.enums import (
    CONTENTED,
    HANDLING_STATES,
    Adoption,
    AssignmentStatus,
    ContactMethod,
    Evaluator,
    Level,
    ReplyStatus,
    RequestKind,
    RequestState,
    ResultClass,
    State,
)
from suggestions.models import Contact, Evaluation, Reply, UnitRequest
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet, is_accepted, is_overdue

Evaluations = CaseRowQuerySet[Evaluation]
Condition = Callable[[Span], Q]


class WholeDays(DurationField):  # type: ignore[type-arg]  # Django itself takes none
    """A number of days, as an address names it: 12."""

    def to_python(self, value: Any) -> timedelta | None:
        return value if value is None or isinstance(value, timedelta) else timedelta(int(value))

    def get_prep_value(self, value: Any) -> timedelta | None:
        return self.to_python(value)


DAYS_HANDLED = ExpressionWrapper(F("replied_on") - F("assigned_on"), WholeDays())
# owner: the delegation a unit belongs to, else its county
DIMENSIONS: dict[str, Combinable] = {
    "county": F("county_id"),
    "delegation": F("delegation_id"),
    "unit": F("unit_id"),
    "owner": Coalesce("unit__delegation_id", "unit__county_id"),
    "studio": F("studio_id"),
    "studio_kind": F("studio__kind"),
    "category": F("category"),
    "kind": F("appointment__kind"),
    "representative": F("representative_id"),
    "month": TruncMonth("accepted_on"),
    "days": DAYS_HANDLED,
}
RATING_DIMENSIONS: dict[str, Combinable] = {
    "county": F("suggestion__county_id"),
    "delegation": F("suggestion__delegation_id"),
    "unit": Coalesce("suggestion__unit_id", "suggestion__parent__unit_id"),
    "owner": Coalesce(
        *("suggestion__unit__delegation_id", "suggestion__unit__county_id"),
        *("suggestion__parent__unit__delegation_id", "suggestion__parent__unit__county_id"),
    ),
    "studio": F("suggestion__studio_id"),
    "studio_kind": F("suggestion__studio__kind"),
    "category": F("suggestion__category"),
    "kind": F("suggestion__appointment__kind"),
    "representative": F("suggestion__representative_id"),
    "month": TruncMonth(Coalesce("suggestion__accepted_on", "suggestion__parent__accepted_on")),
}
AS_PROMISED = Q(result_class=ResultClass.B) | Q(result_class=ResultClass.A, fulfilled_on__isnull=False)
"""Answered in class B, also where the promise has come true and the class is A since."""


def _cohort(cases: SuggestionQuerySet, span: Span) -> SuggestionQuerySet:
    """Accepted in the span, and neither withdrawn nor rejected since."""
    return cases.accepted_between(*span.days)


def accepted_at(path: str, **days: object) -> Q:
    """What `_cohort` asks, of the case at the end of `path`.

    A subquery would be read once a rating where there are too many cases to hash: 7 minutes for a million.
    """
    return Q(**{f"{path}__{name}": value for name, value in days.items()}) & is_accepted(f"{path}__")


def _collected(cases: SuggestionQuerySet, span: Span) -> SuggestionQuerySet:
    """Accepted cases brought back from collective days held in the span."""
    days = span.days
    return cases.accepted().filter(
        appointment__kind=AppointmentKind.COLLECTIVE, appointment__held_on__range=days, accepted_on__lte=span.as_of
    )


def _replied(span: Span) -> Q:
    """The present round was answered by `as_of`; a reply sent back is none."""
    return Q(replied_on__lte=span.as_of)


def _running(span: Span) -> Q:
    """The clock of the present round ran on `as_of`: it was assigned, and answered later if at all."""
    return Q(assigned_on__lte=span.as_of) & (Q(state__in=HANDLING_STATES) | Q(replied_on__gt=span.as_of))


def _overdue(span: Span) -> Q:
    """`is_overdue` on `as_of`, and what was late then and has been answered since."""
    answered_since = Q(replied_on__gt=span.as_of, due_on__lt=span.as_of)
    return Q(assigned_on__lte=span.as_of) & (is_overdue(span.as_of) | answered_since)


def _overdue_by_original(span: Span) -> Q:
    return _running(span) & Q(original_due_on__lt=span.as_of)


def _late(span: Span) -> Q:
    """逾期, the complement of on time: answered after the due date by the verdict frozen then, or open past it."""
    return (_replied(span) & Q(was_on_time=False)) | _overdue(span)


def _of_replied(condition: Q) -> Condition:
    return lambda span: _replied(span) & condition


def _reached(**how: str) -> Q:
    """The unit reached somebody in the present round."""
    return Q(Exists(Contact.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"), **how)))


def _rated(span: Span, **which: object) -> Q:
    ratings = Evaluation.objects.filter(suggestion=OuterRef("pk"), entered_at__date__lte=span.as_of, **which)
    return Q(Exists(ratings))


def _promise_due(span: Span) -> Q:
    return _replied(span) & Q(promise_on__lte=span.as_of)


def granted(kind: RequestKind, span: Span, **which: object) -> Q:
    """The assigner had agreed by `as_of` to what a unit asked for."""
    agreed = Q(kind=kind, state=RequestState.APPROVED, decided_at__date__lte=span.as_of)
    return Q(Exists(UnitRequest.objects.filter(agreed, **which)))


def _extended(span: Span) -> Q:
    """More time was granted to who has it now; a due date moved by a new calendar is no extension."""
    holder = {"suggestion": OuterRef("pk"), "assignment__status": AssignmentStatus.ACTIVE}
    return granted(RequestKind.EXTENSION, span, **holder)


def _on_time(span: Span) -> Q:
    return _replied(span) & Q(was_on_time=True)


BY_ORIGINAL = Q(replied_on__lte=F("original_due_on"))
ADOPTED = Q(
    Exists(
        Reply.objects.filter(
            suggestion=OuterRef("pk"), round=OuterRef("round"), adoption__in=[Adoption.ADOPTED, Adoption.PARTLY]
        ).exclude(status=ReplyStatus.RETURNED)
    )
)

CASES = Source(
    _cohort,
    {
        "accepted": Measure("收集建议意见", "件"),
        "closed": Measure("已办结", "件", lambda span: Q(state=State.CLOSED, closed_on__lte=span.as_of)),
        "assigned": Measure("已交办", "件", lambda span: Q(first_assigned_on__lte=span.as_of)),
        "replied": Measure("已答复", "件", _replied),
        "on_time": Measure("按时答复", "件", _on_time),
        "on_time_unextended": Measure("按期答复", "件", lambda span: _on_time(span) & ~_extended(span)),
        "on_time_extended": Measure("延期后按时答复", "件", lambda span: _on_time(span) & _extended(span)),
        "on_time_by_original": Measure("按原定期限答复", "件", _of_replied(BY_ORIGINAL)),
        "judged": Measure("已答复和逾期未答复", "件", lambda span: _replied(span) | _overdue(span)),
        "judged_by_original": Measure(
            "已答复和超过原定期限未答复", "件", lambda span: _replied(span) | _overdue_by_original(span)
        ),
        "late": Measure("逾期", "件", _late),
        "overdue": Measure("逾期未答复", "件", _overdue),
        "extended": Measure("延期", "件", _extended),
        "met": Measure("见面沟通", "件", _of_replied(_reached(method=ContactMethod.FACE_TO_FACE))),
        "contacted": Measure("已沟通", "件", _of_replied(_reached())),
        "answered_a": Measure("A 已解决", "件", _of_replied(Q(result_class=ResultClass.A) & ~AS_PROMISED)),
        "answered_b": Measure("B 正在解决或已列入计划", "件", _of_replied(AS_PROMISED)),
        "answered_c": Measure("C 暂不具备条件", "件", _of_replied(Q(result_class=ResultClass.C))),
        "answered_d": Measure("D 留作参考", "件", _of_replied(Q(result_class=ResultClass.D))),
        "resolved_by_now": Measure(
            "已解决（含兑现）",
            "件",
            lambda span: (
                _replied(span) & Q(result_class=ResultClass.A) & (~AS_PROMISED | Q(fulfilled_on__lte=span.as_of))
            ),
        ),
        "promise_due": Measure("承诺到期", "件", _promise_due),
        "promise_kept": Measure(
            "按期兑现", "件", lambda span: _promise_due(span) & Q(fulfilled_on__lte=F("promise_on"))
        ),
        "adopted": Measure("采纳和部分采纳", "件", _of_replied(ADOPTED)),
        "forwarded": Measure("已转交", "件", lambda span: Q(forwarded_on__lte=span.as_of)),
        "returned_ratings": Measure(
            "已评价", "件", lambda span: Q(forwarded_on__lte=span.as_of) & _rated(span, round=OuterRef("round"))
        ),
        "evaluated_cases": Measure("评价过", "件", _rated),
        "redone": Measure("重办", "件", lambda span: Q(round__gte=2) & _rated(span)),
        "handling_days": Measure("办理天数", "天", _replied, of=DAYS_HANDLED),
    },
    DIMENSIONS,
)

COLLECTIVE_CASES = Source(
    _collected,
    {
        "collective_cases": Measure("集中约见收集的建议", "件"),
        "collective_county_cases": Measure("集中约见收集、县交办的建议", "件", Q(assigned_level=Level.COUNTY)),
    },
    DIMENSIONS,
)
CASE_SOURCES = (CASES, COLLECTIVE_CASES)


class Round(TextChoices):
    FINAL = "final", "最后一轮"
    FIRST = "first", "第一轮"


class Aspect(TextChoices):
    OUTCOME = "outcome", "办理结果"
    ATTITUDE = "attitude", "办理态度"


class Said(TextChoices):
    """What a rating said; EVALUATED: anything."""

    EVALUATED = "evaluated", "有效评价"
    CONTENTED = "contented", "满意和基本满意"
    SATISFIED = "satisfied", "满意"
    BASIC = "basic", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"


def rating_key(
    said: Said, *, of: Evaluator | None = None, aspect: Aspect = Aspect.OUTCOME, in_round: Round = Round.FINAL
) -> str:
    """The key of the measure that counts such ratings, of one evaluator or of both."""
    return "_".join((said, aspect, of.lower() if of else "all", in_round))


def _rating_measures() -> dict[str, Measure]:
    combinations = product(Said, Aspect, (None, *Evaluator), Round)
    return {
        rating_key(said, of=of, aspect=aspect, in_round=in_round): _rating_measure(said, of, aspect, in_round)
        for said, aspect, of, in_round in combinations
    }


def _rating_measure(said: Said, of: Evaluator | None, aspect: Aspect, in_round: Round) -> Measure:
    condition = Q(round=F("suggestion__round")) if in_round == Round.FINAL else Q(round=1)
    condition &= Q(evaluator=of) if of else Q()
    if said == Said.CONTENTED:
        condition &= Q(**{f"{aspect}__in": CONTENTED})
    elif said != Said.EVALUATED:
        condition &= Q(**{aspect: said.name})
    words = (in_round.label, of.label if of else "", aspect.label if said != Said.EVALUATED else "", said.label)
    return Measure("·".join(filter(None, words)), "份", condition)


def _ratings(ratings: Evaluations, span: Span) -> Evaluations:
    """Ratings of the cases accepted in the span, and of those merged into them without a number of their own."""
    own, merged = (accepted_at(path, accepted_on__range=span.days) for path in ("suggestion", "suggestion__parent"))
    unnumbered = Q(suggestion__accepted_on=None)
    found = ratings.filter(own | unnumbered & merged, entered_at__date__lte=span.as_of)
    return found.filter(Q(suggestion__accepted_on__range=span.days) | unnumbered)  # nothing new: the index serves it


RATINGS = Source(_ratings, _rating_measures(), RATING_DIMENSIONS)
