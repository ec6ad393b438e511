"""Who may read statistics and take them away as files (domain.md §1, reliability.md "Who may see what" §7)."""

from accounts.enums import Role
from accounts.models import User

BOARD_ROLES = (Role.LEADER, Role.COUNTY_OFFICE, Role.DELEGATION_OFFICE)


def can_read_statistics(user: User) -> bool:
    """Leaders, the county office and delegation offices: board, reports and their exports."""
    return user.scope.has(*BOARD_ROLES)


def can_export_cases(user: User) -> bool:
    """Whoever reads statistics, and handling units for what is assigned to them; names leave masked."""
    return user.scope.has(*BOARD_ROLES, Role.UNIT_HANDLER)
