"""The seats of one representative as their own pages show them, and what waits at the desk of those who arrange."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, LeaveStatus, SwapState
from appointments.models import Attendance, DutyPolicy, Leave, Swap
from appointments.swapping import last_day

RELATED = ("appointment__studio", "appointment__county", "representative")


@dataclass(frozen=True)
class OwnDuty:
    """A seat still to be kept, the open swap of it if any, and the last day to ask for one (None: no swap here)."""

    seat: Attendance
    swap: Swap | None
    swap_until: date | None
    is_today: bool

    @property
    def may_confirm(self) -> bool:
        return self.seat.status == AttendanceStatus.EXPECTED and self.seat.confirmed_at is None

    @property
    def may_swap(self) -> bool:
        return self.swap_until is not None and self.swap is None


def coming_duties(user: User, today: date) -> list[OwnDuty]:
    """Every seat `user` is still to keep, the nearest first."""
    seats = Attendance.objects.standing().filter(representative__user=user, appointment__held_on__gte=today)
    related = seats.select_related(*RELATED)
    return shown_duties(list(related.order_by("appointment__held_on", "appointment__starts_at", "pk")), today)


def shown_duties(rows: list[Attendance], today: date) -> list[OwnDuty]:
    """Seats with what can be done about them: one query, and one for the settings of each county."""
    swaps = Swap.objects.open().filter(seat__in=rows).select_related("asked", "taker")
    swap_of = {swap.seat_id: swap for swap in swaps}
    counties = {row.appointment.county_id: row.appointment.county for row in rows}
    policies = {key: DutyPolicy.objects.in_force(county, today) for key, county in counties.items()}
    return [
        OwnDuty(
            row,
            swap_of.get(row.pk),
            _swap_until(row, policies[row.appointment.county_id], today),
            is_today=row.appointment.held_on == today,
        )
        for row in rows
    ]


def past_duties(user: User, today: date) -> list[Attendance]:
    """The seats of this year that are over, the latest first."""
    seats = Attendance.objects.filter(representative__user=user).between(date(today.year, 1, 1), today)
    past = seats.filter(appointment__held_on__lt=today).exclude(appointment__status=AppointmentStatus.CANCELLED)
    return list(past.select_related("appointment__studio").order_by("-appointment__held_on", "-pk"))


@dataclass(frozen=True)
class Waiting:
    """How many swaps, leaves and gaps wait for somebody who arranges duties."""

    swaps: int
    leaves: int
    gaps: int


def waiting_for(user: User, today: date) -> Waiting:
    """Swaps to approve, leave to decide, gaps to fill among what `user` runs: three counts."""
    swaps = Swap.objects.visible_to(user).pending(today).filter(state=SwapState.ACCEPTED)
    leaves = Leave.objects.visible_to(user).filter(status=LeaveStatus.REQUESTED)
    return Waiting(swaps.count(), leaves.count(), Attendance.objects.visible_to(user).gaps(today).count())


def _swap_until(seat: Attendance, policy: DutyPolicy, today: date) -> date | None:
    last = last_day([seat.appointment.held_on], policy.swap_days)
    is_open = seat.status == AttendanceStatus.EXPECTED and last >= today
    return last if is_open and seat.appointment.kind == AppointmentKind.REGULAR else None
