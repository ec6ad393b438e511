"""集中约见: the quarter with its day and delegations, making the appointments, and who came where."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Organization, User
from accounts.session import signed_in
from appointments.collective import counties_of, lines_of, shown_day
from appointments.enums import AppointmentKind, AppointmentStatus
from appointments.forms.collective import CollectiveDayForm, GenerateForm, TurnoutForm
from appointments.models import Appointment
from appointments.permissions import can_arrange, can_read_collective, can_set_collective_day
from appointments.quarters import Quarter, chosen
from appointments.services.collective import (
    CollectiveError,
    generate_collective,
    record_turnout,
    set_collective_day,
)


@require_GET
def collective_list(request: HttpRequest) -> HttpResponse:
    """One quarter: its day, and every delegation with how far it is."""
    user = signed_in(request)
    if not can_read_collective(user):
        raise PermissionDenied("集中约见供党联办、代表队办公室和领导查看。")
    return _quarter_page(request, user, GenerateForm())


def _quarter_page(request: HttpRequest, user: User, form: GenerateForm) -> HttpResponse:
    asked = request.POST.get("q") or request.GET.get("q", "")
    quarter, quarters = chosen(asked, Quarter.of(timezone.localdate()))
    lines = lines_of(user, quarter)
    days = [shown_day(county, quarter) for county in counties_of(lines)]
    context = {
        "quarter": quarter,
        "quarters": quarters,
        "days": days,
        "lines": lines,
        "form": form,
        "may_arrange": any(line.may_arrange for line in lines),
        "may_set_day": any(can_set_collective_day(user, day.county) for day in days),
        "is_past": any(day.held_on < timezone.localdate() for day in days),
    }
    return render(request, "appointments/collective_list.html", context, status=422 if form.errors else 200)


@require_POST
def collective_generate(request: HttpRequest) -> HttpResponse:
    """Make the appointments of a quarter for every delegation the user arranges."""
    user = signed_in(request)
    own = list(Organization.objects.registered_by(user).active().select_related("county"))
    quarter = Quarter.named(request.POST.get("q", ""))
    if not own:
        raise PermissionDenied("集中约见由党联办和代表队办公室安排。")
    if quarter is None:
        raise Http404
    form = GenerateForm(request.POST)
    if form.is_valid():
        try:
            made = generate_collective(delegations=own, quarter=quarter, actor=user, **form.cleaned_data)
        except CollectiveError as error:
            form.add_error(error.field or None, str(error))
        else:
            away = f"，其中 {made.away} 人请假或当天已有安排，已注明" if made.away else ""
            said = f"已生成 {made.appointments} 场，列入 {made.seats} 人{away}。"
            messages.success(request, said if made.appointments or made.seats else "已经生成过，名单没有变化。")
            return redirect(f"{reverse('appointments:collective_list')}?q={quarter.key}")
    return _quarter_page(request, user, form)


@require_http_methods(["GET", "POST"])
def collective_day(request: HttpRequest) -> HttpResponse:
    """Another day for a quarter."""
    user = signed_in(request)
    quarter, _quarters = chosen(request.GET.get("q", ""), Quarter.of(timezone.localdate()))
    counties = Organization.objects.visible_to(user).counties()
    county = next((row for row in counties if can_set_collective_day(user, row)), None)
    if county is None:
        raise PermissionDenied("集中约见日由党联办设定。")
    day = shown_day(county, quarter)
    form = CollectiveDayForm(request.POST or None, initial={"held_on": day.held_on, "reason": day.reason})
    if request.method == "POST" and form.is_valid():
        try:
            row = set_collective_day(county=county, quarter=quarter, actor=user, **form.cleaned_data)
        except CollectiveError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"{quarter.label}的集中约见日已改为{row.held_on.month}月{row.held_on.day}日。")
            return redirect(f"{reverse('appointments:collective_list')}?q={quarter.key}")
    context = {"form": form, "quarter": quarter, "day": day}
    return render(request, "appointments/collective_day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def collective_turnout(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came where and met how many; read only for those who do not arrange it."""
    user, today = signed_in(request), timezone.localdate()
    visible = Appointment.objects.visible_to(user).of_kind(AppointmentKind.COLLECTIVE)
    meeting = get_object_or_404(visible.with_turnout().select_related("delegation"), pk=pk)
    may_arrange = can_arrange(user, meeting.delegation)
    if request.method == "POST" and not may_arrange:
        raise PermissionDenied("到岗情况由代表队办公室和党联办登记。")
    seats = meeting.attendances.counted().select_related("representative").order_by("place", "representative__pk")
    data = request.POST if request.method == "POST" else None
    form = TurnoutForm(data, seats, are_all_there=request.POST.get("decision") == "all_there")
    if data is not None and _save(request, meeting, form, user):
        return redirect("appointments:collective_turnout", pk)
    context = {
        "meeting": meeting,
        "turnout": form,
        "may_enter": may_arrange and meeting.held_on <= today and meeting.status != AppointmentStatus.CANCELLED,
        "may_collect": Appointment.objects.collected_by(user, today).filter(pk=pk).exists(),
        "quarter": Quarter.of(meeting.held_on),
    }
    status = 409 if form.stale else 422 if form.wrong or form.refusal else 200
    return render(request, "appointments/collective_turnout.html", context, status=status)


def _save(request: HttpRequest, meeting: Appointment, form: TurnoutForm, user: User) -> bool:
    """Whether everything is saved; else the form says what is not, and a message what is."""
    try:
        entered = record_turnout(meeting=meeting, entries=form.entries, actor=user)
    except CollectiveError as error:
        form.refusal = str(error)
        return False
    form.take_back(entered.stale)
    said = f"已保存 {entered.saved} 人的到岗情况。" if entered.saved else "没有新的改动。"
    is_done = not form.wrong and not form.stale
    if is_done or entered.saved:
        messages.success(request, said)
    return is_done
