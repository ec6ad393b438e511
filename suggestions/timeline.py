"""The timeline of a case: its steps, what moved its deadline, and what was merged into it, round by round."""

from dataclasses import dataclass
from datetime import datetime

from suggestions.enums import Capacity, State, Verb
from suggestions.explanation import change_words
from suggestions.families import family_of, name_of
from suggestions.models import DeadlineChange, Suggestion

ROUNDS = {1: "第 1 次办理", 2: "二次办理"}


@dataclass(frozen=True)
class TimelineStep:
    """One line: what was done, by whom, when, and what they said to it."""

    words: str
    who: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class TimelinePart:
    """The steps of one round; `label` is empty where the case has only one."""

    label: str
    steps: list[TimelineStep]


def timeline_of(case: Suggestion) -> list[TimelinePart]:
    """Everything that happened, in order; runs no query when the rows of the case are prefetched."""
    written = TimelineStep("登记", str(case.created_by), case.created_at)
    rounds: dict[int, list[TimelineStep]] = {1: [written]}
    has_rounds = case.round > 1 and case.state != State.MERGED
    for row in case.transitions.all():
        words = f"{row.get_verb_display()}{'：' + row.detail if row.detail else ''}"
        step = TimelineStep(words, row.actor_name, row.at, row.note)
        rounds.setdefault(row.round if has_rounds else 1, []).append(step)
    for change in case.deadline_changes.all():
        rounds.setdefault(_round_at(case, change.at) if has_rounds else 1, []).append(recomputed(change))
    for child in family_of(case)[1:]:
        for row in child.transitions.all():
            if row.verb == Verb.MERGE:
                step = TimelineStep(f"并入这件：{name_of(child)}", row.actor_name, row.at, row.note)
                rounds.setdefault(row.round if has_rounds else 1, []).append(step)
    return [
        TimelinePart(ROUNDS[number] if has_rounds else "", sorted(steps, key=lambda step: step.at))
        for number, steps in sorted(rounds.items())
    ]


def recomputed(change: DeadlineChange) -> TimelineStep:
    """A date that was worked out anew; without a person it was the system, as the calendar or the settings had it."""
    return TimelineStep("期限重算", str(change.actor or Capacity.SYSTEM.label), change.at, f"{change_words(change)}。")


def _round_at(case: Suggestion, at: datetime) -> int:
    """The round that was running at that moment: of the last step before it."""
    return max((row.round for row in case.transitions.all() if row.at <= at), default=1)
