"""The measures of domain.md §8 over appointments: one predicate each, for the figure and the list behind it."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from appointments.enums import AppointmentKind, AttendanceStatus
from appointments.querysets import AppointmentQuerySet, AttendanceQuerySet, VisitQuerySet


def regular_attendances(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """常规约见人次: PRESENT at regular appointments."""
    return rows.present().of_kind(AppointmentKind.REGULAR).between(first, last)


def expected(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """应到人次, the denominator of 约见参与率, as of today."""
    return rows.expected(timezone.localdate()).between(first, last)


def present(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """到岗人次, the numerator of 到岗率 and of 约见参与率."""
    return expected(rows, first, last).present()


def excused(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """请假人次, which 到岗率 leaves out."""
    return expected(rows, first, last).excused()


def not_excused(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """应到（不含请假）, the denominator of 到岗率."""
    return expected(rows, first, last).exclude(status=AttendanceStatus.LEAVE)


def unconfirmed(rows: AttendanceQuerySet, first: date, last: date) -> AttendanceQuerySet:
    """未登记到岗: among those expected, and counted as not present until somebody writes it down."""
    return rows.unconfirmed(timezone.localdate()).between(first, last)


def themed_held(rows: AppointmentQuerySet, first: date, last: date) -> AppointmentQuerySet:
    """主题约见场次."""
    return rows.held().of_kind(AppointmentKind.THEMED).between(first, last)


def collective_held(rows: AppointmentQuerySet, first: date, last: date) -> AppointmentQuerySet:
    """集中约见场次."""
    return rows.held().of_kind(AppointmentKind.COLLECTIVE).between(first, last)


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
    "expected": ("应到人次", expected),
    "not_excused": ("应到人次（不含请假）", not_excused),
    "present": ("到岗人次", present),
    "excused": ("请假人次", excused),
    "unconfirmed": ("未登记到岗", unconfirmed),
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
