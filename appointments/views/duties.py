"""我的值班: a representative's own seats, and saying that one will come."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import Role
from accounts.models import User
from accounts.session import signed_in
from appointments.dutybook import coming_duties, past_duties
from appointments.models import Attendance, Leave, Swap
from appointments.services import confirm_duty
from appointments.swapping import NotYoursError, SwapError


@require_GET
def my_duty(request: HttpRequest) -> HttpResponse:
    """Coming seats of all kinds with what can be done about them; those of the year so far folded away."""
    user, today = representative_user(request), timezone.localdate()
    leaves = Leave.objects.filter(representative__user=user, last_on__gte=today)
    context = {
        "coming": coming_duties(user, today),
        "past": past_duties(user, today),
        "leaves": leaves.order_by("first_on"),
        "offered": Swap.objects.offered_to(user, today).count(),
        "year": today.year,
    }
    return render(request, "appointments/duty_list.html", context)


@require_POST
def duty_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """「确认值班」: one tap, from the list or from 我的."""
    user = signed_in(request)
    seat = get_object_or_404(Attendance.objects.visible_to(user), pk=pk)
    try:
        confirm_duty(seat=seat, actor=user)
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except SwapError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已确认，请按时到岗。")
    return redirect("appointments:my_duty" if user.scope.has(Role.REPRESENTATIVE) else "reports:desk")


def representative_user(request: HttpRequest) -> User:
    """The user of a page of one's own duties. Raises PermissionDenied for everybody but representatives."""
    user = signed_in(request)
    if not user.scope.has(Role.REPRESENTATIVE):
        raise PermissionDenied("这一页供党代表使用。")
    return user
