"""What a step that is not possible now still needs, and where that is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.templatetags.ui import ErrorLine
from suggestions.enums import Verb
from suggestions.models import Suggestion
from suggestions.obstacles import WORTH_SAYING
from suggestions.screens import SCREENS, act_url, lawful_verbs
from suggestions.services.readiness import missing_for_reply


@dataclass(frozen=True)
class BlockedStep:
    """A step of the user's that the case is not ready for: its name, why, and what to do first."""

    label: str
    sentence: str
    lines: list[ErrorLine]


def ways_on(user: User, case: Suggestion, now: datetime) -> list[ErrorLine]:
    """The steps `user` may take now instead, each with its address."""
    return [ErrorLine(SCREENS[verb].button, act_url(case, verb)) for verb in lawful_verbs(user, case, now)]


def steps_before_reply(case: Suggestion) -> list[ErrorLine]:
    """What the three steps of this clock, and the helpers, still lack, each with the page that says more."""
    return [ErrorLine(item.text, _task_url(case, item.task)) for item in missing_for_reply(case)]


def blocked_steps(case: Suggestion, found: Mapping[Verb, str]) -> list[BlockedStep]:
    """Of the steps in `found` (see `screens.standing`) those somebody may look for, and why they are not possible."""
    blocked = []
    for verb in WORTH_SAYING:
        sentence = found.get(verb, "")
        lines = steps_before_reply(case) if verb == Verb.REPLY and verb in found and not sentence else []
        if lines or sentence:
            blocked.append(BlockedStep(SCREENS[verb].button, sentence or "提交前还要先办：", lines))
    return blocked


def _task_url(case: Suggestion, task: str) -> str:
    """The page that records it; who has not countersigned stands beside the case."""
    if task == "countersign":
        return f"{case.get_absolute_url()}#units"
    return act_url(case, Verb.RECORD_CONTACT if task == "contact" else Verb.CONSULT)
