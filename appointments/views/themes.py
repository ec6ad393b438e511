"""主题约见: months with their themes, planning an event, its page, and every change of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.forms.themes import (
    AttendanceForm,
    HeldForm,
    InviteFields,
    MoveForm,
    ReasonForm,
    ThemeForm,
    TopicForm,
)
from appointments.models import Appointment, MonthlyTheme
from appointments.permissions import can_arrange
from appointments.permissions_themes import can_plan, can_read_topics, can_set_themes, counties_themed_by
from appointments.services import themes as services
from appointments.services.themes import EventPlan, TopicError
from appointments.topics import event_file, topic_list, visible_event


def refuse(form: Form, error: Any) -> None:
    """Show a sentence of a service at the field it is about."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """The latest months with their themes, and all events, the newest first."""
    user = signed_in(request)
    if not can_read_topics(user):
        raise PermissionDenied("主题约见供工作室联络员、代表队办公室、党联办和领导查看。")
    found = topic_list(user, request.GET)
    context = {
        "found": found,
        "page": keyset_page(found.rows, request.GET, order="-held_on"),
        "may_plan": can_plan(user),
        "may_set": can_set_themes(user),
    }
    return render(request, "appointments/topic_list.html", context)


@require_http_methods(["GET", "POST"])
def theme_create(request: HttpRequest) -> HttpResponse:
    """拟定月度主题."""
    user = signed_in(request)
    if not can_set_themes(user):
        raise PermissionDenied("月度主题由党联办拟定。")
    return _theme_page(request, user, None)


@require_http_methods(["GET", "POST"])
def theme_update(request: HttpRequest, pk: int) -> HttpResponse:
    """修改月度主题."""
    user = signed_in(request)
    theme = get_object_or_404(MonthlyTheme.objects.visible_to(user), pk=pk)
    if not counties_themed_by(user).filter(pk=theme.county_id).exists():
        raise PermissionDenied("月度主题由党联办拟定。")
    return _theme_page(request, user, theme)


def _theme_page(request: HttpRequest, user: User, theme: MonthlyTheme | None) -> HttpResponse:
    shown = {name: getattr(theme, name) for name in ("county", "month", "title", "background")} if theme else {}
    initial = {"month": timezone.localdate()} | shown | typed_before_login(request)
    form = ThemeForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_theme(theme=theme, actor=user, **form.cleaned_data)
        except TopicError as error:
            refuse(form, error)
        else:
            messages.success(request, "月度主题已保存。")
            return redirect("appointments:topic_list")
    context = {"form": form, "theme": theme}
    return render(request, "appointments/theme_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def topic_create(request: HttpRequest) -> HttpResponse:
    """新建活动; 「查找」 is a button of the same form, so that nothing typed is lost."""
    user = signed_in(request)
    if not can_plan(user):
        raise PermissionDenied("主题约见由党联办和代表队办公室安排。")
    form = TopicForm(request.POST or None, user=user, initial=typed_before_login(request))
    if request.method == "POST" and not form.is_search and form.is_valid():
        data = form.cleaned_data
        try:
            event, busy = services.plan_event(
                plan=form.plan, delegation=data["delegation"], invited=list(data["invited"]), actor=user
            )
        except TopicError as error:
            refuse(form, error)
        else:
            return _planned(request, event, busy, "活动已安排，受邀代表会收到提醒。")
    return render(request, "appointments/topic_form.html", {"form": form}, status=422 if form.errors else 200)


def _planned(request: HttpRequest, event: Appointment, busy: list[str], sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    for why in busy:
        messages.warning(request, why)
    return redirect("appointments:topic_detail", event.pk)


@require_GET
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: facts, those invited, 走访, questionnaires, findings."""
    user = signed_in(request)
    return _event_page(request, user, visible_event(user, pk))


def _event_page(request: HttpRequest, user: User, event: Appointment, **forms: Form) -> HttpResponse:
    """The page of `event`; a form that was refused stands open on it."""
    shown = {
        "event": event,
        "file": event_file(event, user, timezone.localdate()),
        "held_form": HeldForm(initial={"headcount": event.headcount}),
        "cancel_form": ReasonForm(),
    } | forms
    return render(request, "appointments/topic_detail.html", shown, status=422 if forms else 200)


def arranged_event(request: HttpRequest, pk: int) -> tuple[User, Appointment]:
    """The user and an event that is theirs to change. Raises PermissionDenied for those who only read it."""
    user = signed_in(request)
    event = visible_event(user, pk)
    if not can_arrange(user, event.delegation):
        raise PermissionDenied("活动由党联办和主办代表队办公室安排。")
    return user, event


@require_http_methods(["GET", "POST"])
def topic_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, hour, place or theme."""
    user, event = arranged_event(request, pk)
    shown = {name: getattr(event, name) for name in EventPlan.__dataclass_fields__}
    initial = shown | typed_before_login(request)
    form = MoveForm(request.POST or None, user=user, around=event.held_on, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.move_event(
                event=event, plan=form.plan, reason=data["reason"], excuse_busy=data["excuse_busy"], actor=user
            )
        except TopicError as error:
            refuse(form, error)
        else:
            return _planned(request, event, [], "活动已变更，受邀代表会收到提醒。")
    context = {"form": form, "event": event}
    return render(request, "appointments/topic_move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def topic_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """More people for an event that is planned."""
    user, event = arranged_event(request, pk)
    form = InviteFields(request.POST or None, user=user)
    if request.method == "POST" and not form.is_search and form.is_valid():
        try:
            busy = services.invite(event=event, people=form.cleaned_data["invited"], actor=user)
        except TopicError as error:
            refuse(form, error)
        else:
            return _planned(request, event, busy, "已邀请，代表会收到提醒。")
    context = {"form": form, "event": event}
    return render(request, "appointments/topic_invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def topic_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """到岗, 请假, 缺勤 for everybody in one form."""
    user, event = arranged_event(request, pk)
    file = event_file(event, user, timezone.localdate())
    form = AttendanceForm(request.POST or None, seats=file.seats)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_attendance(event=event, statuses=form.statuses, actor=user)
        except TopicError as error:
            refuse(form, error)
        else:
            return _planned(request, event, [], "到岗情况已登记。")
    context = {"form": form, "event": event}
    return render(request, "appointments/topic_attendance.html", context, status=422 if form.errors else 200)


@require_POST
def topic_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    user, event = arranged_event(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.cancel_event(event=event, reason=form.cleaned_data["reason"], actor=user)
        except TopicError as error:
            refuse(form, error)
        else:
            return _planned(request, event, [], "活动已取消，受邀代表会收到提醒。")
    return _event_page(request, user, event, cancel_form=form)


@require_POST
def topic_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was held, with how many people."""
    user, event = arranged_event(request, pk)
    form = HeldForm(request.POST)
    if form.is_valid():
        try:
            services.hold_event(event=event, headcount=form.cleaned_data["headcount"], actor=user)
        except TopicError as error:
            refuse(form, error)
        else:
            return _planned(request, event, [], "已登记举行。")
    return _event_page(request, user, event, held_form=form)
