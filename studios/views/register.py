"""The register of studios: the list, one studio, registering and correcting it, its status."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.changes import changes_of
from accounts.models import Organization, User
from accounts.numbers import number_in
from accounts.paging import keyset_page
from accounts.session import signed_in
from studios.forms.equipment import DATALIST, OFFERED
from studios.forms.paper import StudioPaper, paper_of
from studios.forms.register import StartForm, StatusForm
from studios.lists import ORDER, filtered_studios
from studios.models import Studio
from studios.permissions import can_edit_studio, can_register_studios, can_tend_studio
from studios.presentation import show_all
from studios.record import StudioRecord, visible_studio
from studios.services.register import (
    StaleStudioError,
    StudioError,
    change_status,
    draft_studio,
    register_studio,
    update_studio,
    version_of,
)


@require_GET
def studio_list(request: HttpRequest) -> HttpResponse:
    """Studios of the user's counties with where they stand, 50 a page."""
    user = signed_in(request)
    found = filtered_studios(user, request.GET)
    page = keyset_page(found.studios.with_list_related(), request.GET, order=ORDER)
    context = {
        "form": found.form,
        "page": page,
        "shown": show_all(page.rows),
        "is_filtered": any(found.form.cleaned_data.values()),
        "may_register": can_register_studios(user),
    }
    return render(request, "studios/studio_list.html", context)


@require_GET
def studio_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One studio as staff see it."""
    user = signed_in(request)
    studio = visible_studio(user, pk, timezone.localdate())
    return _page(request, user, studio, StatusForm(studio=studio))


@require_POST
def studio_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare, open or close it; a refusal comes back on its page with everything typed."""
    user = signed_in(request)
    studio = visible_studio(user, pk, timezone.localdate())
    if not can_edit_studio(user, studio):
        raise PermissionDenied("工作室的状态由党联办和本代表队办公室变更。")
    form = StatusForm(request.POST, studio=studio)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            change = change_status(
                studio=studio, to=typed["to_status"], on=typed["on"], reason=typed["reason"], actor=user
            )
        except StudioError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"已改为“{change.get_to_status_display()}”。")
            return redirect(studio)
    return _page(request, user, studio, form)


@require_http_methods(["GET", "POST"])
def studio_create(request: HttpRequest) -> HttpResponse:
    """First the kind and the place (`?kind=&delegation=`), then the sheet of that kind."""
    user = signed_in(request)
    if not can_register_studios(user):
        raise PermissionDenied("工作室由党联办和代表队办公室登记。")
    places = Organization.objects.registered_by(user).active()
    start = StartForm(request.GET if "kind" in request.GET else None, places=places)
    if not start.is_valid():
        return render(request, "studios/studio_start.html", {"form": start}, status=422 if start.errors else 200)
    studio = draft_studio(**start.cleaned_data)
    paper = paper_of(request, studio, user)
    if paper.is_filled:
        status, place = paper.form.cleaned_data["status"], studio.delegation
        try:
            written = register_studio(kind=studio.kind, delegation=place, status=status, entry=paper.entry, actor=user)
        except StudioError as error:
            paper.refuse(error)
        else:
            messages.success(request, f"已登记{written}，编号 {written.code}。")
            return redirect(written)
    return _sheet(request, studio, paper)


@require_http_methods(["GET", "POST"])
def studio_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a studio: offices the whole sheet, its liaisons the short one."""
    user = signed_in(request)
    studio = visible_studio(user, pk, timezone.localdate())
    if not can_tend_studio(user, studio):
        raise PermissionDenied("工作室由党联办、本代表队办公室和本工作室的联络员修改。")
    paper, conflict = paper_of(request, studio, user), None
    if paper.is_filled:
        seen = number_in(request.POST.get("seen", "")) or 0
        try:
            update_studio(studio=studio, entry=paper.entry, seen=seen, actor=user)
        except StaleStudioError as error:
            conflict = error
        except StudioError as error:
            paper.refuse(error)
        else:
            messages.success(request, "已保存。")
            return redirect(studio)
    return _sheet(request, studio, paper, conflict)


def _sheet(
    request: HttpRequest, studio: Studio, paper: StudioPaper, conflict: StaleStudioError | None = None
) -> HttpResponse:
    paper.ask_for_the_photo_again()
    context = {
        "studio": studio,
        "paper": paper,
        "form": paper.form,
        "offered": OFFERED,
        "datalist": DATALIST,
        "seen": version_of(studio) if studio.pk else 0,
        "conflict": conflict,
        "changes": changes_of(studio)[:3] if conflict else [],
    }
    status = 409 if conflict else 422 if paper.has_errors else 200
    return render(request, "studios/studio_form.html", context, status=status)


def _page(request: HttpRequest, user: User, studio: Studio, form: StatusForm) -> HttpResponse:
    record = StudioRecord.of(studio, user, timezone.localdate())
    context = {"studio": studio, "record": record, "form": form}
    return render(request, "studios/studio_detail.html", context, status=422 if form.errors else 200)
