"""The lists of swaps, leave and gaps: tabs, views, and who may be named on a page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import F
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from appointments.colleagues import Colleague, free_colleagues
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, LeaveStatus, SwapState
from appointments.models import Attendance, Leave, Swap
from appointments.permissions import can_act_for, can_tend_duties
from appointments.querysets import AttendanceQuerySet, LeaveQuerySet, SwapQuerySet
from representatives.models import Representative
from studios.models import Studio

Rows = TypeVar("Rows")
AHEAD = timedelta(days=92)
OFFERED, GAPS_SHOWN = 3, 30
PAGES = (("appointments:swap_list", "换班"), ("appointments:leave_list", "请假"), ("appointments:gap_list", "空缺"))
VIEWS = (("approve", "待批准"), ("open", "等人接替"), ("all", "全部"))
LEAVE_VIEWS = (("waiting", "待审批"), ("current", "已批准"), ("all", "全部"))


@dataclass(frozen=True)
class Section:
    """One tab."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Gap:
    """A duty nobody keeps, with the first of those who could."""

    seat: Attendance
    colleagues: list[Colleague]


def duty_sections(current: str) -> list[Section]:
    """The pages of 换班请假 as tabs; `current` is the address name of the page."""
    return [Section(label, reverse(name), name == current) for name, label in PAGES]


def swaps_in(user: User, key: str, today: date) -> tuple[SwapQuerySet, str]:
    """The swaps of a view and its key, the first one where none is named. Raises Http404 for an unknown one."""
    rows = Swap.objects.visible_to(user)
    found = {
        "approve": rows.pending(today).filter(state=SwapState.ACCEPTED),
        "open": rows.pending(today).filter(state=SwapState.REQUESTED),
        "all": rows,
    }
    return _chosen(found, key or "approve"), key or "approve"


def leaves_in(user: User, key: str, today: date) -> tuple[LeaveQuerySet, str]:
    """The leaves of a view and its key. Raises Http404 for an unknown one."""
    rows = Leave.objects.visible_to(user)
    found = {
        "waiting": rows.filter(status=LeaveStatus.REQUESTED),
        "current": rows.approved().filter(last_on__gte=today),
        "all": rows,
    }
    return _chosen(found, key or "waiting"), key or "waiting"


def seats_to_give(user: User, today: date) -> AttendanceQuerySet:
    """Coming regular duties `user` may ask a swap for, with their `day`."""
    seats = Attendance.objects.visible_to(user).between(today, today + AHEAD).of_kind(AppointmentKind.REGULAR)
    seats = seats.filter(status=AttendanceStatus.EXPECTED, appointment__status=AppointmentStatus.PLANNED)
    if not can_tend_duties(user):
        seats = seats.filter(representative__user=user)
    return seats.annotate(day=F("appointment__held_on")).select_related("appointment__studio", "representative")


def takers_for(user: User, swap: Swap) -> list[Representative]:
    """Those `user` may name as the one who takes over: themselves, or free colleagues they act for."""
    if swap.asked is not None:
        return [swap.asked] if can_act_for(user, swap.asked) else []
    people = [colleague.person for colleague in free_colleagues([swap.seat])[swap.seat_id]]
    own = [person for person in people if person.user_id == user.pk]
    studio = swap.seat.appointment.studio
    if own or studio is None or not Studio.objects.tended_by(user).filter(pk=studio.pk).exists():
        return own
    return people


def shown_gaps(seats: AttendanceQuerySet) -> list[Gap]:
    """The next gaps with the first colleagues who could fill each (the same number of queries for any number)."""
    related = ("appointment__studio", "appointment__delegation", "representative")
    rows = list(seats.select_related(*related).order_by("appointment__held_on", "pk")[:GAPS_SHOWN])
    free = free_colleagues(rows)
    return [Gap(row, free[row.pk][:OFFERED]) for row in rows]


def _chosen(found: dict[str, Rows], key: str) -> Rows:
    if key not in found:
        raise Http404(key)
    return found[key]
