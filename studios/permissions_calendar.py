"""Who changes the office calendar and sets what studios are asked for (domain.md §1, §4)."""

from accounts.enums import Role
from accounts.models import Organization, User


def county_set_by(user: User) -> Organization | None:
    """The county whose office `user` sits in, the first by code; None for everybody else."""
    ids = user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())
    return Organization.objects.filter(pk__in=ids).order_by("code").first() if ids else None


def can_change_calendar(user: User) -> bool:
    """County offices. The rows are shared by every county of the installation (docs/decisions/0009)."""
    return user.scope.has(Role.COUNTY_OFFICE)


def can_set_standard(user: User) -> bool:
    """County offices, each for its own county."""
    return user.scope.has(Role.COUNTY_OFFICE)
