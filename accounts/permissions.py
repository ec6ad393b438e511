"""Who administers accounts and who reads the audit log: two people, never the same right (domain.md §1)."""

from accounts.enums import Role
from accounts.models import User


def can_administer(user: User) -> bool:
    """System administrators."""
    return user.scope.has(Role.SYSTEM_ADMIN)


def can_read_audit(user: User) -> bool:
    """Auditors."""
    return user.scope.has(Role.AUDITOR)
