"""What the pages show of 并案: where a merged case went and what became of it, and who was merged into a case."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from suggestions.enums import ReplyStatus, Verb
from suggestions.families import family_of
from suggestions.models import Evaluation, Reply, Suggestion, SuggestionTransition
from suggestions.presentation import Clocks, ProgressStep, ShownCase, progress_of, show


@dataclass(frozen=True)
class MergedInto:
    """The case that is handled for this one: its state, the reply once it was relayed; `url` only where it may be
    opened."""

    shown: ShownCase
    progress: list[ProgressStep]
    reply: Reply | None
    url: str


@dataclass(frozen=True)
class MergedCase:
    """A case that was merged into this one; `url` only where it may be opened."""

    case: Suggestion
    step: SuggestionTransition | None
    ratings: list[Evaluation]
    url: str


def merged_into(case: Suggestion, user: User, today: date, clocks: Clocks) -> MergedInto | None:
    """Where `case` went; None for one that stands by itself (no query then, two otherwise)."""
    if case.parent is None:
        return None
    parent = case.parent
    relayed = Reply.objects.filter(suggestion=parent, status=ReplyStatus.FORWARDED).order_by("pk").last()
    may_open = Suggestion.objects.visible_to(user).filter(pk=parent.pk).exists()
    url = parent.get_absolute_url() if may_open else ""
    return MergedInto(show(parent, today, clocks), progress_of(parent), relayed, url)


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
        )
        for child in children
    ]
