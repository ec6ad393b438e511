"""值班设置: the numbers a county rosters by, from a day on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import Organization
from accounts.session import signed_in
from appointments.forms.rosters import DutyPolicyForm
from appointments.models import DutyPolicy
from appointments.permissions import can_set_duty_rules
from appointments.services.duty_policies import set_duty_policy
from appointments.services.rosters.errors import RosterError
from studios.models import StudioStandard


@require_http_methods(["GET", "POST"])
def duty_settings(request: HttpRequest) -> HttpResponse:
    """What counts now, what counted before, and a form for what is to count next."""
    user, today = signed_in(request), timezone.localdate()
    county = Organization.objects.counties().visible_to(user).order_by("code").first()
    if county is None or not can_set_duty_rules(user, county):
        raise PermissionDenied("值班设置由党联办修改。")
    current = DutyPolicy.objects.in_force(county, today)
    form = DutyPolicyForm(request.POST or None, initial=DutyPolicyForm.initial_of(current, today))
    if request.method == "POST" and form.is_valid():
        try:
            policy = set_duty_policy(county=county, actor=user, **form.cleaned_data)
        except RosterError as error:
            form.add_error("effective_from", str(error))
        else:
            messages.success(request, f"已保存，自{policy.effective_from:%Y-%m-%d}起按新的设置。")
            return redirect("appointments:duty_settings")
    context = {
        "form": form,
        "current": current,
        "policies": DutyPolicy.objects.visible_to(user).filter(county=county),
        "standard": StudioStandard.objects.in_force(county, today),
        "today": today,
    }
    return render(request, "appointments/duty_settings.html", context, status=422 if form.errors else 200)
