"""Who reads and who sets a county's deadline settings (domain.md §1, §6.2)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User


def can_read_deadlines(user: User) -> bool:
    """Whoever works on cases: offices, leaders, liaisons, representatives and units. The rules are no secret."""
    return user.scope.has(*OFFICE_ROLES, Role.LEADER, Role.LIAISON, Role.REPRESENTATIVE, Role.UNIT_HANDLER)


def can_set_deadlines(user: User) -> bool:
    """County offices, each for its own county."""
    return user.scope.has(Role.COUNTY_OFFICE)
