"""The only writer of 催办, 督办 and 挂牌: by hand, by the ladder, answered, lifted (domain.md §6.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from notifications.models import Reminder
from notifications.readings import once
from studios.services import load_calendar
from suggestions.deadlines import stage_kind
from suggestions.enums import DROPPED_STATES, Capacity, State, SupervisionKind
from suggestions.models import DeadlinePolicy, Suggestion, Supervision
from suggestions.permissions import capacities
from suggestions.permissions_office import can_answer, can_lift, can_supervise
from suggestions.services.steps import GuardError, NotYoursError, required
from suggestions.supervising import obstacle_to_supervise, proposed_day, standard_text, wrong_day
from suggestions.supervision_news import tell_answered, tell_lifted, tell_supervised

RELATED = ("suggestion__county", "suggestion__delegation", "unit", "issued_by")


@dataclass(frozen=True)
class Notice:
    """What the office wants of which unit, and by when it wants to hear of it."""

    kind: SupervisionKind
    unit: Organization
    text: str
    reply_due_on: date


@transaction.atomic
def supervise_suggestion(*, suggestion: Suggestion, actor: User, notice: Notice) -> Supervision:
    """Send a notice and tell those concerned.

    Raises NotYoursError for somebody who does not supervise the case, GuardError where it is not handled, for another
    unit, for a day that will not do, and for a second notice of the kind while the first is not answered.
    """
    case = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    now = timezone.now()
    if not can_supervise(actor, case, notice.kind):
        raise NotYoursError("催办督办由党联办和交办的代表队发出，挂牌督办由党联办发出。")
    refusal = obstacle_to_supervise(case, notice.kind) or wrong_day(
        notice.reply_due_on, timezone.localdate(now), load_calendar()
    )
    if refusal:
        raise GuardError(refusal)
    if notice.unit.pk not in {row.unit_id for row in case.assignments_in_force}:
        raise GuardError("这个单位没有承办这件建议，请重新选择。")
    _refuse_second(case, notice)
    sent = Supervision.objects.create(
        suggestion=case,
        kind=notice.kind,
        unit=notice.unit,
        text=required(notice.text, "请写明要求。"),
        issued_by=actor,
        issued_at=now,
        reply_due_on=notice.reply_due_on,
    )
    tell_supervised(sent, by_county=Capacity.COUNTY_OFFICE in capacities(actor, case))
    return sent


@transaction.atomic
def answer_supervision(*, supervision: Supervision, actor: User, text: str) -> Supervision:
    """The unit's answer, once. Raises NotYoursError for another unit, GuardError where none is owed or it is empty."""
    notice = _locked(supervision)
    if not can_answer(actor, notice):
        raise NotYoursError("由收到通知的承办单位回复。")
    if notice.replied_at is not None:
        raise GuardError(f"{notice.replied_by}已经回复过了。")
    if not notice.is_owed:
        raise GuardError("这份通知不再需要回复。")
    notice.reply_text = required(text, "请填写回复内容。")
    notice.replied_by, notice.replied_at = actor, timezone.now()
    notice.save(update_fields=["reply_text", "replied_by", "replied_at"])
    tell_answered(notice)
    return notice


@transaction.atomic
def lift_listing(*, supervision: Supervision, actor: User, reason: str) -> Supervision:
    """摘牌, with the reason. Raises NotYoursError for others than the county office, GuardError before the answer."""
    notice = _locked(supervision)
    if not can_lift(actor, notice):
        raise NotYoursError("摘牌由党联办办理。")
    if refusal := obstacle_to_lift(notice):
        raise GuardError(refusal)
    notice.lift_reason = required(reason, "请写明摘牌的理由。")
    notice.lifted_by, notice.lifted_at = actor, timezone.now()
    notice.save(update_fields=["lift_reason", "lifted_by", "lifted_at"])
    tell_lifted(notice)
    return notice


def obstacle_to_lift(notice: Supervision) -> str:
    """Why the listing stands; "" if it may be lifted: it was answered, or the unit no longer has the case."""
    if notice.kind != SupervisionKind.LISTED:
        return "只有挂牌督办可以摘牌。"
    if notice.lifted_at is not None:
        return "已经摘牌了。"
    case = notice.suggestion
    has_case = notice.unit_id in {row.unit_id for row in case.assignments_in_force}
    if notice.replied_at is None and has_case and case.state not in DROPPED_STATES | {State.MERGED}:
        return "承办单位还没有回复挂牌督办，回复后才能摘牌。"
    return ""


def note_stage(reminder: Reminder, now: datetime) -> None:
    """Put on record that the ladder has sent 催办, 督办 or 挂牌, once for all its recipients.

    The occurrence names case, assignment, round and due date; the unique constraint makes it exist once, and leaves a
    case that is listed already as it is.
    """
    if reminder.offset <= 0:
        return
    cases = Suggestion.objects.select_related("unit", "county").prefetch_related("assignments__unit")
    case = cases.get(pk=reminder.subject_key)
    assert case.unit and case.assigned_on  # the check before sending has seen its clock run
    rules = DeadlinePolicy.objects.in_force(case.county, case.assigned_on).rules
    kind = stage_kind(reminder.offset, rules)
    assert kind is not None  # the due date is over
    today = timezone.localdate(now)
    notice = Supervision(
        suggestion=case,
        kind=kind,
        unit=_addressee(reminder, case) or case.unit,
        text=standard_text(kind, case),
        issued_at=now,
        reply_due_on=None if kind == SupervisionKind.URGED else proposed_day(kind, rules, today, once(load_calendar)),
        occurrence=f"{reminder.occurrence}+{reminder.offset}",
    )
    Supervision.objects.bulk_create([notice], ignore_conflicts=True)


def _addressee(reminder: Reminder, case: Suggestion) -> Organization | None:
    """The unit the reminder went to, where it went to one that handles the case."""
    key = reminder.recipient.partition(":")[2]
    return next((row.unit for row in case.assignments_in_force if str(row.unit_id) == key), None)


def _locked(supervision: Supervision) -> Supervision:
    rows = Supervision.objects.select_for_update(of=("self",)).select_related(*RELATED)
    return rows.get(pk=supervision.pk)


def _refuse_second(case: Suggestion, notice: Notice) -> None:
    earlier = case.supervisions.filter(kind=notice.kind, unit=notice.unit)
    if notice.kind == SupervisionKind.LISTED:
        if case.supervisions.listed().exists():
            raise GuardError("这件建议已经挂牌督办，摘牌以前不用再挂。")
    elif earlier.filter(occurrence="").unanswered().exists():
        raise GuardError(f"上一份{notice.kind.label}还没有回复，请等{notice.unit}回复，或改用另一种方式。")
