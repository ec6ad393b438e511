"""What the pages show of 并案: where a merged case went and what became of it, and who was merged into a case."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from suggestions.answers import Answer, relayed_answers
from suggestions.enums import Verb
from suggestions.families import family_of
from suggestions.models import Evaluation, Suggestion, SuggestionTransition
from suggestions.permissions import can_reveal
from suggestions.presentation import Clocks, ProgressStep, ShownCase, progress_of, show


@dataclass(frozen=True)
class MergedInto:
    """The case that is handled for this one: its state, the answer of every unit once it was relayed; `url` only where
    it may be opened."""

    shown: ShownCase
    progress: list[ProgressStep]
    answers: list[Answer]
    url: str


@dataclass(frozen=True)
class MergedCase:
    """A case that was merged into this one; `url` only where it may be opened, `reveal_url` only for those who may
    know its petitioners: the unit that handles the parent reaches them as it does its own."""

    case: Suggestion
    step: SuggestionTransition | None
    ratings: list[Evaluation]
    url: str
    reveal_url: str


def merged_into(case: Suggestion, user: User, today: date, clocks: Clocks) -> MergedInto | None:
    """Where `case` went; None for one that stands by itself (no query then, a few otherwise)."""
    if case.parent is None:
        return None
    parent = case.parent
    may_open = Suggestion.objects.visible_to(user).filter(pk=parent.pk).exists()
    url = parent.get_absolute_url() if may_open else ""
    return MergedInto(show(parent, today, clocks), progress_of(parent), relayed_answers(parent), url)


def merged_here(case: Suggestion, user: User) -> list[MergedCase]:
    """Those merged into `case`, in the order they came (no query for none, one otherwise)."""
    children = family_of(case)[1:]
    if not children:
        return []
    seen = set(Suggestion.objects.visible_to(user).filter(parent=case).values_list("pk", flat=True))
    return [
        MergedCase(
            child,
            next((step for step in child.transitions.all() if step.verb == Verb.MERGE), None),
            list(child.evaluations.all()),
            child.get_absolute_url() if child.pk in seen else "",
            reverse("suggestions:reveal", args=[child.pk]) if can_reveal(user, child) else "",
        )
        for child in children
    ]
