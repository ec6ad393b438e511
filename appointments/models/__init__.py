"""Appointments of four kinds, rosters, swaps, bookings and visits."""

from appointments.models.booking import Booking, CollectiveDay
from appointments.models.event import Answer, FieldTrip, Finding, Question, Questionnaire, Response
from appointments.models.gathering import Appointment, Attendance, AttendanceEntry
from appointments.models.phrase import PhraseChip
from appointments.models.roster import DutyPolicy, Leave, Roster, RosterSeat
from appointments.models.swap import FeedToken, Swap
from appointments.models.theme import MonthlyTheme
from appointments.models.visit import Visit

__all__ = [
    "Answer",
    "Appointment",
    "Attendance",
    "AttendanceEntry",
    "Booking",
    "CollectiveDay",
    "DutyPolicy",
    "FeedToken",
    "FieldTrip",
    "Finding",
    "Leave",
    "MonthlyTheme",
    "PhraseChip",
    "Question",
    "Questionnaire",
    "Response",
    "Roster",
    "RosterSeat",
    "Swap",
    "Visit",
]
