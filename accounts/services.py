"""The only writer of memberships, account status and the audit log."""

import hashlib
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from accounts.enums import AuditAction
from accounts.models import AuditEntry, Membership, Organization, User

GENESIS = "0" * 64


class SelfGrantError(Exception):
    """Nobody edits their own roles or status (domain.md §1)."""

    def __init__(self) -> None:
        super().__init__("不能修改自己的角色或状态，请由另一位系统管理员办理。")


def chain_hash(previous: str, entry: AuditEntry) -> str:
    """SHA-256 over the previous hash and every field of this entry, as hex."""
    fields = [
        previous,
        entry.at.astimezone(UTC).isoformat(),
        str(entry.actor_id),
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.detail,
        str(entry.county_id),
    ]
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()


@transaction.atomic
def record_audit(
    *,
    action: AuditAction,
    actor: User | None,
    actor_name: str = "",
    subject: str = "",
    detail: str = "",
    county: Organization | None = None,
) -> AuditEntry:
    """Append one audit entry, chained to the last one. Never put personal data in `detail`.

    The first entry serves as the lock: whoever waits for it reads the newest hash afterwards.
    """
    AuditEntry.objects.select_for_update().order_by("id").first()
    last = AuditEntry.objects.order_by("-id").values_list("hash", flat=True).first()
    entry = AuditEntry(
        at=timezone.now(),
        actor=actor,
        actor_name=actor_name or str(actor or ""),
        action=action,
        subject=subject[:120],
        detail=detail[:500],
        county=county,
        previous_hash=last or GENESIS,
    )
    entry.hash = chain_hash(entry.previous_hash, entry)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def grant_role(*, user: User, role: str, organization: Organization, actor: User) -> Membership:
    """Give `user` a role in an organisation and audit it. Raises SelfGrantError for one's own account."""
    if user.pk == actor.pk:
        raise SelfGrantError
    membership, _created = Membership.objects.get_or_create(
        user=user, role=role, organization=organization, defaults={"granted_by": actor}
    )
    record_audit(
        action=AuditAction.GRANT_ROLE,
        actor=actor,
        subject=user.username,
        detail=f"{membership.get_role_display()} @ {organization}",
        county=organization.county,
    )
    return membership


@transaction.atomic
def revoke_role(*, membership: Membership, actor: User) -> None:
    """Take a role away and audit it. Raises SelfGrantError for one's own account."""
    if membership.user_id == actor.pk:
        raise SelfGrantError
    record_audit(
        action=AuditAction.REVOKE_ROLE,
        actor=actor,
        subject=membership.user.username,
        detail=f"{membership.get_role_display()} @ {membership.organization}",
        county=membership.organization.county,
    )
    membership.delete()


@transaction.atomic
def set_user_active(*, user: User, is_active: bool, actor: User) -> None:
    """Enable or disable an account and audit it. Raises SelfGrantError for one's own account."""
    if user.pk == actor.pk:
        raise SelfGrantError
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record_audit(
        action=AuditAction.ENABLE_USER if is_active else AuditAction.DISABLE_USER,
        actor=actor,
        subject=user.username,
    )
