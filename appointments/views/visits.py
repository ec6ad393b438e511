"""The register of visits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.masking import mask_name, mask_phone
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.enums import VisitOutcome
from appointments.forms.visit import VisitEditForm
from appointments.lists import visits
from appointments.models import Visit
from appointments.permissions import can_correct_visit, can_record_visits
from appointments.services import VisitError, update_visit


@require_GET
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits of the studios the user runs or reads."""
    user = signed_in(request)
    found = visits(user, request.GET)
    rows = found.rows.select_related("studio", "representative")
    page = keyset_page(rows, request.GET, order="-received_on")
    context = {"found": found, "page": page, "may_record": can_record_visits(user)}
    return render(request, "appointments/visit_list.html", context)


@require_GET
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit, the visitor masked."""
    user = signed_in(request)
    related = ("studio", "representative", "appointment", "recorded_by", "suggestion")
    visit = get_object_or_404(Visit.objects.visible_to(user).select_related(*related), pk=pk)
    may_turn = can_correct_visit(user, visit) or visit.representative.user_id == user.pk
    context = {
        "visit": visit,
        "visitor": mask_name(visit.visitor_name),
        "phone": mask_phone(visit.visitor_phone),
        "case": getattr(visit, "suggestion", None),
        "may_correct": can_correct_visit(user, visit) and visit.outcome != VisitOutcome.TO_SUGGESTION,
        "may_turn": may_turn,
    }
    return render(request, "appointments/visit_detail.html", context)


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
