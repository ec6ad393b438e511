"""Who came: the day of a liaison, entries and corrections, the code of a session and checking in by it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.addresses import public_address
from accounts.models import User
from accounts.session import signed_in
from appointments.checkin import CodeError, code_of, meeting_of
from appointments.days import day_asked, sessions_on
from appointments.enums import AttendanceStatus
from appointments.forms.attendance import AttendanceForm, CoverForm
from appointments.models import Appointment, Attendance
from appointments.permissions import can_take_attendance, takes_attendance
from appointments.services import AttendanceError, correct_attendance, cover_seat, record_attendance
from appointments.services import check_in as write_check_in
from appointments.services.attendance import own_seat, why_not_now
from representatives.cards import QUIET_MODULES
from representatives.cards import code_of as qr_of
from representatives.models import Representative

REFUSED = "到岗由工作室联络员和代表队办公室登记。"
CONFLICT = 409


def _own(request: HttpRequest, pk: int) -> tuple[User, Attendance]:
    """The user and a seat whose attendance is theirs to take. 404 for unseen rows, 403 without the right."""
    user = signed_in(request)
    related = ("appointment__studio", "appointment__delegation", "representative")
    seat = get_object_or_404(Attendance.objects.visible_to(user).select_related(*related), pk=pk)
    if not can_take_attendance(user, seat.appointment):
        raise PermissionDenied(REFUSED)
    return user, seat


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Who is expected on a day (`?on=`, today without) at the sessions the user tends."""
    user = signed_in(request)
    if not takes_attendance(user):
        raise PermissionDenied(REFUSED)
    on, complaint = day_asked(request.GET, timezone.localdate())
    context = {"found": sessions_on(user, on, request.GET, timezone.now()), "complaint": complaint}
    return render(request, "appointments/attendance_day.html", context, status=422 if complaint else 200)


@require_POST
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """到岗, one tap; back to where it was tapped."""
    user, seat = _own(request, pk)
    try:
        record_attendance(seat=seat, status=AttendanceStatus.PRESENT, actor=user)
    except AttendanceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{seat.representative.name}已登记到岗。")
    return redirect(_back(request, seat))


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """请假, 缺勤, or a correction of what is written down, with a reason."""
    user, seat = _own(request, pk)
    form = AttendanceForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        write = correct_attendance if form.is_correction else record_attendance
        status, reason = AttendanceStatus(form.cleaned_data["status"]), form.cleaned_data["reason"]
        try:
            write(seat=seat, status=status, reason=reason, actor=user)
        except AttendanceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{seat.representative.name}的到岗情况已登记。")
            return redirect(seat.appointment)
    context = {"form": form, "seat": seat, "meeting": seat.appointment}
    return render(request, "appointments/attendance_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else came in place of the one missing."""
    user, seat = _own(request, pk)
    form = CoverForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            cover_seat(seat=seat, person=person, actor=user)
        except AttendanceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{person.name}代{seat.representative.name}到岗，已登记。")
            return redirect(seat.appointment)
    context = {"form": form, "seat": seat, "meeting": seat.appointment}
    return render(request, "appointments/attendance_cover.html", context, status=422 if form.errors else 200)


@require_GET
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of a session, to be shown on a phone or printed."""
    user = signed_in(request)
    rows = Appointment.objects.visible_to(user).select_related("studio", "delegation")
    meeting = get_object_or_404(rows, pk=pk)
    if not can_take_attendance(user, meeting):
        raise PermissionDenied("签到码由工作室联络员和代表队办公室出示。")
    address = public_address(request, reverse("appointments:check_in", args=[code_of(meeting)]))
    image = qr_of(address).svg_data_uri(border=QUIET_MODULES, omitsize=True)
    return render(request, "appointments/checkin_code.html", {"meeting": meeting, "image": image})


@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """What the code opens on a representative's phone: place, day, time, one button. Only the button writes."""
    user = signed_in(request)
    if not Representative.objects.filter(user=user).exists():
        raise PermissionDenied("签到供党代表使用。到岗可由工作室联络员登记。")
    try:
        meeting = meeting_of(code)
    except CodeError as error:
        return render(request, "appointments/checkin.html", {"meeting": None, "refusal": str(error)}, status=404)
    if request.method == "POST":
        try:
            write_check_in(meeting=meeting, actor=user)
        except AttendanceError as error:
            return _check_in_page(request, meeting, str(error), CONFLICT)
        messages.success(request, "签到成功。")
        return redirect(request.path)
    seat = own_seat(meeting, user)
    said = why_not_now(seat, timezone.now()) if seat else "这次约见的名单里没有您，不能签到。"
    return _check_in_page(request, meeting, said)


def _check_in_page(request: HttpRequest, meeting: Appointment, said: str, status: int = 200) -> HttpResponse:
    seat = own_seat(meeting, signed_in(request))
    is_done = seat is not None and seat.status == AttendanceStatus.PRESENT
    context = {"meeting": meeting, "refusal": "" if is_done and status == 200 else said, "seat": seat, "done": is_done}
    return render(request, "appointments/checkin.html", context, status=status)


def _back(request: HttpRequest, seat: Attendance) -> str:
    """Where it was tapped: the desk, the page of the session, or the day."""
    places = {"desk": reverse("reports:desk"), "session": seat.appointment.get_absolute_url()}
    on = f"{reverse('appointments:attendance_day')}?on={seat.appointment.held_on:%Y-%m-%d}"
    return places.get(request.POST.get("back", ""), on)
