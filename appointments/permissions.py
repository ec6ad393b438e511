"""Who records visits, draws up rosters, and acts for a representative (domain.md §1)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import Organization, User
from appointments.enums import SwapCapacity
from appointments.models import Appointment, Attendance, Leave, Swap, Visit
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


def can_see_visitor(user: User, visit: Visit) -> bool:
    """Who received them and the offices of their case: the studio's liaisons, the representative, the delegation
    office and the county office. Leaders, who only read, may not."""
    return visit.representative.user_id == user.pk or can_tend(user, visit.studio)


def can_export_visits(user: User) -> bool:
    """Liaisons, offices and leaders, for the visits they see; names and phones are masked in the file."""
    return user.scope.has(Role.LIAISON, Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE, Role.LEADER)


def can_print_blanks(user: User) -> bool:
    """Whoever receives people or runs the studios: liaisons and offices."""
    return user.scope.has(Role.LIAISON, Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE)


def can_set_phrases(user: User) -> bool:
    """The county office."""
    return user.scope.has(Role.COUNTY_OFFICE)


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
    if can_arrange(user, studio.delegation):
        return True
    return user.scope.has(Role.LIAISON) and studio.liaisons.filter(pk=user.pk).exists()


def can_ask_for_duties(user: User) -> bool:
    """The pages of swaps and leave: representatives for themselves, liaisons and offices on their behalf."""
    return user.scope.has(Role.REPRESENTATIVE, Role.LIAISON, *OFFICE_ROLES)


def can_tend_duties(user: User) -> bool:
    """The lists of swaps, leave and gaps of several people: liaisons and offices; leaders read."""
    return user.scope.has(Role.LIAISON, Role.LEADER, *OFFICE_ROLES)


def can_give_away(user: User, seat: Attendance) -> bool:
    """Ask for a swap of one seat: its representative, and on their behalf whoever tends its studio."""
    studio = seat.appointment.studio
    return seat.representative.user_id == user.pk or (studio is not None and can_tend(user, studio))


def can_fill(user: User, seat: Attendance) -> bool:
    """Put somebody into a gap: the offices that arrange its delegation's duties."""
    return can_arrange(user, seat.appointment.delegation)


def can_decide_leave(user: User, leave: Leave) -> bool:
    """The offices that arrange the person's duties; nobody decides their own."""
    person = leave.representative
    return can_arrange(user, person.delegation) and person.user_id != user.pk


def swap_capacities(user: User, swap: Swap) -> frozenset[SwapCapacity]:
    """Everything `user` is to `swap` (three queries at most)."""
    seat, held = swap.seat, set()
    studio = seat.appointment.studio
    if seat.representative.user_id == user.pk:
        held.add(SwapCapacity.OWNER)
    elif swap.asked is None and studio is not None and studio.representatives.active().filter(user=user).exists():
        held.add(SwapCapacity.COLLEAGUE)
    if swap.asked is not None and swap.asked.user_id == user.pk:
        held.add(SwapCapacity.ASKED)
    if swap.taker is not None and swap.taker.user_id == user.pk:
        held.add(SwapCapacity.TAKER)
    if user.scope.has(Role.LIAISON) and studio is not None and studio.liaisons.filter(pk=user.pk).exists():
        held.add(SwapCapacity.LIAISON)
    if can_arrange(user, seat.appointment.delegation):
        held.add(SwapCapacity.OFFICE)
    return frozenset(held)


def can_take_attendance(user: User, meeting: Appointment) -> bool:
    """Who came to an appointment: the liaisons of its studio, the offices that arrange the duties of its delegation."""
    if meeting.studio is not None:
        return can_tend(user, meeting.studio)
    return can_arrange(user, meeting.delegation)


def takes_attendance(user: User) -> bool:
    """Liaisons, delegation offices and county offices, each of their own."""
    return user.scope.has(Role.LIAISON, *OFFICE_ROLES)


def can_export_attendance(user: User) -> bool:
    """Offices and leaders."""
    return user.scope.has(Role.LEADER, *OFFICE_ROLES)
