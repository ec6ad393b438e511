"""兑现: what was promised with a class B reply has come true (domain.md §6.1)."""

from datetime import date

from django.db import transaction

from accounts.models import User
from notifications.services import cancel_reminders
from studios.clocks import words
from suggestions.endings import obstacle_to_fulfil
from suggestions.enums import ReplyStatus, ResultClass, Verb
from suggestions.messages import tell_fulfilled
from suggestions.models import Reply, Suggestion
from suggestions.notifications import subject_of
from suggestions.promises import PROMISE
from suggestions.services.steps import GuardError, begin, finish, required


@transaction.atomic
def fulfil_promise(
    *, suggestion: Suggestion, actor: User, version: int | None, text: str, signer: str, kept_on: date
) -> Suggestion:
    """兑现承诺 of a closed class B case: from then on it is class A, and the reply says so.

    The unit replies again: a further row, relayed at once because the case stays closed. The first reply and its
    promise stay as they were. Guard: a promise stands, and it was kept on a day since the reply, not in the future.
    """
    step = begin(suggestion, Verb.FULFIL, actor, version)
    case = step.case
    if obstacle := obstacle_to_fulfil(case):
        raise GuardError(obstacle)
    note = required(text, "请写明办成了什么。")
    if kept_on > step.today:
        raise GuardError(f"兑现日期不能晚于今天({step.today.month}月{step.today.day}日)。")
    if case.replied_on and kept_on < case.replied_on:
        raise GuardError(f"兑现日期不能早于答复日期({words(case.replied_on)})。")
    promised = case.replies.filter(round=case.round, status=ReplyStatus.FORWARDED, result_class=ResultClass.B).latest(
        "pk"
    )
    Reply.objects.create(
        suggestion=case,
        round=case.round,
        status=ReplyStatus.FORWARDED,
        text=note,
        signer=required(signer, "请填写签发人。"),
        result_class=ResultClass.A,
        adoption=promised.adoption,
        adopted_where=promised.adopted_where,
        disclosure=promised.disclosure,
        disclosure_reason=promised.disclosure_reason,
        submitted_by=actor,
        submitted_at=step.now,
    )
    finish(step, detail=f"{words(kept_on)}兑现", note=note[:500], fulfilled_on=kept_on, result_class=ResultClass.A)
    cancel_reminders(subject_of(case), kind=PROMISE, reason="承诺已兑现")
    tell_fulfilled(case, note)
    return case
