"""The measures of domain.md §8 over cases: one predicate each, used by the figure and by the list behind it."""

from collections.abc import Callable
from datetime import date

from django.db.models import F, Q

from appointments.enums import AppointmentKind
from suggestions.enums import CONTENTED, DROPPED_STATES, Level
from suggestions.models import Evaluation
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet

CaseMeasure = Callable[[SuggestionQuerySet, date, date], SuggestionQuerySet]
Evaluations = CaseRowQuerySet[Evaluation]


def accepted(cases: SuggestionQuerySet, first: date, last: date) -> SuggestionQuerySet:
    """收集建议意见: accepted from `first` to `last`, neither withdrawn nor rejected."""
    return cases.accepted_between(first, last)


def closed(cases: SuggestionQuerySet, first: date, last: date) -> SuggestionQuerySet:
    """已办结: those of the accepted that are closed."""
    return accepted(cases, first, last).closed()


def collective_cases(cases: SuggestionQuerySet, first: date, last: date) -> SuggestionQuerySet:
    """集中约见收集: accepted cases brought back from collective days held from `first` to `last`."""
    kind = AppointmentKind.COLLECTIVE
    return cases.accepted().filter(appointment__kind=kind, appointment__held_on__range=(first, last))


def collective_county_cases(cases: SuggestionQuerySet, first: date, last: date) -> SuggestionQuerySet:
    """其中县交办: those of the above that the county office assigned."""
    return collective_cases(cases, first, last).filter(assigned_level=Level.COUNTY)


CASE_MEASURES: dict[str, tuple[str, CaseMeasure]] = {
    "accepted": ("收集建议意见", accepted),
    "closed": ("已办结", closed),
    "collective_cases": ("集中约见收集的建议", collective_cases),
    "collective_county_cases": ("集中约见收集、县交办的建议", collective_county_cases),
}


def evaluated(ratings: Evaluations, first: date, last: date) -> Evaluations:
    """有效评价: every rating of the final round of the accepted cases, and of those merged into them unnumbered."""
    own, merged = (_accepted_at(path, first, last) for path in ("suggestion", "suggestion__parent"))
    return ratings.filter(own | Q(suggestion__accepted_on=None) & merged, round=F("suggestion__round"))


def _accepted_at(path: str, first: date, last: date) -> Q:
    """What `accepted` asks, of the case at the end of `path`.

    A subquery would be read once a rating where there are too many cases to hash: 7 minutes for a million.
    """
    dropped = Q(**{f"{path}__state__in": DROPPED_STATES})
    return Q(**{f"{path}__accepted_on__range": (first, last)}) & ~dropped


def satisfied(ratings: Evaluations, first: date, last: date) -> Evaluations:
    """满意或基本满意: those of the above whose outcome is SATISFIED or BASIC."""
    return evaluated(ratings, first, last).filter(outcome__in=CONTENTED)


EVALUATION_MEASURES: dict[str, tuple[str, Callable[[Evaluations, date, date], Evaluations]]] = {
    "evaluated": ("有效评价", evaluated),
    "satisfied": ("满意和基本满意", satisfied),
}
