"""The three steps of handling taken at once: what a unit puts down on one page is written whole or not at all."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from suggestions.models import Suggestion
from suggestions.services.handling import ReplyText, consult_representative, record_contact, reply_suggestion
from suggestions.services.steps import GuardError


@dataclass(frozen=True)
class Handled:
    """What was filled in of the three steps, None for what was not: the arguments of the first two, the reply."""

    contact: dict[str, Any] | None = None
    consultation: dict[str, Any] | None = None
    reply: ReplyText | None = None


@transaction.atomic
def handle_suggestion(*, suggestion: Suggestion, actor: User, version: int | None, handled: Handled) -> Suggestion:
    """Take the steps that were filled in, in their order, each with its own guard and its own log row.

    Only the first is compared with the page's `version`: the case stays locked until the last. Raises GuardError when
    nothing was filled in, and whatever a step raises; then none of them is written.
    """
    steps: list[tuple[Any, dict[str, Any] | None]] = [
        (record_contact, handled.contact),
        (consult_representative, handled.consultation),
        (reply_suggestion, {"reply": handled.reply} if handled.reply else None),
    ]
    taken = [(step, given) for step, given in steps if given is not None]
    if not taken:
        raise GuardError("三步都还没有填写，请先填写要登记的一步。")
    for step, given in taken:
        suggestion, version = step(suggestion=suggestion, actor=actor, version=version, **given), None
    return suggestion
