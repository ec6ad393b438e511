"""The only writer of memberships, account status and the audit log."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from accounts.enums import ROLE_HOMES, AuditAction, OrganizationKind, Role
from accounts.models import AuditEntry, Membership, Organization, User

GENESIS = "0" * 64


class AccountError(Exception):
    """A change of accounts that is refused; the message is a sentence for the administrator."""


class SelfGrantError(AccountError):
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


def home_county(user: User | None) -> Organization | None:
    """The county whose auditor reads what `user` did: that of the first role, None where there is none."""
    if user is None:
        return None
    first = user.memberships.select_related("organization__county").order_by("id").first()
    return first.organization.county if first else None


@dataclass(frozen=True)
class Deed:
    """What an audit entry tells: never personal data in `detail`."""

    action: AuditAction
    subject: str = ""
    detail: str = ""


def record_audit(
    *,
    action: AuditAction,
    actor: User | None,
    actor_name: str = "",
    subject: str = "",
    detail: str = "",
    county: Organization | None = None,
) -> AuditEntry:
    """Append one audit entry, chained to the last one. Never put personal data in `detail`."""
    deed = Deed(action, subject, detail)
    return record_deeds(deeds=[deed], actor=actor, actor_name=actor_name, county=county)[0]


@transaction.atomic
def record_deeds(
    *, deeds: Iterable[Deed], actor: User | None, actor_name: str = "", county: Organization | None = None
) -> list[AuditEntry]:
    """Append one audit entry for each deed, in that order, each chained to the one before.

    The first entry of the log serves as the lock: whoever waits for it reads the newest hash afterwards.
    """
    AuditEntry.objects.select_for_update().order_by("id").first()
    previous = AuditEntry.objects.order_by("-id").values_list("hash", flat=True).first() or GENESIS
    entries = []
    for deed in deeds:
        entry = AuditEntry(
            at=timezone.now(),
            actor=actor,
            actor_name=actor_name or str(actor or ""),
            action=deed.action,
            subject=deed.subject[:120],
            detail=deed.detail[:500],
            county=county,
            previous_hash=previous,
        )
        previous = entry.hash = chain_hash(previous, entry)
        entries.append(entry)
    return AuditEntry.objects.bulk_create(entries, batch_size=1000)


def choose_shortcuts(*, user: User, wanted: bool) -> User:
    """Switch the single-key shortcuts of `user`'s own pages on or off (WCAG 2.1.4)."""
    user.uses_shortcuts = wanted
    user.save(update_fields=["uses_shortcuts"])
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, organization: Organization, actor: User) -> Membership:
    """Give `user` a role in an organisation and audit it.

    Raises SelfGrantError for one's own account, AccountError where the role is not held in that kind of organisation.
    """
    if user.pk == actor.pk:
        raise SelfGrantError
    if organization.kind not in ROLE_HOMES[Role(role)]:
        kinds = "、".join(sorted(OrganizationKind(kind).label for kind in ROLE_HOMES[Role(role)]))
        raise AccountError(f"“{Role(role).label}”只能在{kinds}担任，请重新选择组织。")
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
def change_roles(*, wanted: Mapping[User, set[tuple[str, int]]], county: Organization, actor: User) -> None:
    """Give each user exactly the `wanted` (role, organisation id) in `county`, and audit what that changes.

    The caller has checked the kinds of organisation. Raises SelfGrantError where the actor's own roles would change.
    """
    held: dict[tuple[int, str, int], Membership] = {
        (row.user_id, row.role, row.organization_id): row
        for row in Membership.objects.filter(user__in=wanted, organization__county=county)
    }
    asked = {(user.pk, role, place) for user, pairs in wanted.items() for role, place in pairs}
    if any(user_id == actor.pk for user_id, _role, _place in asked ^ held.keys()):
        raise SelfGrantError
    Membership.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in asked]).delete()
    Membership.objects.bulk_create(
        Membership(user_id=user_id, role=role, organization_id=place, granted_by=actor)
        for user_id, role, place in sorted(asked - held.keys())
    )
    names = {user.pk: user.username for user in wanted}
    places = dict(Organization.objects.filter(county=county).values_list("pk", "name"))
    record_deeds(
        deeds=[
            Deed(
                AuditAction.GRANT_ROLE if key in asked else AuditAction.REVOKE_ROLE,
                names[key[0]],
                f"{Role(key[1]).label} @ {places[key[2]]}",
            )
            for key in sorted(asked ^ held.keys())
        ],
        actor=actor,
        county=county,
    )


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
        county=home_county(user),
    )


@dataclass(frozen=True)
class NewAccount:
    """An account and the role it begins with; the password is in the clear and is hashed on creation."""

    username: str
    name: str
    phone: str
    password: str
    role: str
    organization: Organization


@transaction.atomic
def create_account(*, account: NewAccount, actor: User) -> User:
    """Write a user with one role, audited as a grant."""
    user: User = User.objects.create_user(
        username=account.username, password=account.password, name=account.name, phone=account.phone
    )
    grant_role(user=user, role=account.role, organization=account.organization, actor=actor)
    return user
