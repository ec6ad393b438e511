"""The register of visits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.masking import mask_name, mask_phone
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.revealing import Identity, Matter, reveal_page
from accounts.session import signed_in
from appointments.enums import VisitOutcome
from appointments.forms.visit import PhotosForm, VisitEditForm
from appointments.lists import kept_visits, visits
from appointments.models import Visit
from appointments.permissions import (
    can_correct_visit,
    can_print_blanks,
    can_record_visits,
    can_see_visitor,
    can_set_phrases,
)
from appointments.services import VisitError, add_photos, reveal_visitor, update_visit
from appointments.visit_changes import masked_changes
from uploads.enums import MAX_PHOTOS


@require_GET
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits of the studios the user runs or reads."""
    user = signed_in(request)
    found = visits(user, request.GET)
    rows = found.rows.select_related("studio", "representative")
    page = keyset_page(rows, request.GET, order="-received_on")
    context = {
        "found": found,
        "page": page,
        "kept": kept_visits(user, request.GET),
        "may_record": can_record_visits(user),
        "may_print": can_print_blanks(user),
        "may_set_phrases": can_set_phrases(user),
    }
    return render(request, "appointments/visit_list.html", context)


@require_GET
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit, the visitor masked, and who corrected what."""
    user = signed_in(request)
    related = ("studio", "representative", "appointment", "recorded_by", "suggestion")
    visit = get_object_or_404(Visit.objects.visible_to(user).select_related(*related), pk=pk)
    may_tend = can_correct_visit(user, visit)
    photos = list(visit.photos.all())
    is_known = bool(visit.visitor_name or visit.visitor_phone)
    context = {
        "visit": visit,
        "visitor": mask_name(visit.visitor_name),
        "phone": mask_phone(visit.visitor_phone),
        "case": getattr(visit, "suggestion", None),
        "photos": photos,
        "changes": masked_changes(visit),
        "may_reveal": is_known and can_see_visitor(user, visit),
        "may_correct": may_tend and visit.outcome != VisitOutcome.TO_SUGGESTION,
        "may_add_photos": may_tend and len(photos) < MAX_PHOTOS,
        "may_turn": may_tend or visit.representative.user_id == user.pk,
    }
    return render(request, "appointments/visit_detail.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def visit_reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks why; POST shows name and phone once, after the audit entry is written."""
    user = signed_in(request)
    visit = get_object_or_404(
        Visit.objects.visible_to(user).select_related("county", "studio", "representative"), pk=pk
    )
    if not can_see_visitor(user, visit):
        raise PermissionDenied("来访人身份由接访的工作室、所在代表队和党联办查看。")

    def show(reason: str) -> list[Identity]:
        reveal_visitor(visit=visit, actor=user, reason=reason)
        return [Identity(visit.visitor_name, visit.visitor_phone, visit.visitor_unit)]

    address, listed = visit.get_absolute_url(), reverse("appointments:visit_list")
    return reveal_page(request, Matter(str(visit), address, "回到接访记录", listed, "接访登记簿"), show)


@require_http_methods(["GET", "POST"])
def visit_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Photos that come later."""
    user = signed_in(request)
    visit = get_object_or_404(Visit.objects.visible_to(user), pk=pk)
    if not can_correct_visit(user, visit):
        raise PermissionDenied("照片由本工作室的联络员补充。")
    form = PhotosForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            add_photos(visit=visit, photos=form.cleaned_data["photos"], actor=user)
        except VisitError as error:
            form.add_error("photos", str(error))
        else:
            messages.success(request, "照片已补充。")
            return redirect(visit)
    status = 422 if form.errors else 200
    return render(request, "appointments/visit_photos.html", {"form": form, "visit": visit}, status=status)


@require_http_methods(["GET", "POST"])
def visit_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written down."""
    user = signed_in(request)
    visit = get_object_or_404(Visit.objects.visible_to(user), pk=pk)
    if not can_correct_visit(user, visit):
        raise PermissionDenied("只有本工作室的联络员可以修改接访记录。")
    form = VisitEditForm(request.POST or None, visit=visit, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            update_visit(visit=visit, entry=form.entry, actor=user)
        except VisitError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已修改。")
            return redirect(visit)
    return render(
        request, "appointments/visit_edit.html", {"form": form, "visit": visit}, status=422 if form.errors else 200
    )
