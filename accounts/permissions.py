"""Who administers accounts, who reads the audit log, who imports: rights of different people (domain.md §1)."""

from accounts.enums import OFFICE_ROLES, ImportState, Role
from accounts.imports import ImportKind
from accounts.models import ImportRun, User


def can_administer(user: User) -> bool:
    """System administrators."""
    return user.scope.has(Role.SYSTEM_ADMIN)


def can_read_audit(user: User) -> bool:
    """Auditors."""
    return user.scope.has(Role.AUDITOR)


def can_import(user: User, kind: ImportKind) -> bool:
    """Studios and representatives: county and delegation offices; units: county office and system administrators;
    accounts: system administrators."""
    return kind.is_for(user)


def can_see_imports(user: User) -> bool:
    """Offices and system administrators."""
    return user.scope.has(*OFFICE_ROLES, Role.SYSTEM_ADMIN)


def can_apply_import(user: User, run: ImportRun) -> bool:
    """Whoever uploaded the sheet, once, when no row is refused."""
    return run.actor_id == user.pk and run.state == ImportState.PREVIEWED and not run.refused


def can_see_units(user: User) -> bool:
    """County office and system administrators."""
    return user.scope.has(Role.COUNTY_OFFICE, Role.SYSTEM_ADMIN)
