"""Who may read statistics (domain.md §1)."""

from accounts.enums import Role
from accounts.models import Organization, User

BOARD_ROLES = (Role.LEADER, Role.COUNTY_OFFICE, Role.DELEGATION_OFFICE)


def can_read_statistics(user: User) -> bool:
    """Leaders, the county office and delegation offices: board, reports and their exports."""
    return user.scope.has(*BOARD_ROLES)


def can_write_bulletin(user: User, place: Organization) -> bool:
    """The county office, for its county and each of its delegations."""
    return place.county_id in user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())
