"""停止执行职务, 资格终止, and back: the status of a representative and what follows from it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from representatives import leaving
from representatives.models import Representative, StatusChange
from representatives.permissions import can_change_status
from representatives.rules import status_problem
from representatives.services.errors import RegisterError
from representatives.services.history import sign


@transaction.atomic
def change_status(
    *, representative: Representative, to_status: str, on: date, reason: str, actor: User
) -> StatusChange:
    """Write the new status with its reason; who is not ACTIVE any more leaves all rosters from `on` at once.

    Reinstating gives no seat back. Raises RegisterError for a status that cannot follow, a day that has not come
    or lies before the last change, a missing reason, and another's delegation.
    """
    person = Representative.objects.select_for_update().get(pk=representative.pk)
    if not can_change_status(actor, person):
        raise RegisterError("只有本代表队办公室和党联办可以变更状态。")
    if problem := status_problem(person, to_status, on, timezone.localdate()):
        raise RegisterError(problem, "on" if "日期" in problem else "to_status")
    if not reason.strip():
        raise RegisterError("请写明原因", "reason")
    change = write_status(person, to_status, on, reason, actor)
    if not person.is_active:
        leaving.announce(person, on, f"status-{change.pk}")
    return change


def write_status(person: Representative, to_status: str, on: date, reason: str, actor: User) -> StatusChange:
    """The change as a row and on the record; the caller has locked `person` and asked the rules."""
    change = StatusChange.objects.create(
        representative=person,
        from_status=person.status,
        to_status=to_status,
        on=on,
        reason=reason[:200],
        actor=actor,
        at=timezone.now(),
    )
    person.status, person.status_on, person.status_reason = to_status, on, change.reason
    sign(person, actor)
    person.save(update_fields=["status", "status_on", "status_reason"])
    return change
