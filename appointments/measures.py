"""The measures of domain.md §8 over appointments, attendances and visits, for the figure and the list behind it."""

from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, VisitOutcome
from appointments.querysets import (
    ON_SITE,
    PRESENT,
    AppointmentQuerySet,
    AttendanceQuerySet,
    VisitQuerySet,
    is_unconfirmed,
)
from studios.measures import Measure, Source, Span

SEAT_DIMENSIONS: dict[str, Combinable] = {
    "county": F("appointment__county_id"),
    "delegation": F("appointment__delegation_id"),
    "studio": F("appointment__studio_id"),
    "studio_kind": F("appointment__studio__kind"),
    "kind": F("appointment__kind"),
    "representative": F("representative_id"),
    "month": TruncMonth("appointment__held_on"),
}
APPOINTMENT_DIMENSIONS: dict[str, Combinable] = {
    "county": F("county_id"),
    "delegation": F("delegation_id"),
    "studio": F("studio_id"),
    "studio_kind": F("studio__kind"),
    "kind": F("kind"),
    "month": TruncMonth("held_on"),
}
VISIT_DIMENSIONS: dict[str, Combinable] = {
    "county": F("county_id"),
    "delegation": F("delegation_id"),
    "studio": F("studio_id"),
    "studio_kind": F("studio__kind"),
    "kind": F("appointment__kind"),
    "category": F("category"),
    "representative": F("representative_id"),
    "month": TruncMonth("received_on"),
}
KEPT_DUTY = Q(appointment__kind=AppointmentKind.REGULAR) & ~Q(appointment__status=AppointmentStatus.CANCELLED)
HELD = Q(status=AppointmentStatus.HELD)
IN_FORCE = ~Q(status=AppointmentStatus.CANCELLED)
REGULAR = Q(kind=AppointmentKind.REGULAR)


def _seats(rows: AttendanceQuerySet, span: Span) -> AttendanceQuerySet:
    return rows.between(*span.days)


def _expected(rows: AttendanceQuerySet, span: Span) -> AttendanceQuerySet:
    return rows.expected(span.as_of).between(*span.days)


def _called(rows: AttendanceQuerySet, span: Span) -> AttendanceQuerySet:
    """集中约见: everybody called to a collective day that was not cancelled."""
    return rows.counted().of_kind(AppointmentKind.COLLECTIVE).between(*span.days)


def _appointments(rows: AppointmentQuerySet, span: Span) -> AppointmentQuerySet:
    return rows.between(*span.days)


def _visits(rows: VisitQuerySet, span: Span) -> VisitQuerySet:
    return rows.between(*span.days)


HELD_OF_KIND = {kind: f"{kind.lower()}_held" for kind in AppointmentKind}
"""The measure that counts what was held of each kind, in the order people name them."""


def _held(kind: AppointmentKind) -> Measure:
    return Measure(f"{kind.label}场次", "场", HELD & Q(kind=kind))


SEATS = Source(
    _seats,
    {
        "regular_attendances": Measure("常规约见人次", "人次", PRESENT & KEPT_DUTY),
        "unconfirmed": Measure("未登记到岗", "人次", lambda span: is_unconfirmed(span.as_of)),
    },
    SEAT_DIMENSIONS,
)
EXPECTED = Source(
    _expected,
    {
        "expected": Measure("应到人次", "人次"),
        "not_excused": Measure("应到人次（不含请假）", "人次", ~Q(status=AttendanceStatus.LEAVE)),
        "present": Measure("到岗人次", "人次", PRESENT),
        "excused": Measure("请假人次", "人次", Q(status=AttendanceStatus.LEAVE)),
    },
    SEAT_DIMENSIONS,
)
COLLECTIVE_SEATS = Source(
    _called,
    {
        "collective_expected": Measure("集中约见应到", "人次"),
        "collective_present": Measure("集中约见实到", "人次", PRESENT),
        "collective_people": Measure("集中约见党员群众", "人次", PRESENT & Q(people_met__gt=0), of="people_met"),
    },
    SEAT_DIMENSIONS,
)
APPOINTMENTS = Source(
    _appointments,
    {
        **{key: _held(kind) for kind, key in HELD_OF_KIND.items()},
        "to_announce": Measure("应公示的常规约见", "场", REGULAR & IN_FORCE),
        "announced_in_time": Measure("及时公示的常规约见", "场", REGULAR & IN_FORCE & Q(was_announced_in_time=True)),
        "events_with_people": Measure("活动现场人次", "人次", HELD & Q(headcount__gt=0), of="headcount"),
    },
    APPOINTMENT_DIMENSIONS,
)
VISITS = Source(
    _visits,
    {
        "visits": Measure("接访件次", "件次"),
        "people_received": Measure("接访群众人次", "人次", of="people"),
        "onsite_handled": Measure("现场处理和答复", "件", ON_SITE),
        "became_suggestions": Measure("转为建议", "件", Q(outcome=VisitOutcome.TO_SUGGESTION)),
        "onsite_or_suggestion": Measure("现场处理和转为建议", "件", ON_SITE | Q(outcome=VisitOutcome.TO_SUGGESTION)),
        "referred": Measure("引导信访等", "件", Q(outcome=VisitOutcome.REFERRED)),
    },
    VISIT_DIMENSIONS,
)
APPOINTMENT_SOURCES = (APPOINTMENTS,)
VISIT_SOURCES = (VISITS,)
ATTENDANCE_SOURCES = (SEATS, EXPECTED, COLLECTIVE_SEATS)
