"""What the handling unit does: sign, the three steps, reply; and the representative's opinion (domain.md §6.1)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from studios.clocks import words
from suggestions.enums import (
    Adoption,
    AssignmentStatus,
    ContactMethod,
    ContactParty,
    Disclosure,
    Opinion,
    OpinionSource,
    ResultClass,
    Verb,
)
from suggestions.models import Consultation, Contact, Reply, Suggestion
from suggestions.notifications import tell_office, tell_representative
from suggestions.services.steps import GuardError, Missing, MissingStepsError, begin, finish, required


@dataclass(frozen=True)
class ReplyText:
    """The written reply of step ③."""

    text: str
    signer: str
    result_class: ResultClass
    adoption: Adoption
    disclosure: Disclosure
    adopted_where: str = ""
    disclosure_reason: str = ""
    promise_on: date | None = None


@transaction.atomic
def sign_suggestion(*, suggestion: Suggestion, actor: User, version: int | None) -> Suggestion:
    """签收 by an assigned unit."""
    step = begin(suggestion, Verb.SIGN, actor, version)
    step.case.assignments.filter(status=AssignmentStatus.ACTIVE).update(signed_at=step.now, signed_by=actor)
    return finish(step)


@transaction.atomic
def record_contact(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    party: ContactParty,
    method: ContactMethod,
    contacted_on: date,
    note: str = "",
) -> Suggestion:
    """Step ①: the unit reached the representative or the petitioner on a day since the assignment.

    Raises GuardError for a day before the assignment or in the future.
    """
    step = begin(suggestion, Verb.RECORD_CONTACT, actor, version)
    case = step.case
    if contacted_on > step.today:
        raise GuardError(f"联系日期不能晚于今天({step.today.month}月{step.today.day}日)。")
    if case.assigned_on and contacted_on < case.assigned_on:
        raise GuardError(f"联系日期不能早于交办日期({words(case.assigned_on)})。")
    contact = Contact.objects.create(
        suggestion=case,
        round=case.round,
        party=party,
        method=method,
        contacted_on=contacted_on,
        note=note,
        recorded_by=actor,
        recorded_at=step.now,
    )
    return finish(step, detail=str(contact))


@transaction.atomic
def consult_representative(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    measures: str,
    opinion: str = "",
    opinion_reason: str = "",
) -> Suggestion:
    """Step ②: put down the measures and ask the representative; an opinion heard by phone may be noted at once.

    New measures ask anew: an opinion on earlier ones of this round no longer counts.
    """
    step = begin(suggestion, Verb.CONSULT, actor, version)
    case = step.case
    _explain_disagreement(opinion, opinion_reason)
    Consultation.objects.update_or_create(
        suggestion=case,
        round=case.round,
        defaults={
            "measures": required(measures, "请填写拟采取的措施。"),
            "asked_by": actor,
            "asked_at": step.now,
            "opinion": opinion,
            "opinion_reason": opinion_reason,
            "opinion_source": OpinionSource.UNIT if opinion else "",
            "opinion_at": step.now if opinion else None,
        },
    )
    finish(step, detail=f"代记：{Opinion(opinion).label}" if opinion else "")
    if not opinion:
        tell_representative(case, f"请答复征询：{case.title}", "承办单位拟好了措施，请您表示意见")
    return case


@transaction.atomic
def give_opinion(
    *, suggestion: Suggestion, actor: User, version: int | None, opinion: Opinion, reason: str = ""
) -> Suggestion:
    """The representative's own answer to step ②. Guard: they were asked; disagreement is explained."""
    step = begin(suggestion, Verb.GIVE_OPINION, actor, version)
    case = step.case
    _explain_disagreement(opinion, reason)
    consultation = case.consultations.filter(round=case.round).first()
    if consultation is None:
        raise GuardError("承办单位还没有征询您的意见。")
    consultation.opinion = opinion
    consultation.opinion_reason = reason
    consultation.opinion_source = OpinionSource.REPRESENTATIVE
    consultation.opinion_at = step.now
    consultation.save(update_fields=["opinion", "opinion_reason", "opinion_source", "opinion_at"])
    return finish(step, detail=Opinion(opinion).label, note=reason)


@transaction.atomic
def reply_suggestion(*, suggestion: Suggestion, actor: User, version: int | None, reply: ReplyText) -> Suggestion:
    """Step ③: submit the written reply; on time or late is judged now and frozen.

    Raises MissingStepsError naming every task still open, GuardError for an incomplete reply.
    """
    step = begin(suggestion, Verb.REPLY, actor, version)
    case = step.case
    missing = missing_for_reply(case)
    if missing:
        raise MissingStepsError(missing)
    _check_reply(reply, step.today)
    Reply.objects.create(suggestion=case, round=case.round, submitted_by=actor, submitted_at=step.now, **vars(reply))
    assert case.due_on is not None  # the clock-complete constraint
    finish(
        step,
        detail=ResultClass(reply.result_class).label,
        replied_on=step.today,
        was_on_time=step.today <= case.due_on,
        result_class=reply.result_class,
        promise_on=reply.promise_on if reply.result_class == ResultClass.B else None,
        next_deadline_at=None,
    )
    tell_office(case, f"答复待审核：{case.title}", str(case.unit))
    return case


def missing_for_reply(case: Suggestion) -> list[Missing]:
    """What the three steps of this round still lack, in order; empty when the reply may be submitted."""
    missing = []
    reached = {contact.party for contact in case.contacts.all() if contact.round == case.round}
    if ContactParty.REPRESENTATIVE not in reached:
        missing.append(Missing("尚未联系党代表", "contact"))
    if ContactParty.PETITIONER not in reached and not case.is_anonymous:
        missing.append(Missing("尚未联系反映群众", "contact"))
    consultation = next((row for row in case.consultations.all() if row.round == case.round), None)
    if consultation is None:
        missing.append(Missing("尚未填写措施、征询代表意见", "consult"))
    elif not consultation.opinion:
        missing.append(Missing("代表意见尚未记录", "consult"))
    return missing


def _explain_disagreement(opinion: str, reason: str) -> None:
    if opinion == Opinion.DISAGREE:
        required(reason, "不同意请写明理由。")


def _check_reply(reply: ReplyText, today: date) -> None:
    required(reply.text, "请填写答复内容。")
    required(reply.signer, "请填写签发人。")
    if reply.result_class == ResultClass.B and reply.promise_on is None:
        raise GuardError("选择 B 类结果，请填写承诺完成日期。")
    if reply.promise_on is not None and reply.promise_on <= today:
        raise GuardError("承诺完成日期要晚于今天。")
    if reply.disclosure == Disclosure.NONE:
        required(reply.disclosure_reason, "选择不公开，请写明理由。")


__all__ = [
    "ReplyText",
    "consult_representative",
    "give_opinion",
    "missing_for_reply",
    "record_contact",
    "reply_suggestion",
    "sign_suggestion",
]
