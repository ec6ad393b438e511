"""Who is told of a notice of supervision, of its answer and of its end. Rows only: the sweep sends them."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.enums import Role
from notifications.models import role_address, user_address
from notifications.services import ReminderDraft, schedule_reminders
from studios.clocks import words
from suggestions.enums import Level, SupervisionKind
from suggestions.models import Supervision
from suggestions.notifications import NEWS, NEWS_LIFE, subject_of


def tell_supervised(notice: Supervision, *, by_county: bool) -> None:
    """To the unit; of 督办 and 挂牌 also to its leader, and to the county office where a delegation issued it."""
    recipients = [role_address(Role.UNIT_HANDLER, notice.unit)]
    if notice.kind != SupervisionKind.URGED:
        recipients.append(role_address(Role.LEADER, notice.unit))
        if not by_county:
            recipients.append(role_address(Role.COUNTY_OFFICE, notice.suggestion.county))
    until = f"请在{words(notice.reply_due_on)}前回复：" if notice.reply_due_on else ""
    _write(notice, "", recipients, f"{notice.get_kind_display()}：{notice.suggestion.title}", f"{until}{notice.text}")


def tell_answered(notice: Supervision) -> None:
    """To whoever issued it, or to the office that assigned the case where the ladder did."""
    case = notice.suggestion
    office = (
        role_address(Role.COUNTY_OFFICE, case.county)
        if case.assigned_level == Level.COUNTY
        else role_address(Role.DELEGATION_OFFICE, case.delegation)
    )
    recipient = user_address(notice.issued_by) if notice.issued_by else office
    title = f"{notice.unit}已回复{notice.get_kind_display()}：{case.title}"
    _write(notice, "-answer", [recipient], title, notice.reply_text)


def tell_lifted(notice: Supervision) -> None:
    """To the unit."""
    recipients = [role_address(Role.UNIT_HANDLER, notice.unit)]
    _write(notice, "-lift", recipients, f"已摘牌：{notice.suggestion.title}", notice.lift_reason)


def _write(notice: Supervision, event: str, recipients: Iterable[str], title: str, body: str) -> None:
    now = timezone.now()
    schedule_reminders(
        ReminderDraft(
            kind=NEWS,
            subject=subject_of(notice.suggestion),
            occurrence=f"s{notice.pk}{event}",
            offset=0,
            recipient=recipient,
            title=title,
            body=body,
            url=notice.get_absolute_url(),
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for recipient in recipients
    )
