"""请假 and 空缺: asking for days, deciding, and putting somebody into the gaps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import OFFICE_ROLES
from accounts.models import User
from accounts.numbers import number_in
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.dutylists import LEAVE_VIEWS, duty_sections, leaves_in, shown_gaps
from appointments.enums import AttendanceStatus, LeaveStatus
from appointments.forms.swaps import LeaveForm, NoteForm
from appointments.models import Attendance, Leave
from appointments.permissions import (
    can_act_for,
    can_arrange,
    can_ask_for_duties,
    can_decide_leave,
    can_fill,
    can_tend_duties,
)
from appointments.querysets import AttendanceQuerySet
from appointments.services import (
    ConflictError,
    LeaveError,
    approve_leave,
    fill_gap,
    refuse_leave,
    request_leave,
    withdraw_leave,
)
from appointments.swapping import NotYoursError, SwapError
from representatives.models import Representative

VERBS = frozenset({"approve", "refuse", "withdraw"})
CONFLICT, NOT_NOW = 409, 422


@require_GET
def leave_list(request: HttpRequest) -> HttpResponse:
    """Leave of the representatives somebody arranges or reads, what waits for a decision first."""
    user, today = signed_in(request), timezone.localdate()
    if not can_tend_duties(user):
        raise PermissionDenied("请假由代表队办公室审批，党代表请看“我的值班”。")
    rows, current = leaves_in(user, request.GET.get("view", ""), today)
    context = {
        "page": keyset_page(rows.select_related("representative__delegation"), request.GET),
        "views": LEAVE_VIEWS,
        "current": current,
        "sections": duty_sections("appointments:leave_list"),
        "may_ask": can_ask_for_duties(user),
    }
    return render(request, "appointments/leave_list.html", context)


@require_http_methods(["GET", "POST"])
def leave_create(request: HttpRequest) -> HttpResponse:
    """Ask for days: for oneself, or on behalf of a representative."""
    user = signed_in(request)
    if not can_ask_for_duties(user):
        raise PermissionDenied("请假由本人、联络员或代表队办公室提出。")
    form = LeaveForm(request.POST or None, user=user, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            leave = request_leave(actor=user, **form.cleaned_data)
        except LeaveError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, "已提交请假，等代表队审批。")
            return redirect(leave)
    return render(request, "appointments/leave_form.html", {"form": form}, status=NOT_NOW if form.errors else 200)


@require_GET
def leave_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One leave, the duties it touches, and what can be done."""
    user = signed_in(request)
    return _page(request, user, _leave(user, pk))


@require_POST
def leave_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, refuse or withdraw. 403: not yours; 409: decided meanwhile; 422: not possible, and why."""
    if verb not in VERBS:
        raise Http404(verb)
    user = signed_in(request)
    leave, form = _leave(user, pk), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, user, leave, form=form, status=NOT_NOW)
    try:
        done = _take(verb, leave, user, form.cleaned_data["note"])
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except ConflictError as error:
        return _page(request, user, _leave(user, pk), conflict=str(error), status=CONFLICT)
    except SwapError as error:
        return _page(request, user, leave, form=form, refusal=str(error), status=NOT_NOW)
    messages.success(request, done)
    return redirect(leave)


@require_GET
def gap_list(request: HttpRequest) -> HttpResponse:
    """Coming duties nobody keeps, each with colleagues who could."""
    user, today = signed_in(request), timezone.localdate()
    if not can_tend_duties(user):
        raise PermissionDenied("空缺由代表队办公室安排。")
    return _gap_page(request, user, gaps=Attendance.objects.visible_to(user).gaps(today))


@require_POST
def gap_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap puts a colleague into a gap. 409: filled meanwhile; 422: they cannot, and why."""
    user = signed_in(request)
    seat = get_object_or_404(Attendance.objects.visible_to(user).select_related("appointment__delegation"), pk=pk)
    if not can_fill(user, seat):
        raise PermissionDenied("空缺由代表队办公室和党联办安排。")
    people = Representative.objects.visible_to(user)
    person = get_object_or_404(people, pk=number_in(request.POST.get("representative", "")))
    gaps = Attendance.objects.visible_to(user).gaps(timezone.localdate())
    try:
        fill_gap(seat=seat, to=person, actor=user)
    except ConflictError as error:
        return _gap_page(request, user, gaps, refusal=str(error), status=CONFLICT)
    except SwapError as error:
        return _gap_page(request, user, gaps, refusal=str(error), status=NOT_NOW)
    messages.success(request, f"已由{person.name}接替，值班表已更新。")
    return redirect("appointments:gap_list")


def _gap_page(
    request: HttpRequest, user: User, gaps: AttendanceQuerySet, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "gaps": shown_gaps(gaps),
        "arranges": user.scope.has(*OFFICE_ROLES),
        "refusal": refusal,
        "sections": duty_sections("appointments:gap_list"),
    }
    return render(request, "appointments/gap_list.html", context, status=status)


def _take(verb: str, leave: Leave, user: User, note: str) -> str:
    """Take the step; returns what to say."""
    if verb == "withdraw":
        withdraw_leave(leave=leave, actor=user)
        return "已撤回请假，没有人接替的值班仍由本人值班。"
    if verb == "refuse":
        refuse_leave(leave=leave, actor=user, note=note)
        return "已答复不批准，并通知本人。"
    gaps = approve_leave(leave=leave, actor=user, note=note)
    return f"已批准。{gaps} 次值班空缺，请在下面选人接替。" if gaps else "已批准，这段时间没有值班。"


def _leave(user: User, pk: int) -> Leave:
    related = ("representative__delegation", "requested_by", "decided_by")
    return get_object_or_404(Leave.objects.visible_to(user).select_related(*related), pk=pk)


def _page(
    request: HttpRequest,
    user: User,
    leave: Leave,
    *,
    form: NoteForm | None = None,
    status: int = 200,
    refusal: str = "",
    conflict: str = "",
) -> HttpResponse:
    today, person = timezone.localdate(), leave.representative
    seats = Attendance.objects.filter(representative=person).between(leave.first_on, leave.last_on)
    is_standing = leave.status in {LeaveStatus.REQUESTED, LeaveStatus.APPROVED}
    touched = seats.filter(status=AttendanceStatus.EXPECTED, appointment__held_on__gte=today)
    context = {
        "leave": leave,
        "touched": touched.select_related("appointment__studio") if leave.status == LeaveStatus.REQUESTED else [],
        "gaps": shown_gaps(seats.gaps(today)) if leave.status == LeaveStatus.APPROVED else [],
        "may_fill": can_arrange(user, person.delegation),
        "may_decide": leave.status == LeaveStatus.REQUESTED and can_decide_leave(user, leave),
        "may_withdraw": is_standing and leave.first_on > today and can_act_for(user, person),
        "form": form or NoteForm(),
        "refusal": refusal,
        "conflict": conflict,
    }
    return render(request, "appointments/leave_detail.html", context, status=status)
