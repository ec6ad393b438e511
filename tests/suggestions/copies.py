"""Many cases with one and the same past, written in bulk."""

from copy import copy
from typing import Any

from django.db.models import Max

from suggestions.models import (
    Assignment,
    Consultation,
    Contact,
    Evaluation,
    NumberSequence,
    Petitioner,
    Reply,
    Suggestion,
    SuggestionTransition,
)
from suggestions.services.numbers import number_words

PAST = (Petitioner, SuggestionTransition, Assignment, Contact, Consultation, Reply, Evaluation)


def copies_of(case: Suggestion, number: int) -> list[Suggestion]:
    """`case` and further ones, `number` in all, that walked the same lawful way, each with a number of its own.

    A dozen queries for any number of them. Not for cases that somebody asked something about, or that are shared.
    """
    copies = [_new(case) for _ in range(number - 1)]
    if case.sequence is not None:
        _number(copies)
    Suggestion.objects.bulk_create(copies)
    for model in PAST:
        rows = list(model.objects.filter(suggestion=case).order_by("pk"))
        model.objects.bulk_create(_new(row, suggestion=each) for each in copies for row in rows)
    return [case, *copies]


def _new(row: Any, **changed: object) -> Any:
    """The same row once more, not yet saved."""
    fresh = copy(row)
    fresh._state = copy(row._state)
    fresh._state.adding, fresh._state.fields_cache = True, {}
    fresh.pk, fresh._prefetched_objects_cache = None, {}
    for name, value in changed.items():
        setattr(fresh, name, value)
    return fresh


def _number(copies: list[Suggestion]) -> None:
    sequences = NumberSequence.objects.filter(county=copies[0].county_id, year=copies[0].year)
    last = sequences.aggregate(last=Max("last"))["last"]
    for sequence, each in enumerate(copies, last + 1):
        assert each.year is not None
        each.sequence, each.number = sequence, number_words(each.county, each.year, sequence)
    sequences.update(last=last + len(copies))
