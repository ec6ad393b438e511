"""The only writer of the numbers a county rosters by."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.changes import columns_of, difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from appointments.models import DutyPolicy
from appointments.services.rosters.errors import RosterError
from studios.clocks import words

NUMBERS = ("gap_weeks", "publish_days", "swap_days", "reminder_days")


@transaction.atomic
def set_duty_policy(
    *,
    county: Organization,
    effective_from: date,
    gap_weeks: int,
    publish_days: int,
    swap_days: int,
    reminder_days: Sequence[int],
    actor: User,
) -> DutyPolicy:
    """Let these numbers count from `effective_from` on; what was in force before stays for the days before.

    A second write for the same day corrects the first. Raises RosterError for a day that is over.
    """
    if effective_from < timezone.localdate():
        raise RosterError("生效日期不能早于今天，已经过去的日子按原来的设置。")
    numbers = {"gap_weeks": gap_weeks, "publish_days": publish_days, "swap_days": swap_days}
    before = columns_of(DutyPolicy.objects.in_force(county, effective_from), NUMBERS)
    policy, _created = DutyPolicy.objects.update_or_create(
        county=county, effective_from=effective_from, defaults=numbers | {"reminder_days": list(reminder_days)}
    )
    differences = difference_words(before, columns_of(policy, NUMBERS)) or "和原来一样"
    detail = f"{words(effective_from)}起：{differences}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="值班设置", detail=detail, county=county)
    return policy
