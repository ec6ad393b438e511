"""指定约见: the list by session, writing one down, one booking with its lawful steps, and a representative's own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import AuditAction, Role
from accounts.masking import mask_name, mask_phone
from accounts.models import User
from accounts.numbers import number_in
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.services import record_audit
from accounts.session import signed_in
from appointments import booking_flow
from appointments.booking_flow import BookingError, Verb, WrongStateError
from appointments.booking_lists import TONES, shown, tabs, view_named
from appointments.enums import BookingState
from appointments.forms.bookings import BookingForm, MoveForm, ReasonForm
from appointments.models import Booking
from appointments.permissions import booking_parties, can_read_bookings, can_see_booker, can_take_bookings
from appointments.querysets import BookingQuerySet
from appointments.services import bookings as services
from appointments.slots import free_slots
from representatives.lists import named_like
from representatives.models import Representative
from studios.models import Studio

FORMS: dict[Verb, type[MoveForm] | type[ReasonForm]] = {
    Verb.MOVE: MoveForm,
    Verb.DECLINE: ReasonForm,
    Verb.CANCEL: ReasonForm,
}
DONE = {
    Verb.ACCEPT: "已确认，请联络员通知来访人。",
    Verb.MOVE: "已改期，请联络员通知来访人。",
    Verb.DECLINE: "已婉拒，请联络员转告来访人。",
    Verb.CANCEL: "已取消约见。",
    Verb.MISS: "已记为未到。",
}


@require_GET
def booking_list(request: HttpRequest) -> HttpResponse:
    """Bookings of the studios the user runs or reads, by session, the new ones first."""
    user = signed_in(request)
    if not can_read_bookings(user):
        raise PermissionDenied("指定约见供工作室联络员、代表队办公室、党联办和领导查看。")
    context = {"may_take": can_take_bookings(user), "is_own": False}
    return _list(request, Booking.objects.visible_to(user), context)


@require_GET
def my_bookings(request: HttpRequest) -> HttpResponse:
    """Who asks for the representative, and whom they are going to meet."""
    user = signed_in(request)
    if not user.scope.has(Role.REPRESENTATIVE):
        raise PermissionDenied("这一页供党代表使用。")
    own = Booking.objects.visible_to(user).filter(representative__user=user)
    return _list(request, own, {"may_take": False, "is_own": True})


def _list(request: HttpRequest, bookings: BookingQuerySet, context: dict[str, Any]) -> HttpResponse:
    view = view_named(request.GET.get("view", ""))
    rows = bookings.filter(state__in=view.states).select_related("studio", "representative")
    page = keyset_page(rows, request.GET, order=view.order)
    context |= {"view": view, "tabs": tabs(bookings, view), "page": page, "rows": shown(page.rows, timezone.now())}
    return render(request, "appointments/booking_list.html", context)


@require_http_methods(["GET", "POST"])
def booking_create(request: HttpRequest) -> HttpResponse:
    """登记约见: first whom (`?rep=`), then when and who comes."""
    user = signed_in(request)
    if not can_take_bookings(user):
        raise PermissionDenied("约见由工作室联络员、代表队办公室和党联办登记。")
    studios = Studio.objects.tended_by(user).active()
    people = Representative.objects.active().filter(studios__in=studios).distinct()
    key = request.GET.get("rep", "")
    if not key:
        return _choose(request, people)
    person = get_object_or_404(people, pk=number_in(key))
    return _write_down(request, user, person, studios.filter(representatives=person))


def _choose(request: HttpRequest, people: Any) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    found = people.filter(named_like(query)) if query else people
    page = keyset_page(found.select_related("delegation").prefetch_related("studios"), request.GET, order="name")
    return render(request, "appointments/booking_choose.html", {"page": page, "query": query})


def _write_down(request: HttpRequest, user: User, person: Representative, studios: Any) -> HttpResponse:
    now = timezone.localtime()
    slots = [slot for studio in studios for slot in free_slots(person, studio, now)]
    form = BookingForm(request.POST or None, studios=studios, slots=slots, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("studio", "submission_key")}
        try:
            booking, is_new = services.request_booking(request=form.request, representative=person, actor=user, **data)
        except BookingError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said = f"已登记，等{person.name}确认。" if is_new else "这个约见已经登记过，没有重复登记。"
            messages.success(request, said)
            return redirect(booking)
    context = {"form": form, "person": person}
    return render(request, "appointments/booking_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def booking_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking and its lawful steps."""
    user = signed_in(request)
    return _page(request, user, _booking(user, pk), {})


@never_cache
@require_POST
def booking_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step: accept, move, decline, cancel or miss."""
    user = signed_in(request)
    booking = _booking(user, pk)
    if verb not in STEPS:
        raise Http404(verb)
    step, kind = Verb(verb), FORMS.get(Verb(verb))
    form = kind(request.POST, auto_id=f"{step}_%s") if kind else None
    if form is not None and not form.is_valid():
        return _page(request, user, booking, {step: form}, status=422)
    try:
        STEPS[step](booking, user, form)
    except WrongStateError as error:
        newest = _booking(user, pk)
        who = newest.decided_by
        return _page(request, user, newest, {}, f"{who} 刚刚已处理：{error}" if who else str(error), 409)
    except booking_flow.NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except BookingError as error:
        if form is not None:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        return _page(request, user, booking, {step: form}, "" if form else str(error), 422)
    messages.success(request, DONE[step])
    return redirect(booking)


def _booking(user: User, pk: int) -> Booking:
    related = ("studio__delegation", "representative", "appointment", "visit", "recorded_by", "decided_by")
    return get_object_or_404(Booking.objects.visible_to(user).select_related(*related), pk=pk)


def _page(
    request: HttpRequest, user: User, booking: Booking, typed: dict[Verb, Any], refusal: str = "", status: int = 200
) -> HttpResponse:
    verbs = booking_flow.available(BookingState(booking.state), booking_parties(user, booking))
    is_due = timezone.localdate() >= booking.wanted_on
    context = _visitor(user, booking) | {
        "booking": booking,
        "tone": TONES[booking.state],
        "may_accept": Verb.ACCEPT in verbs,
        "may_keep": Verb.KEEP in verbs and is_due,
        "may_miss": Verb.MISS in verbs and is_due,
        "asked": [(verb, typed.get(verb) or _blank(verb, booking)) for verb in FORMS if verb in verbs],
        "form": next(iter(typed.values()), None),
        "refusal": refusal,
        "is_own": booking.representative.user_id == user.pk,
    }
    return render(request, "appointments/booking_detail.html", context, status=status)


def _blank(verb: Verb, booking: Booking) -> MoveForm | ReasonForm:
    time = {name: getattr(booking, name) for name in ("wanted_on", "starts_at", "ends_at")}
    return FORMS[verb](initial=time, auto_id=f"{verb}_%s")


def _visitor(user: User, booking: Booking) -> dict[str, str]:
    """Who comes: in clear for whoever has to call them, with an audit entry; masked for all others."""
    if not can_see_booker(user, booking):
        return {"visitor": mask_name(booking.visitor_name), "phone": mask_phone(booking.visitor_phone), "call": ""}
    record_audit(action=AuditAction.REVEAL, actor=user, subject=f"指定约见 #{booking.pk}", county=booking.county)
    return {"visitor": booking.visitor_name, "phone": booking.visitor_phone, "call": booking.visitor_phone}


STEPS: dict[str, Callable[[Booking, User, Any], Booking]] = {
    Verb.ACCEPT: lambda booking, user, _form: services.accept_booking(booking=booking, actor=user),
    Verb.MOVE: lambda booking, user, form: services.move_booking(
        booking=booking, when=form.when, reason=form.cleaned_data["reason"], actor=user
    ),
    Verb.DECLINE: lambda booking, user, form: services.decline_booking(
        booking=booking, reason=form.cleaned_data["reason"], actor=user
    ),
    Verb.CANCEL: lambda booking, user, form: services.cancel_booking(
        booking=booking, reason=form.cleaned_data["reason"], actor=user
    ),
    Verb.MISS: lambda booking, user, _form: services.miss_booking(booking=booking, actor=user),
}
