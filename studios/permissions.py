"""Who keeps the register of studios (domain.md §1, §2)."""

from django.db.models import Q, QuerySet

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import Organization, User
from accounts.querysets import OrganizationQuerySet
from studios.models import Studio


def can_register_studios(user: User) -> bool:
    """County offices and delegation offices."""
    return user.scope.has(*OFFICE_ROLES)


def delegations_registered_by(user: User) -> OrganizationQuerySet:
    """Where `user` may register studios: a county office in its county, a delegation office in its own delegation."""
    scope = user.scope
    counties = scope.counties.get(Role.COUNTY_OFFICE, frozenset())
    own = Q(county_id__in=counties) | Q(pk__in=scope.where(Role.DELEGATION_OFFICE))
    return Organization.objects.visible_to(user).active().delegations().filter(own)


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
    if can_edit_studio(user, studio):
        return True
    return user.scope.has(Role.LIAISON) and Studio.objects.run_by(user).filter(pk=studio.pk).exists()


def can_read_registers(user: User, studio: Studio) -> bool:
    """Its liaisons, the office of its delegation, county office and leaders: equipment, checks, who changed what."""
    return Studio.objects.worked_in_by(user).filter(pk=studio.pk).exists()
