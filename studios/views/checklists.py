"""The county's checklist: what counts today, older versions, and the next one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization, User
from accounts.numbers import number_in
from studios.forms.checklist import ChecklistForm
from studios.inspection_records import earlier_versions
from studios.models import ChecklistTemplate
from studios.permissions_inspections import can_publish_checklist
from studios.sections import sections
from studios.services.checklists import ChecklistError, ensure_checklist, publish_checklist
from studios.views.inspections import reader


def _county(user: User) -> Organization:
    """The first county the user has a role in."""
    county = Organization.objects.counties().visible_to(user).order_by("code").first()
    if county is None:
        raise Http404
    return county


@require_GET
def checklist(request: HttpRequest) -> HttpResponse:
    """The version that counts, or an older one (`?version=`)."""
    user = reader(request)
    county = _county(user)
    current = ensure_checklist(county)
    asked = request.GET.get("version", "")
    shown = current
    if asked:
        versions = ChecklistTemplate.objects.visible_to(user).filter(county=county)
        shown = get_object_or_404(versions, version=number_in(asked))
    context = {
        "current": current,
        "template": shown,
        "versions": earlier_versions(current),
        "may_publish": can_publish_checklist(user, county),
        "sections": sections(user, "studios:checklist"),
    }
    return render(request, "studios/checklist.html", context)


@require_http_methods(["GET", "POST"])
def checklist_publish(request: HttpRequest) -> HttpResponse:
    """The next version: own items added, reworded or removed."""
    user = reader(request)
    county = _county(user)
    if not can_publish_checklist(user, county):
        raise PermissionDenied("检查表由党联办发布。")
    current = ensure_checklist(county)
    form = ChecklistForm(request.POST or None, template=current)
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["base_version"]
        try:
            published = publish_checklist(county=county, own=form.items, base_version=base, actor=user)
        except ChecklistError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已发布{published}，以后的检查按这一版。")
            return redirect("studios:checklist")
    context = {"form": form, "current": current}
    return render(request, "studios/checklist_form.html", context, status=422 if form.errors else 200)
