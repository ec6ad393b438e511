"""Recording: a visit on one page, a suggestion from a visit or from scratch, correcting a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.numbers import number_in
from accounts.resume import typed_before_login
from accounts.services import home_county
from accounts.session import signed_in
from appointments.booking_flow import BookingError
from appointments.duties import duties_on
from appointments.enums import VisitOutcome
from appointments.models import Appointment, Attendance, Booking, Visit
from appointments.permissions import can_record_visits, studios_recorded_by
from appointments.phrases import phrases_of
from appointments.services import PhotoError, record_visit
from representatives.models import Representative
from suggestions import services
from suggestions.carried import booking_to_keep, recent_gatherings, seat_of, visitor_of
from suggestions.casefile import visible_case
from suggestions.enums import Verb
from suggestions.forms.intake import ON_SITE_AND_NEXT, SuggestionForm, VisitForm
from suggestions.models import Suggestion
from suggestions.permissions import can_take
from suggestions.services.intake import content_of, title_of
from suggestions.services.steps import ConflictError, StepError


@require_http_methods(["GET", "POST"])
def visit_create(request: HttpRequest) -> HttpResponse:
    """登记一条: two required fields, two buttons. The duty says who, where, when; `?after=` the visit just recorded."""
    user = signed_in(request)
    if not can_record_visits(user):
        raise PermissionDenied("接访由工作室联络员登记。")
    seats, before = duties_on(user, timezone.localdate()), _just_recorded(request, user)
    asked = request.GET.get("duty") or request.POST.get("duty") or str(before.appointment_id if before else "")
    seat = next((item for item in seats if str(item.appointment_id) == asked), seats[0] if seats else None)
    booking = booking_to_keep(request, user)
    if booking is not None:
        seats, seat = [], seat_of(booking)
    known: dict[str, Any] = {"received_on": timezone.localdate()} | visitor_of(booking) | _same_session(before)
    form = VisitForm(
        request.POST or None,
        request.FILES or None,
        user=user,
        seat=seat,
        decision=request.POST.get("decision", ""),
        initial=known | typed_before_login(request),
    )
    is_sent = request.method == "POST" and form.is_valid()
    if saved := _save_visit(request, user, form, seat, booking) if is_sent else None:
        return saved
    context = {"form": form, "seat": seat, "seats": seats, "before": before, "phrases": phrases_of(home_county(user))}
    return render(request, "suggestions/visit_form.html", context, status=422 if form.errors else 200)


def _save_visit(
    request: HttpRequest, user: User, form: VisitForm, seat: Attendance | None, booking: Booking | None
) -> HttpResponse | None:
    """Write it and go on; None where a photo or the booking was refused, which the form then says."""
    names = ("studio", "representative", "submission_key", "photos")
    data: dict[str, Any] = {name: form.cleaned_data[name] for name in names} | {"booking": booking}
    is_at_duty = seat is not None and (seat.appointment.studio, seat.appointment.held_on) == (
        data["studio"],
        form.cleaned_data["received_on"],
    )
    data |= {"entry": form.entry, "actor": user, "duty": seat.appointment if seat and is_at_duty else None}
    try:
        if form.outcome == VisitOutcome.TO_SUGGESTION:
            case = services.take_in_visit(visitor=form.visitor, level=form.cleaned_data["level"], **data)
            return redirect("suggestions:receipt", case.pk)
        visit, is_new = record_visit(outcome=form.outcome, **data)
    except PhotoError as error:
        form.refuse_photos(str(error))
        return None
    except BookingError as error:
        form.add_error(None, str(error))
        return None
    if form.decision == ON_SITE_AND_NEXT:
        return redirect(f"{reverse('suggestions:visit_create')}?after={visit.pk}")
    said = f"已登记，{visit.get_outcome_display()}。" if is_new else "这条已经登记过，没有重复登记。"
    messages.success(request, said)
    return redirect(visit)


def _just_recorded(request: HttpRequest, user: User) -> Visit | None:
    """The visit that 「保存并再登记」 has written, for its session to go on."""
    key = number_in(request.GET.get("after", ""))
    return None if key is None else Visit.objects.visible_to(user).filter(recorded_by=user, pk=key).first()


def _same_session(before: Visit | None) -> dict[str, Any]:
    """Studio, representative, day and method stay; the person who comes next is another."""
    if before is None:
        return {}
    return {
        "studio": before.studio_id,
        "representative": before.representative_id,
        "received_on": before.received_on,
        "method": before.method,
    }


@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What the visitor is told: the number, or that it comes; and the way on for the liaison."""
    user = signed_in(request)
    case = visible_case(user, pk)
    context = {"case": case, "may_record": can_record_visits(user)}
    return render(request, "suggestions/receipt.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A suggestion from a visit (`?visit=`), or from scratch by a liaison or a representative."""
    user = signed_in(request)
    visit = _visit(request, user)
    if visit is not None and (case := Suggestion.objects.filter(visit=visit).first()):
        messages.info(request, "这条接访记录已经转为建议。")
        return redirect(case)
    authors = _representatives(user, visit)
    if not authors:
        raise PermissionDenied("建议由工作室联络员或党代表填写。")
    carried = _carried_over(visit) if visit else {"appointment": request.GET.get("appointment")}
    initial = carried | typed_before_login(request)
    gatherings = Appointment.objects.none() if visit else recent_gatherings(user)
    form = SuggestionForm(request.POST or None, representatives=authors, gatherings=gatherings, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _open(request, user, form, visit)
    context: dict[str, Any] = {
        "form": form,
        "visit": visit,
        "lines": [],
        "conflict": "",
        "back_url": visit or "suggestions:list",
    }
    return render(request, "suggestions/suggestion_form.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, user: User, form: SuggestionForm, visit: Visit | None) -> HttpResponse:
    representative = form.cleaned_data["representative"]
    own = studios_recorded_by(user).filter(representatives=representative).first()
    case = services.open_suggestion(
        matter=form.matter,
        visitor=form.visitor,
        representative=representative,
        studio=visit.studio if visit else own or representative.studios.first(),
        actor=user,
        visit=visit,
        appointment=visit.appointment if visit else form.cleaned_data.get("appointment"),
    )
    return _maybe_submit(request, user, case)


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a draft or a returned case, and submit it if asked."""
    user = signed_in(request)
    case = visible_case(user, pk)
    if not can_take(user, case, Verb.SUBMIT):
        raise PermissionDenied("只有填写人可以在提交前或退回补充后修改。")
    authors = Representative.objects.filter(pk=case.representative_id)
    initial = _written(case) | typed_before_login(request)
    form = SuggestionForm(request.POST or None, representatives=authors, initial=initial)
    context: dict[str, Any] = {"form": form, "visit": None, "lines": [], "conflict": "", "back_url": case}
    if request.method == "POST" and form.is_valid():
        try:
            services.update_suggestion(
                suggestion=case,
                matter=form.matter,
                visitor=form.visitor,
                actor=user,
                version=form.cleaned_data["version"] or 0,
            )
        except ConflictError as error:
            newest = request.POST.copy()
            newest["version"] = str(Suggestion.objects.get(pk=pk).version)
            context |= {"form": SuggestionForm(newest, representatives=authors), "conflict": str(error)}
            return render(request, "suggestions/suggestion_form.html", context, status=409)
        return _maybe_submit(request, user, case)
    return render(request, "suggestions/suggestion_form.html", context, status=422 if form.errors else 200)


def _maybe_submit(request: HttpRequest, user: User, case: Suggestion) -> HttpResponse:
    if request.POST.get("decision") != "submit":
        messages.success(request, "已存为草稿。")
        return redirect(case)
    try:
        services.submit_suggestion(suggestion=case, actor=user)
    except StepError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已提交给{case.delegation}，受理后发编号。")
    return redirect(case)


def _visit(request: HttpRequest, user: User) -> Visit | None:
    key = request.GET.get("visit", "")
    if not key:
        return None
    return get_object_or_404(Visit.objects.visible_to(user).select_related("studio", "appointment"), pk=number_in(key))


def _representatives(user: User, visit: Visit | None) -> Any:
    """Whose suggestion it may be: the one who received the visit; else those of the studios, or oneself."""
    studios = studios_recorded_by(user)
    if visit is not None:
        allowed = visit.representative.user_id == user.pk or studios.filter(pk=visit.studio_id).exists()
        receiver = Representative.objects.filter(pk=visit.representative_id)
        return receiver if allowed else receiver.none()
    own = Representative.objects.active().filter(user=user)
    return (own | Representative.objects.active().filter(studios__in=studios)).distinct().order_by("name")


def _carried_over(visit: Visit) -> dict[str, Any]:
    return {
        "title": title_of(visit.matter),
        "content": content_of(visit.matter, visit.answer),
        "category": visit.category,
        "visitor_name": visit.visitor_name,
        "visitor_phone": visit.visitor_phone,
        "visitor_unit": visit.visitor_unit,
    }


def _written(case: Suggestion) -> dict[str, Any]:
    person = next(iter(case.petitioners.all()), None)
    fields = ("title", "content", "category", "level", "releases_contact", "version")
    shown = {name: getattr(case, name) for name in fields}
    if person is not None:
        shown |= {"visitor_name": person.name, "visitor_phone": person.phone, "visitor_unit": person.unit}
    return shown
