"""Who records visits, draws up rosters, and acts for a representative (domain.md §1)."""

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import Organization, User
from appointments.models import Visit
from representatives.models import Representative
from studios.models import Studio
from studios.querysets import StudioQuerySet


def can_record_visits(user: User) -> bool:
    """Liaisons."""
    return user.scope.has(Role.LIAISON)


def studios_recorded_by(user: User) -> StudioQuerySet:
    """Active studios whose visits `user` records."""
    studios = Studio.objects.run_by(user).active()
    return studios if can_record_visits(user) else studios.none()


def can_correct_visit(user: User, visit: Visit) -> bool:
    """Whoever records visits of its studio."""
    return studios_recorded_by(user).filter(pk=visit.studio_id).exists()


def can_arrange(user: User, delegation: Organization) -> bool:
    """Rosters, events, leave and swaps of a delegation: its office, and the county office."""
    scope = user.scope
    own = delegation.pk in scope.where(Role.DELEGATION_OFFICE)
    return own or delegation.county_id in scope.counties.get(Role.COUNTY_OFFICE, frozenset())


def delegations_arranged_by(user: User) -> QuerySet[Organization]:
    """The delegations whose rosters `user` draws up, see `can_arrange`."""
    scope = user.scope
    county = Q(county_id__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()))
    own = Q(pk__in=scope.where(Role.DELEGATION_OFFICE))
    return Organization.objects.delegations().filter(county | own).order_by("code")


def can_set_duty_rules(user: User, county: Organization) -> bool:
    """The county office."""
    return county.pk in user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())


def can_act_for(user: User, person: Representative) -> bool:
    """Ask for leave or a swap, take a seat: the representative, and on their behalf the liaisons of their studios and
    the offices that arrange their duties."""
    if person.user_id == user.pk or can_arrange(user, person.delegation):
        return True
    return user.scope.has(Role.LIAISON) and person.studios.filter(liaisons=user).exists()


def can_tend(user: User, studio: Studio) -> bool:
    """Attendance and bookings of a studio: its liaisons and the offices that arrange its duties."""
    if can_arrange(user, studio.delegation):
        return True
    return user.scope.has(Role.LIAISON) and studio.liaisons.filter(pk=user.pk).exists()
