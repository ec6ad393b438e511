"""What the pages of themed appointments show: the list with its months, one event with all that hangs on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from accounts.models import User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, FindingAdoption
from appointments.forms.findings import FindingFilterForm
from appointments.forms.themes import TopicFilterForm
from appointments.lists import END
from appointments.models import Appointment, Attendance, FieldTrip, Finding, MonthlyTheme, Questionnaire
from appointments.permissions import can_arrange
from appointments.permissions_themes import can_enter_papers, can_turn_into_suggestion
from appointments.querysets import AppointmentQuerySet, FindingQuerySet
from studios.models import Studio
from studios.periods import BEGINNING

MONTHS_SHOWN = 4
OUT_OF_SEAT = frozenset({AttendanceStatus.SUBSTITUTED, AttendanceStatus.VACANT})


@dataclass(frozen=True)
class TopicList:
    """The events a query asks for, the form that says what was wrong, and the latest months with their themes."""

    rows: AppointmentQuerySet
    form: TopicFilterForm
    themes: list[MonthlyTheme]


@dataclass(frozen=True)
class Trips:
    """走访 of one event and what it adds up to."""

    rows: list[FieldTrip]
    places: int
    people: int


@dataclass(frozen=True)
class EventFile:
    """One event as one user sees it."""

    seats: list[Attendance]
    trips: Trips
    findings: list[Finding]
    questionnaires: list[Questionnaire]
    may_arrange: bool
    may_enter: bool
    may_turn: bool
    is_planned: bool
    is_open: bool
    may_hold: bool

    @property
    def present(self) -> int:
        return sum(1 for seat in self.seats if seat.status == AttendanceStatus.PRESENT)


def themed_events(user: User) -> AppointmentQuerySet:
    """The themed appointments `user` may see."""
    return Appointment.objects.visible_to(user).of_kind(AppointmentKind.THEMED)


def visible_event(user: User, pk: int) -> Appointment:
    """One themed appointment. Raises Http404 outside the user's scope."""
    return get_object_or_404(themed_events(user).select_related("delegation", "county", "monthly_theme"), pk=pk)


def topic_list(user: User, query: QueryDict) -> TopicList:
    """Keys: theme, status, from, to. A wrong one is explained by the form and left out."""
    form = TopicFilterForm(query, user=user)
    form.is_valid()
    asked = form.cleaned_data
    rows = themed_events(user).between(asked.get("from_") or BEGINNING, asked.get("to") or END)
    if theme := asked.get("theme"):
        rows = rows.filter(monthly_theme=theme)
    if status := asked.get("status"):
        rows = rows.filter(status=status)
    rows = rows.annotate(
        invited=_count(Attendance.objects.exclude(status__in=OUT_OF_SEAT)),
        present=_count(Attendance.objects.present()),
        places=_count(FieldTrip.objects.all()),
        proposed=_count(Finding.objects.all()),
    ).select_related("delegation", "monthly_theme")
    return TopicList(rows, form, _latest_themes(user))


def event_file(event: Appointment, user: User, today: date) -> EventFile:
    """Gather what the page of `event` shows; a fixed number of queries."""
    seats = event.attendances.exclude(status__in=OUT_OF_SEAT).select_related("representative__delegation")
    trips = list(event.field_trips.prefetch_related("seats__representative"))
    is_open = event.status != AppointmentStatus.CANCELLED
    may_arrange = can_arrange(user, event.delegation)
    is_planned = event.status == AppointmentStatus.PLANNED
    return EventFile(
        seats=list(seats.order_by("representative__name", "pk")),
        trips=Trips(trips, len({trip.place for trip in trips}), sum(trip.people_met for trip in trips)),
        findings=list(Finding.objects.filter(appointment=event).with_adoption().select_related("suggestion")),
        questionnaires=list(Questionnaire.objects.filter(appointment=event).with_response_count()),
        may_arrange=may_arrange,
        may_enter=is_open and can_enter_papers(user, event),
        may_turn=is_open and can_turn_into_suggestion(user, event),
        is_planned=is_planned,
        is_open=is_open,
        may_hold=may_arrange and is_open and event.held_on <= today,
    )


def villages_of(event: Appointment) -> list[str]:
    """The villages of its delegation, as far as they have studios."""
    places = Studio.objects.filter(delegation=event.delegation_id).exclude(village="")
    return list(places.order_by("village").values_list("village", flat=True).distinct())


@dataclass(frozen=True)
class FindingList:
    """The findings a query asks for, the form, and the sums of domain.md's own example."""

    rows: FindingQuerySet
    form: FindingFilterForm
    adopted: int
    partly: int
    places: int
    people: int


def finding_list(user: User, query: QueryDict) -> FindingList:
    """Keys: q, adoption, case, from, to (days of the events). A wrong one is explained by the form and left out."""
    form = FindingFilterForm(query)
    form.is_valid()
    asked = form.cleaned_data
    events = themed_events(user).between(asked.get("from_") or BEGINNING, asked.get("to") or END)
    rows: Any = Finding.objects.filter(appointment__in=events).with_adoption()
    if text := asked.get("q"):
        rows = rows.filter(Q(title__icontains=text) | Q(content__icontains=text))
    if adoption := asked.get("adoption"):
        rows = rows.filter(adopted=adoption)
    if case := asked.get("case"):
        rows = rows.filter(suggestion__isnull=case == "no")
    counted = rows.order_by().aggregate(
        adopted_n=Count("pk", filter=Q(adopted=FindingAdoption.ADOPTED)),
        partly_n=Count("pk", filter=Q(adopted=FindingAdoption.PARTLY)),
    )
    went = FieldTrip.objects.filter(appointment__in=rows.order_by().values("appointment"))
    trips = went.aggregate(places=Count("place", distinct=True), people=Coalesce(Sum("people_met"), 0))
    return FindingList(rows, form, counted["adopted_n"], counted["partly_n"], trips["places"], trips["people"])


def _latest_themes(user: User) -> list[MonthlyTheme]:
    """The themes of the latest four months that have any, each with `planned` and `held`."""
    themes = MonthlyTheme.objects.visible_to(user)
    months = list(themes.order_by("-month").values_list("month", flat=True).distinct()[:MONTHS_SHOWN])
    seen = Q(appointments__in=themed_events(user).values("pk"))
    states = {"planned": AppointmentStatus.PLANNED, "held": AppointmentStatus.HELD}
    counts = {
        name: Count("appointments", filter=seen & Q(appointments__status=state)) for name, state in states.items()
    }
    return list(themes.filter(month__in=months).annotate(**counts).order_by("-month", "id"))


def _count(rows: QuerySet[Any]) -> Coalesce:
    of_event = rows.filter(appointment=OuterRef("pk")).order_by().values("appointment")
    return Coalesce(Subquery(of_event.annotate(n=Count("pk")).values("n")), 0)
