"""兑现: what was promised with a class B reply has come true (domain.md §6.1)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from notifications.services import cancel_reminders
from studios.clocks import words
from suggestions.answers import (
    Answer,
    answers_of_round,
    kept_days,
    open_promises,
    promise_of,
    promises_of,
    result_of,
)
from suggestions.endings import obstacle_to_fulfil
from suggestions.enums import ReplyStatus, ResultClass, Verb
from suggestions.messages import tell_fulfilled
from suggestions.models import Reply, Suggestion
from suggestions.notifications import subject_of
from suggestions.promises import PROMISE
from suggestions.services.steps import GuardError, Step, begin, finish, required


@transaction.atomic
def fulfil_promise(
    *, suggestion: Suggestion, actor: User, version: int | None, text: str, signer: str, kept_on: date
) -> Suggestion:
    """兑现承诺 of a closed case by the unit that promised: its answer is class A from then on, a further reply says so.

    The further reply is relayed at once because the case stays closed; the first one and its promise stay as they
    were. Of a shared case every unit keeps its own promise: the case is fulfilled, and class A where no part is C or
    D, when all of them are. Guard: a promise of the actor's unit stands, and it was kept on a day since the reply,
    not in the future.
    """
    step = begin(suggestion, Verb.FULFIL, actor, version)
    case = step.case
    if obstacle := obstacle_to_fulfil(case, actor.scope.where(Role.UNIT_HANDLER)):
        raise GuardError(obstacle)
    note = required(text, "请写明办成了什么。")
    if kept_on > step.today:
        raise GuardError(f"兑现日期不能晚于今天({step.today.month}月{step.today.day}日)。")
    promise = promises_to_keep(actor, case)[0]  # the obstacle says when there is none
    if kept_on < (replied_on := timezone.localdate(promise.reply.submitted_at)):
        raise GuardError(f"兑现日期不能早于答复日期({words(replied_on)})。")
    _reply_again(step, promise.reply, note, required(signer, "请填写签发人。"), kept_on)
    unit = f"{promise.unit.short_name}，" if promise.is_part else ""
    finish(step, detail=f"{unit}{words(kept_on)}兑现", note=note[:500], **_standing(case))
    if case.fulfilled_on:
        cancel_reminders(subject_of(case), kind=PROMISE, reason="承诺已兑现")
    tell_fulfilled(case, note)
    return case


def _reply_again(step: Step, promised: Reply, text: str, signer: str, kept_on: date) -> None:
    """The further reply: what is told of adoption and disclosure stays as it was."""
    assert step.actor is not None  # a unit keeps a promise, never the system
    Reply.objects.create(
        suggestion=step.case,
        assignment=promised.assignment,
        round=promised.round,
        status=ReplyStatus.FORWARDED,
        text=text,
        signer=signer,
        result_class=ResultClass.A,
        fulfils=promised,
        kept_on=kept_on,
        adoption=promised.adoption,
        adopted_where=promised.adopted_where,
        disclosure=promised.disclosure,
        disclosure_reason=promised.disclosure_reason,
        submitted_by=step.actor,
        submitted_at=step.now,
    )


def promises_to_keep(actor: User, case: Suggestion) -> list[Answer]:
    """What the actor's units promised and have not kept, the nearest first."""
    units = actor.scope.where(Role.UNIT_HANDLER)
    return [answer for answer in open_promises(case) if answer.assignment.unit_id in units]


def _standing(case: Suggestion) -> dict[str, Any]:
    """What the case says with this fulfilment: the promise that is watched next, or that all were kept, and when."""
    waiting = open_promises(case)
    found: dict[str, Any] = {"result_class": result_of(answer.reply for answer in answers_of_round(case))}
    if waiting:
        return found | {"promise_on": promise_of(answer.reply.promise_on for answer in waiting)}
    last = max(kept_days(case).values())
    latest = max(day for answer in promises_of(case) if (day := answer.reply.promise_on))
    return found | {"promise_on": latest, "fulfilled_on": last}
