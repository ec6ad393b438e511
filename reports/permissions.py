"""Who may read statistics (domain.md §1)."""

from accounts.enums import Role
from accounts.models import User

BOARD_ROLES = (Role.LEADER, Role.COUNTY_OFFICE, Role.DELEGATION_OFFICE)


def can_read_statistics(user: User) -> bool:
    """Leaders, the county office and delegation offices: board, reports and their exports."""
    return user.scope.has(*BOARD_ROLES)
