"""Inspections: choosing a studio, the one screen of a phone, what was found, and the history of a studio."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from studios.forms.inspection import InspectionForm
from studios.inspection_lists import inspections, shown, studios_to_inspect
from studios.inspection_records import open_by_code, shown_results
from studios.models import Inspection, Rectification, Studio
from studios.permissions_inspections import can_inspect, can_inspect_somewhere, can_read_inspections
from studios.sections import sections
from studios.services.checklists import ensure_checklist
from studios.services.inspections import InspectionError, record_inspection


def reader(request: HttpRequest) -> User:
    """The user, if they read inspections at all."""
    user = signed_in(request)
    if not can_read_inspections(user):
        raise PermissionDenied("检查和整改供工作室联络员、代表队办公室、党联办和领导查看。")
    return user


@require_GET
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Inspections of the studios the user runs or reads, newest first."""
    user = reader(request)
    found = inspections(user, request.GET)
    page = keyset_page(found.rows.select_related("studio__delegation"), request.GET, order="-inspected_on")
    context = {
        "found": found,
        "page": page,
        "may_inspect": can_inspect_somewhere(user),
        "sections": sections(user, "studios:inspection_list"),
    }
    return render(request, "studios/inspection_list.html", context)


@require_GET
def inspection_create(request: HttpRequest) -> HttpResponse:
    """Which studio is to be inspected."""
    user = signed_in(request)
    if not can_inspect_somewhere(user):
        raise PermissionDenied("检查由工作室联络员、代表队办公室和党联办登记。")
    found = studios_to_inspect(user, request.GET)
    page = keyset_page(found.rows.select_related("delegation"), request.GET, order="code")
    return render(request, "studios/inspection_choose.html", {"found": found, "page": page})


@require_http_methods(["GET", "POST"])
def inspect(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection of one studio."""
    user = signed_in(request)
    studio = get_object_or_404(Studio.objects.worked_in_by(user).select_related("delegation", "county"), pk=pk)
    if not can_inspect(user, studio):
        raise PermissionDenied("检查由本工作室联络员、代表队办公室和党联办登记；已撤销的工作室不再检查。")
    template = ensure_checklist(studio.county)
    initial = {"inspected_on": timezone.localdate()} | typed_before_login(request)
    given: dict[str, Any] = {"template": template, "waiting": open_by_code(studio), "initial": initial}
    form = InspectionForm(request.POST or None, request.FILES or None, **given)
    if request.method == "POST" and form.is_valid():
        inspection = _recorded(request, user, studio, form)
        if inspection is not None:
            return redirect(inspection)
    context = {"form": form, "studio": studio, "template": template}
    return render(request, "studios/inspect.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, user: User, studio: Studio, form: InspectionForm) -> Inspection | None:
    """The inspection, or None when the service refused it and the form says why."""
    data: dict[str, Any] = {name: form.cleaned_data[name] for name in ("inspected_on", "note", "submission_key")}
    try:
        inspection, is_new = record_inspection(
            studio=studio, template=form.template, results=form.results, actor=user, **data
        )
    except InspectionError as error:
        form.refuse(str(error), error.code)
        return None
    opened = Rectification.objects.visible_to(user).filter(opened_by__inspection=inspection).count()
    more = f"新开整改 {opened} 项，到期前会提醒。" if opened else ""
    messages.success(request, f"检查已登记。{more}" if is_new else "这次检查已经登记过，没有重复登记。")
    return inspection


@require_GET
def inspection_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one look found, item by item, with photos."""
    user = signed_in(request)
    related = ("studio__delegation", "inspector", "template")
    inspection = get_object_or_404(Inspection.objects.visible_to(user).select_related(*related), pk=pk)
    context = {
        "inspection": inspection,
        "results": shown_results(inspection, timezone.localdate()),
        "may_inspect": can_inspect(user, inspection.studio),
    }
    return render(request, "studios/inspection_detail.html", context)


@require_GET
def inspection_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be mended in one studio, and every look at it."""
    user, today = signed_in(request), timezone.localdate()
    studio = get_object_or_404(Studio.objects.worked_in_by(user).with_compliance().select_related("delegation"), pk=pk)
    mending = Rectification.objects.open().filter(studio=studio).select_related("opened_by__item")
    rows = Inspection.objects.visible_to(user).filter(studio=studio).with_fails().select_related("inspector")
    context = {
        "studio": studio,
        "mending": shown(mending, today),
        "page": keyset_page(rows, request.GET, order="-inspected_on"),
        "may_inspect": can_inspect(user, studio),
    }
    return render(request, "studios/inspection_history.html", context)
