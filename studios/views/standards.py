"""What the county asks of its studios: today, from later days on, and before."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization
from accounts.resume import typed_before_login
from accounts.session import signed_in
from studios.clocks import words
from studios.forms.standard import StandardForm
from studios.models import StudioStandard
from studios.permissions_calendar import can_set_standard, county_set_by
from studios.permissions_inspections import can_read_inspections
from studios.services.standards import StandardError, set_standard


@require_GET
def standard_list(request: HttpRequest) -> HttpResponse:
    """Every version of the user's county, the newest first, and the one in force."""
    user, today = signed_in(request), timezone.localdate()
    if not can_read_inspections(user):
        raise PermissionDenied("工作室标准供联络员、代表队办公室、党联办和领导查看。")
    county = Organization.objects.counties().visible_to(user).order_by("code").first()
    if county is None:
        raise Http404
    versions = StudioStandard.objects.visible_to(user).filter(county=county).order_by("-effective_from")
    context = {
        "current": StudioStandard.objects.in_force(county, today),
        "versions": versions,
        "today": today,
        "may_set": can_set_standard(user),
    }
    return render(request, "studios/standard_list.html", context)


@require_http_methods(["GET", "POST"])
def standard_create(request: HttpRequest) -> HttpResponse:
    """The next version, from a day on."""
    user = signed_in(request)
    county = county_set_by(user)
    if county is None:
        raise PermissionDenied("工作室标准由党联办设置。")
    today = timezone.localdate()
    initial = model_to_dict(StudioStandard.objects.in_force(county, today)) | {"effective_from": today}
    form = StandardForm(request.POST or None, initial=initial | typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["effective_from"]
        try:
            set_standard(county=county, effective_from=day, demands=form.demands, actor=user)
        except StandardError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"已设置，{words(day)}起生效。")
            return redirect("studios:standards")
    return render(request, "studios/standard_form.html", {"form": form}, status=422 if form.errors else 200)
