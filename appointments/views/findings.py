"""走访 and numbered findings of an event, the list of findings, and 采纳."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.forms.findings import AdoptionForm, FindingForm, TripForm
from appointments.models import Appointment, FieldTrip, Finding
from appointments.permissions import can_arrange
from appointments.permissions_themes import can_enter_papers, can_read_topics
from appointments.services import findings as services
from appointments.services.findings import TripEntry
from appointments.services.themes import TopicError
from appointments.topics import finding_list, villages_of, visible_event
from appointments.views.themes import refuse


def entered_event(user: User, pk: int) -> Appointment:
    """An event whose 走访 and findings `user` writes. Raises PermissionDenied for those who only read it."""
    event = visible_event(user, pk)
    if not can_enter_papers(user, event):
        raise PermissionDenied("走访和调研建议由主办代表队的办公室、联络员和党联办登记。")
    return event


@require_http_methods(["GET", "POST"])
def trip_create(request: HttpRequest, pk: int) -> HttpResponse:
    """登记走访."""
    user = signed_in(request)
    return _trip_page(request, user, entered_event(user, pk), None)


@require_http_methods(["GET", "POST"])
def trip_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was noted of a place."""
    user = signed_in(request)
    trip = get_object_or_404(FieldTrip.objects.visible_to(user), pk=pk)
    return _trip_page(request, user, entered_event(user, trip.appointment_id), trip)


def _trip_page(request: HttpRequest, user: User, event: Appointment, trip: FieldTrip | None) -> HttpResponse:
    shown = {name: getattr(trip, name) for name in TripEntry.__dataclass_fields__} if trip else {}
    shown |= {"seats": trip.seats.all()} if trip else {"visited_on": timezone.localdate()}
    form = TripForm(request.POST or None, event=event, initial=shown | typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_trip(event=event, entry=form.entry, seats=form.cleaned_data["seats"], actor=user, trip=trip)
        except TopicError as error:
            refuse(form, error)
        else:
            messages.success(request, "走访已登记。")
            return redirect("appointments:topic_detail", event.pk)
    context = {"form": form, "event": event, "villages": villages_of(event)}
    return render(request, "appointments/topic_trip.html", context, status=422 if form.errors else 200)


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """调研建议 of all events."""
    user = signed_in(request)
    if not can_read_topics(user):
        raise PermissionDenied("调研建议供工作室联络员、代表队办公室、党联办和领导查看。")
    found = finding_list(user, request.GET)
    rows = found.rows.select_related("appointment__delegation", "suggestion")
    context = {"found": found, "page": keyset_page(rows, request.GET)}
    return render(request, "appointments/finding_list.html", context)


@require_http_methods(["GET", "POST"])
def finding_create(request: HttpRequest, pk: int) -> HttpResponse:
    """登记调研建议."""
    user = signed_in(request)
    return _finding_page(request, user, entered_event(user, pk), None)


@require_http_methods(["GET", "POST"])
def finding_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the words of a finding."""
    user = signed_in(request)
    finding = get_object_or_404(Finding.objects.visible_to(user), pk=pk)
    return _finding_page(request, user, entered_event(user, finding.appointment_id), finding)


def _finding_page(request: HttpRequest, user: User, event: Appointment, finding: Finding | None) -> HttpResponse:
    shown = {"title": finding.title, "content": finding.content} if finding else {}
    form = FindingForm(request.POST or None, initial=shown | typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = services.write_finding(event=event, actor=user, finding=finding, **form.cleaned_data)
        except TopicError as error:
            refuse(form, error)
        else:
            messages.success(request, f"第 {row.number} 条调研建议已登记。")
            return redirect(row)
    context = {"form": form, "event": event, "finding": finding}
    return render(request, "appointments/finding_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def finding_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """登记采纳, for a finding that is no case."""
    user = signed_in(request)
    rows = Finding.objects.visible_to(user).select_related("appointment__delegation", "suggestion")
    finding = get_object_or_404(rows, pk=pk)
    if not can_arrange(user, finding.appointment.delegation):
        raise PermissionDenied("采纳情况由党联办和主办代表队办公室登记。")
    shown = {name: getattr(finding, name) for name in ("adoption", "adopted_in", "adopted_on")}
    form = AdoptionForm(request.POST or None, initial=shown | typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.adopt_finding(
                finding=finding,
                adoption=data["adoption"],
                where=data["adopted_in"],
                on=data["adopted_on"],
                actor=user,
            )
        except TopicError as error:
            refuse(form, error)
        else:
            messages.success(request, "采纳情况已登记。")
            return redirect(finding)
    context = {"form": form, "finding": finding, "event": finding.appointment}
    return render(request, "appointments/finding_adopt.html", context, status=422 if form.errors else 200)
