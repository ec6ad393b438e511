"""The frame every verb runs in: begin (lock, version, table) and finish (fields, log row)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from suggestions.enums import HANDLING_STATES, Capacity, RequestState, State, Verb
from suggestions.models import Suggestion, SuggestionTransition
from suggestions.permissions import capacities
from suggestions.workflow import NotYoursError, StepError, Transition, WrongStateError, find

SYSTEM_NAME = "系统"
HANDED_IN = "贵单位的部分已经提交，等其他分办单位提交后一并审核。"


class GuardError(StepError):
    """The step is the user's to take, but something it needs is missing or wrong."""


class ConflictError(StepError):
    """Somebody else was faster; the sentence says who did what and when."""


@dataclass(frozen=True)
class Missing:
    """One thing a step still needs, with the name of the task page that records it."""

    text: str
    task: str


class MissingStepsError(GuardError):
    """A reply was refused: `missing` lists what to do first."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__("；".join(item.text for item in missing))
        self.missing = missing


@dataclass(frozen=True)
class Step:
    """A verb on its way: the locked case, the table's row, who acts and when (aware datetime)."""

    case: Suggestion
    transition: Transition
    held: frozenset[Capacity]
    actor: User | None
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def begin(suggestion: Suggestion, verb: Verb, actor: User | None, version: int | None) -> Step:
    """Lock the case and make sure the step is lawful; call it inside a transaction.

    `version` is the one the actor's page showed (None: the step depends on no page). Raises ConflictError when
    the case moved on since, WrongStateError or NotYoursError when the table has no row.
    """
    case = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if version is not None and version != case.version:
        raise ConflictError(who_was_faster(case))
    held = capacities(actor, case) if actor else frozenset({Capacity.SYSTEM})
    transition = find(verb, State(case.state), held)
    return Step(case, transition, held, actor, timezone.now())


def finish(step: Step, *, detail: str = "", note: str = "", **fields: Any) -> Suggestion:
    """Write the named fields (with what a number among them adds to the search), the new state and version, and the
    log row.

    What a unit asked for and nobody decided lapses when the case leaves handling.
    """
    case = step.case
    from_state = State(case.state)
    fields |= {"state": step.transition.leads_to(from_state), "version": case.version + 1}
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=[*fields, "search_text"])
    SuggestionTransition.objects.create(
        suggestion=case,
        verb=step.transition.verb,
        from_state=from_state,
        to_state=case.state,
        round=case.round,
        actor=step.actor,
        actor_name=str(step.actor) if step.actor else SYSTEM_NAME,
        detail=detail,
        note=note,
        at=step.now,
    )
    if from_state in HANDLING_STATES and case.state not in HANDLING_STATES:
        waiting = case.requests.filter(state=RequestState.WAITING)
        waiting.update(state=RequestState.LAPSED, decided_at=step.now)
    return case


def required(text: str, sentence: str) -> str:
    """`text` without surrounding space; raises GuardError with `sentence` when nothing is left."""
    if not text.strip():
        raise GuardError(sentence)
    return text.strip()


def who_was_faster(case: Suggestion) -> str:
    """What somebody whose page is too old is told: who did what, and when.

    A merged case goes into the second round with the case it was merged into: that step is its own, too.
    """
    own = Q(suggestion=case) | Q(suggestion=case.parent_id, verb=Verb.REDO)
    last = SuggestionTransition.objects.filter(own).order_by("-id").first()
    if last is None:
        return "这条建议刚被修改，请看过最新内容再办。"
    what = f"{last.get_verb_display()}{'：' + last.detail if last.detail else ''}"
    return f"{last.actor_name} {_ago(last.at)}已{what}。您填的内容还在，请看过最新情况再办。"


def _ago(at: datetime) -> str:
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    return f"{minutes} 分钟前" if minutes < 60 else f"{timezone.localtime(at):%m月%d日 %H:%M}"


__all__ = [
    "HANDED_IN",
    "ConflictError",
    "GuardError",
    "Missing",
    "MissingStepsError",
    "NotYoursError",
    "Step",
    "StepError",
    "WrongStateError",
    "begin",
    "finish",
    "required",
    "who_was_faster",
]
