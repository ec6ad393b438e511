"""Who keeps the register of studios (domain.md §1, §2)."""

from django.db.models import Q, QuerySet

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User
from studios.models import Studio


def can_register_studios(user: User) -> bool:
    """County offices and delegation offices."""
    return user.scope.has(*OFFICE_ROLES)


def candidates_for(studio: Studio) -> QuerySet[User]:
    """Who may be put in charge of `studio`: the liaisons of its delegation, and whoever is in charge already."""
    able = Q(pk__in=User.objects.holding(Role.LIAISON, studio.delegation_id).values("pk"))
    if studio.pk:
        able |= Q(pk__in=studio.liaisons.values("pk"))
    people: QuerySet[User] = User.objects.filter(able)
    return people


def can_edit_studio(user: User, studio: Studio) -> bool:
    """The county office of its county and the office of its delegation: everything in the record, and its status."""
    scope = user.scope
    in_county = studio.county_id in scope.counties.get(Role.COUNTY_OFFICE, frozenset())
    return in_county or studio.delegation_id in scope.where(Role.DELEGATION_OFFICE)


def can_tend_studio(user: User, studio: Studio) -> bool:
    """Those who may edit it, and its own liaisons: phone, address, equipment and photo."""
    return Studio.objects.tended_by(user).filter(pk=studio.pk).exists()


def can_read_registers(user: User, studio: Studio) -> bool:
    """Its liaisons, the office of its delegation, county office and leaders: equipment, checks, who changed what."""
    return Studio.objects.worked_in_by(user).filter(pk=studio.pk).exists()
