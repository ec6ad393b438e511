"""What a user may see of appointments and everything around them: the only road to rows."""

from appointments.querysets.duties import (
    LeaveQuerySet,
    PersonalQuerySet,
    RosterQuerySet,
    SwapQuerySet,
    personal_scope,
)
from appointments.querysets.events import (
    BookingQuerySet,
    CountyRowQuerySet,
    EventRowQuerySet,
    FindingQuerySet,
    QuestionnaireQuerySet,
    QuestionQuerySet,
)
from appointments.querysets.gatherings import (
    ON_SITE,
    PRESENT,
    AppointmentQuerySet,
    AttendanceQuerySet,
    VisitQuerySet,
    is_unconfirmed,
    outside_studios,
)

__all__ = [
    "ON_SITE",
    "PRESENT",
    "AppointmentQuerySet",
    "AttendanceQuerySet",
    "BookingQuerySet",
    "CountyRowQuerySet",
    "EventRowQuerySet",
    "FindingQuerySet",
    "LeaveQuerySet",
    "PersonalQuerySet",
    "QuestionQuerySet",
    "QuestionnaireQuerySet",
    "RosterQuerySet",
    "SwapQuerySet",
    "VisitQuerySet",
    "is_unconfirmed",
    "outside_studios",
    "personal_scope",
]
