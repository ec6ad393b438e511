"""The measures of domain.md §8 over appointments: one predicate each, for the figure and the list behind it."""

from collections.abc import Callable
from datetime import date

from appointments.enums import AppointmentKind
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet, VisitQuerySet


def regular_attendances(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """常规约见人次: PRESENT at regular appointments."""
    return rows.present().of_kind(AppointmentKind.REGULAR).between(first, last)


def themed_held(rows: AppointmentQuerySet, first: date, last: date) -> AppointmentQuerySet:
    """主题约见场次."""
    return rows.held().of_kind(AppointmentKind.THEMED).between(first, last)


def collective_held(rows: AppointmentQuerySet, first: date, last: date) -> AppointmentQuerySet:
    """集中约见场次."""
    return rows.held().of_kind(AppointmentKind.COLLECTIVE).between(first, last)


def collective_expected(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """集中约见应到: everybody called to a collective day that was not cancelled."""
    return rows.counted().of_kind(AppointmentKind.COLLECTIVE).between(first, last)


def collective_present(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """集中约见实到: those of the above who came."""
    return collective_expected(rows, first, last).present()


def collective_people(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """集中约见人次: those of the above who met anybody; the figure is the sum of `people_met`."""
    return collective_present(rows, first, last).filter(people_met__gt=0)


def events_with_people(rows: AppointmentQuerySet, first: date, last: date) -> AppointmentQuerySet:
    """Appointments held whose people on the spot were counted, not registered one by one."""
    return rows.held().between(first, last).filter(headcount__gt=0)


def people_received(rows: VisitQuerySet, first: date, last: date) -> VisitQuerySet:
    """Visits whose people count as 约见党员群众人次, beside the headcount of events."""
    return rows.between(first, last)


def onsite_handled(rows: VisitQuerySet, first: date, last: date) -> VisitQuerySet:
    """现场处理和答复: visits answered or resolved on the spot."""
    return rows.on_site().between(first, last)


ATTENDANCE_MEASURES: dict[str, tuple[str, Callable[[AttendanceQuerySet, date, date], AttendanceQuerySet]]] = {
    "regular_attendances": ("常规约见人次", regular_attendances),
    "collective_expected": ("集中约见应到", collective_expected),
    "collective_present": ("集中约见实到", collective_present),
    "collective_people": ("集中约见党员群众", collective_people),
}
APPOINTMENT_MEASURES: dict[str, tuple[str, Callable[[AppointmentQuerySet, date, date], AppointmentQuerySet]]] = {
    "themed_held": ("主题约见场次", themed_held),
    "collective_held": ("集中约见场次", collective_held),
    "events_with_people": ("活动现场人次", events_with_people),
}
VISIT_MEASURES: dict[str, tuple[str, Callable[[VisitQuerySet, date, date], VisitQuerySet]]] = {
    "people_received": ("接访群众人次", people_received),
    "onsite_handled": ("现场处理和答复", onsite_handled),
}
