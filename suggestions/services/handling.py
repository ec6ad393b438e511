"""What the handling unit does: sign, the three steps, reply; and the representative's opinion (domain.md §6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from accounts.models import User
from studios.clocks import words
from suggestions.answers import adoption_of, promise_of, result_of
from suggestions.deadlines import is_on_time
from suggestions.duties import missing_parts
from suggestions.enums import (
    ANSWERING,
    Adoption,
    ContactMethod,
    ContactParty,
    Disclosure,
    Opinion,
    OpinionSource,
    ReplyStatus,
    ResultClass,
    State,
    Verb,
)
from suggestions.models import Assignment, Consultation, Contact, Reply, Suggestion
from suggestions.notifications import tell_office, tell_representative, tell_units
from suggestions.permissions import own_assignments
from suggestions.services.readiness import (
    consultation_of,
    missing_for_reply,
    obstacle_to_contact,
    obstacle_to_opinion,
    obstacle_to_reply,
    obstacle_to_sign,
    obstacle_to_steps,
    part_to_write,
)
from suggestions.services.steps import GuardError, MissingStepsError, Step, begin, finish, required
from suggestions.workflow import find


@dataclass(frozen=True)
class ReplyText:
    """The written reply of step ③. `adoption` left empty follows the result class."""

    text: str
    signer: str
    result_class: ResultClass
    disclosure: Disclosure
    adoption: Adoption | None = None
    adopted_where: str = ""
    disclosure_reason: str = ""
    promise_on: date | None = None


@transaction.atomic
def sign_suggestion(*, suggestion: Suggestion, actor: User, version: int | None) -> Suggestion:
    """签收 by an assigned unit, for itself. Handling begins with the lead, or with the first of the split units."""
    step = begin(suggestion, Verb.SIGN, actor, version)
    if obstacle := obstacle_to_sign(actor, step.case):
        raise GuardError(obstacle)
    own = [row for row in own_assignments(actor, step.case) if row.signed_at is None]
    Assignment.objects.filter(pk__in=[row.pk for row in own]).update(signed_at=step.now, signed_by=actor)
    is_joint = len(step.case.assignments_in_force) > 1
    return finish(step, detail="、".join(row.unit.short_name for row in own) if is_joint else "")


@transaction.atomic
def record_contact(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    reached: Mapping[ContactParty, ContactMethod],
    contacted_on: date,
    note: str = "",
) -> Suggestion:
    """Step ①: whom the unit `reached` and how, on a day since the assignment: a row for each, and one log row.

    Raises GuardError for nobody, for a way a party may not be reached (readiness.obstacle_to_contact), for a day
    before the assignment or in the future.
    """
    step = begin(suggestion, Verb.RECORD_CONTACT, actor, version)
    case = step.case
    _require_signed(actor, case)
    if not reached:
        raise GuardError("请选择联系了谁。")
    for party, method in reached.items():
        if obstacle := obstacle_to_contact(case, party, method):
            raise GuardError(obstacle)
    if contacted_on > step.today:
        raise GuardError(f"联系日期不能晚于今天({step.today.month}月{step.today.day}日)。")
    if case.assigned_on and contacted_on < case.assigned_on:
        raise GuardError(f"联系日期不能早于交办日期({words(case.assigned_on)})。")
    contacts = [
        Contact.objects.create(
            suggestion=case,
            round=case.round,
            party=party,
            method=method,
            contacted_on=contacted_on,
            note=note,
            recorded_by=actor,
            recorded_at=step.now,
        )
        for party, method in reached.items()
    ]
    return finish(step, detail="、".join(map(str, contacts)))


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
    _require_signed(actor, case)
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
    """The representative's own answer to step ②. Guard: asked and not answered yet; disagreement is explained."""
    step = begin(suggestion, Verb.GIVE_OPINION, actor, version)
    case = step.case
    _explain_disagreement(opinion, reason)
    if obstacle := obstacle_to_opinion(case):
        raise GuardError(obstacle)
    consultation = consultation_of(case)
    assert consultation is not None  # no obstacle without one
    consultation.opinion = opinion
    consultation.opinion_reason = reason
    consultation.opinion_source = OpinionSource.REPRESENTATIVE
    consultation.opinion_at = step.now
    consultation.save(update_fields=["opinion", "opinion_reason", "opinion_source", "opinion_at"])
    return finish(step, detail=Opinion(opinion).label, note=reason)


@transaction.atomic
def reply_suggestion(*, suggestion: Suggestion, actor: User, version: int | None, reply: ReplyText) -> Suggestion:
    """Step ③: submit the written reply; on time or late is judged now and frozen.

    A 分办 unit submits its part; with the last part the case is answered, and only then judged.
    Raises MissingStepsError naming every task still open, GuardError for an incomplete reply.
    """
    step = begin(suggestion, Verb.REPLY, actor, version)
    case = step.case
    if obstacle := obstacle_to_reply(actor, case):
        raise GuardError(obstacle)
    missing = missing_for_reply(case)
    if missing:
        raise MissingStepsError(missing)
    _check_reply(reply, step.today)
    own = part_to_write(actor, case)
    Reply.objects.create(
        suggestion=case,
        assignment=own,
        round=case.round,
        submitted_by=actor,
        submitted_at=step.now,
        **vars(reply) | {"adoption": reply.adoption or adoption_of(reply.result_class)},
    )
    if own and (waiting := missing_parts(case)):
        return _part_is_in(step, own, reply, waiting)
    assert case.due_on is not None  # the clock-complete constraint
    standing = case.replies.filter(round=case.round, status=ReplyStatus.SUBMITTED)
    result_class = result_of(standing)
    finish(
        step,
        detail=ResultClass(result_class).label,
        replied_on=step.today,
        was_on_time=is_on_time(step.today, case.due_on),
        result_class=result_class,
        promise_on=promise_of(row.promise_on for row in standing if row.result_class == ResultClass.B),
        next_deadline_at=None,
    )
    tell_office(case, f"答复待审核：{case.title}", "、".join(str(row.unit) for row in _answering(case)))
    return case


def _require_signed(actor: User, case: Suggestion) -> None:
    if obstacle := obstacle_to_steps(actor, case):
        raise GuardError(obstacle)


def _part_is_in(step: Step, own: Assignment, reply: ReplyText, waiting: list[Assignment]) -> Suggestion:
    """One 分办 unit is done, others are not: the case stays with them."""
    transition = find(Verb.REPLY_PART, State(step.case.state), step.held)
    detail = f"{own.unit.short_name}：{ResultClass(reply.result_class).label}"
    case = finish(replace(step, transition=transition), detail=detail)
    others = [row.unit for row in waiting]
    tell_units(case, others, f"{own.unit.short_name}已提交分办部分：{case.title}", "请提交本单位部分，交齐后一并审核")
    return case


def _answering(case: Suggestion) -> list[Assignment]:
    return [row for row in case.assignments_in_force if row.kind in ANSWERING]


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
    "record_contact",
    "reply_suggestion",
    "sign_suggestion",
]
