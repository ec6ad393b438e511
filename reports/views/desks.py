"""工作台 and 我的: what waits for somebody today."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.enums import CASE_ROLES, OFFICE_ROLES, Role
from accounts.models import User
from accounts.paging import keyset_page
from accounts.session import signed_in
from appointments.models import Swap
from reports import desk as contents
from suggestions.lists import clocks_of
from suggestions.models import Suggestion
from suggestions.presentation import show_all


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """One desk for all roles somebody holds."""
    user, today = signed_in(request), timezone.localdate()
    works_on_cases = user.scope.has(*CASE_ROLES)
    context = {
        "today": today,
        "duties": contents.duties(user, today),
        "is_liaison": user.scope.has(Role.LIAISON),
        "works_on_cases": works_on_cases,
        "counters": _counters(user, today) if works_on_cases else [],
        "supervision_counters": contents.supervision_counters(user, today),
        "duty_counters": contents.duty_counters(user, today),
        "shown": contents.shown_work(user, today) if works_on_cases else [],
        "unconfirmed": contents.unconfirmed(user, today),
        "unannounced_year": contents.calendar_alarm(user),
        "has_role": bool(user.scope.roles),
    }
    return render(request, "reports/desk.html", context)


def _counters(user: User, today: date) -> list[contents.Counter]:
    takes = user.scope.has(*OFFICE_ROLES, Role.LIAISON)
    return [*(contents.booking_counters(user, timezone.now()) if takes else []), *contents.counters(user, today)]


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """The representative's next duty and own cases, those that wait for them first."""
    user, today = signed_in(request), timezone.localdate()
    if not user.scope.has(Role.REPRESENTATIVE):
        raise PermissionDenied("这一页供党代表使用。")
    own = Suggestion.objects.visible_to(user).filter(representative__user=user)
    waiting = own.filter(pk__in=Suggestion.objects.awaiting(user).values("pk"))
    clocks = clocks_of(user, today)
    page = keyset_page(own.with_list_related(), request.GET)
    context = {
        "duty": contents.own_duty(user, today),
        "offered": Swap.objects.offered_to(user, today).with_list_related()[: contents.SHOWN],
        "bookings": contents.booking_counters(user, timezone.now()),
        "waiting": show_all(waiting.with_list_related(), today, clocks),
        "page": page,
        "shown": show_all(page.rows, today, clocks),
    }
    return render(request, "reports/me.html", context)
