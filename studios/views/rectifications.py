"""整改: the list, and the letter that asks for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from studios.inspection_lists import rectifications, shown, tabs
from studios.inspection_records import registration_sheet
from studios.models import Rectification, Studio
from studios.sections import sections
from studios.views.inspections import reader


@require_GET
def rectification_list(request: HttpRequest) -> HttpResponse:
    """What is to be mended, overdue, or mended."""
    user, today = reader(request), timezone.localdate()
    found, view = rectifications(user, request.GET, today)
    page = keyset_page(found.rows, request.GET, order=view.order)
    context = {
        "found": found,
        "view": view,
        "page": page,
        "shown": shown(page.rows, today),
        "tabs": tabs(user, view, today),
        "sections": sections(user, "studios:rectification_list"),
    }
    return render(request, "studios/rectification_list.html", context)


@require_GET
def rectification_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The 整改通知 of the inspection that opened it: everything that look asks to be mended."""
    user = signed_in(request)
    related = ("studio__delegation", "studio__county", "opened_by__inspection")
    asked = get_object_or_404(Rectification.objects.visible_to(user).select_related(*related), pk=pk)
    inspection = asked.opened_by.inspection
    together = Rectification.objects.visible_to(user).filter(opened_by__inspection=inspection)
    rows = together.select_related("opened_by__item").order_by("opened_by__item__position")
    context = {"studio": asked.studio, "inspection": inspection, "rows": rows, "due_on": asked.due_on}
    return render(request, "studios/rectification_notice.html", context)


@require_GET
def registration_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The 建设情况登记表 of one studio."""
    user = signed_in(request)
    studios = Studio.objects.worked_in_by(user).select_related("delegation", "county")
    studio = get_object_or_404(studios.prefetch_related("liaisons"), pk=pk)
    context = {"studio": studio, "sheet": registration_sheet(studio), "today": timezone.localdate()}
    return render(request, "studios/registration_form.html", context)
