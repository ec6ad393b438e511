"""Who inspects studios, reads what was found, and sets what is asked for (domain.md §1, §2)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import Organization, User
from studios.enums import StudioStatus
from studios.models import Studio
from studios.querysets import StudioQuerySet


def can_read_inspections(user: User) -> bool:
    """Liaisons, delegation offices, county offices and leaders, each for the studios of their scope."""
    return user.scope.has(Role.LIAISON, Role.LEADER, *OFFICE_ROLES)


def can_read_compliance(user: User) -> bool:
    """Delegation offices, county offices and leaders: 达标率 of their studios."""
    return user.scope.has(Role.LEADER, *OFFICE_ROLES)


def can_inspect_somewhere(user: User) -> bool:
    """Liaisons, delegation offices and county offices."""
    return user.scope.has(Role.LIAISON, *OFFICE_ROLES)


def studios_inspected_by(user: User) -> StudioQuerySet:
    """Studios not closed that `user` may inspect: a liaison's own, an office's own delegation or county."""
    return Studio.objects.tended_by(user).exclude(status=StudioStatus.CLOSED)


def can_inspect(user: User, studio: Studio) -> bool:
    """The studio's liaisons, its delegation office, its county office; nobody once it is closed."""
    return studios_inspected_by(user).filter(pk=studio.pk).exists()


def can_publish_checklist(user: User, county: Organization) -> bool:
    """The county's office."""
    return county.pk in user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())
