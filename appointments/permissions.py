"""Who records visits, draws up rosters, and acts for a representative (domain.md §1)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import Organization, User
from appointments.booking_flow import Party
from appointments.enums import BookingState
from appointments.models import Booking, Visit
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


def can_act_for(user: User, person: Representative) -> bool:
    """Ask for leave or a swap, take a seat: the representative, and on their behalf the liaisons of their studios and
    the offices that arrange their duties."""
    if person.user_id == user.pk or can_arrange(user, person.delegation):
        return True
    return user.scope.has(Role.LIAISON) and person.studios.filter(liaisons=user).exists()


def can_tend(user: User, studio: Studio) -> bool:
    """Attendance and bookings of a studio: its liaisons and the offices that arrange its duties."""
    return can_arrange(user, studio.delegation) or is_liaison_of(user, studio)


def can_set_collective_day(user: User, county: Organization) -> bool:
    """The county office."""
    return county.pk in user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())


def can_read_collective(user: User) -> bool:
    """Offices and leaders."""
    return user.scope.has(*OFFICE_ROLES, Role.LEADER)


def can_read_bookings(user: User) -> bool:
    """Liaisons, offices and leaders; representatives have a page of their own."""
    return user.scope.has(*OFFICE_ROLES, Role.LIAISON, Role.LEADER)


def can_take_bookings(user: User) -> bool:
    """Liaisons and offices."""
    return user.scope.has(*OFFICE_ROLES, Role.LIAISON)


def is_liaison_of(user: User, studio: Studio) -> bool:
    """A liaison of this very studio."""
    return user.scope.has(Role.LIAISON) and studio.liaisons.filter(pk=user.pk).exists()


def booking_parties(user: User, booking: Booking) -> frozenset[Party]:
    """Every capacity `user` stands in before `booking`."""
    held = set()
    if booking.representative.user_id == user.pk:
        held.add(Party.REPRESENTATIVE)
    if is_liaison_of(user, booking.studio):
        held.add(Party.LIAISON)
    if can_arrange(user, booking.studio.delegation):
        held.add(Party.OFFICE)
    return frozenset(held)


def can_see_visitor(user: User, booking: Booking) -> bool:
    """Who has to call them: the liaison while it is open, the representative once it is accepted; nobody afterwards."""
    held = booking_parties(user, booking)
    if booking.state == BookingState.ACCEPTED:
        return bool(held & {Party.LIAISON, Party.REPRESENTATIVE})
    return booking.state == BookingState.REQUESTED and Party.LIAISON in held
