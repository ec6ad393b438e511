"""What a step that is not possible now still needs, and where that is done."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.templatetags.ui import ErrorLine
from suggestions.enums import Verb
from suggestions.models import Suggestion
from suggestions.permissions import lawful_steps
from suggestions.screens import SCREENS, act_url, lawful_verbs, obstacle_to
from suggestions.services.handling import missing_for_reply

SHOWN_WHEN_BLOCKED = (Verb.REPLY, Verb.CLOSE, Verb.REDO, Verb.RULE, Verb.MERGE, Verb.REJECT, Verb.WITHDRAW)


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
    """What the three steps of this round still lack, each with the page that records it."""
    return [
        ErrorLine(item.text, act_url(case, Verb.RECORD_CONTACT if item.task == "contact" else Verb.CONSULT))
        for item in missing_for_reply(case)
    ]


def blocked_steps(user: User, case: Suggestion, now: datetime) -> list[BlockedStep]:
    """What the table would let `user` do, and why it is not possible yet."""
    held = {step.verb for step in lawful_steps(user, case)}
    found = []
    for verb in SHOWN_WHEN_BLOCKED:
        lines = steps_before_reply(case) if verb == Verb.REPLY and verb in held else []
        sentence = obstacle_to(verb, case, now) if verb in held else ""
        if lines or sentence:
            found.append(BlockedStep(SCREENS[verb].button, sentence or "提交前还要先办：", lines))
    return found
