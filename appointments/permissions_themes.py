"""Who sets themes, plans themed appointments, asks the questions and enters the answers (domain.md §5)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import Organization, User
from accounts.querysets import OrganizationQuerySet
from appointments.models import Appointment
from appointments.permissions import can_arrange


def can_read_topics(user: User) -> bool:
    """The offices, the liaisons who enter what came on paper, and leaders."""
    return user.scope.has(*OFFICE_ROLES, Role.LIAISON, Role.LEADER)


def counties_themed_by(user: User) -> OrganizationQuerySet:
    """Counties whose 月度主题 `user` sets: the county office's own."""
    return Organization.objects.filter(pk__in=user.scope.counties.get(Role.COUNTY_OFFICE, frozenset()))


def can_set_themes(user: User) -> bool:
    """The county office."""
    return user.scope.has(Role.COUNTY_OFFICE)


def can_plan(user: User) -> bool:
    """The county office and delegation offices."""
    return user.scope.has(*OFFICE_ROLES)


def delegations_planned_by(user: User) -> OrganizationQuerySet:
    """Delegations whose themed appointments `user` plans: any of a county office's county, an office's own."""
    return Organization.objects.registered_by(user)


def can_enter_papers(user: User, event: Appointment) -> bool:
    """Who arranges the appointment, and the liaisons of its delegation."""
    return can_arrange(user, event.delegation) or event.delegation_id in user.scope.where(Role.LIAISON)


def can_turn_into_suggestion(user: User, event: Appointment) -> bool:
    """Who arranges it, the liaisons of its delegation, and the representatives who were there."""
    own = event.attendances.filter(representative__user=user)
    return can_enter_papers(user, event) or own.exists()
