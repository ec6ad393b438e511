"""接访登记表 on paper and as Word, blank and filled."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.numbers import number_in
from accounts.session import signed_in
from appointments.models import Visit
from appointments.papers.form import Paper
from appointments.papers.pages import address_of, paper_file, paper_page
from appointments.papers.visit import blank_visit_paper, visit_paper
from appointments.permissions import can_print_blanks, can_see_visitor
from appointments.services import reveal_visitor
from studios.models import Studio

RELATED = ("county", "studio", "representative", "appointment")
REFUSED = "来访人身份由接访的工作室、所在代表队和党联办查看。"


def studio_for_blank(request: HttpRequest) -> Studio | None:
    """The studio that a blank form is for: `?studio=`, else the only one of a liaison. Raises Http404 for others'."""
    user = signed_in(request)
    if not can_print_blanks(user):
        raise PermissionDenied("空白表由工作室联络员、代表队办公室和党联办打印。")
    studios = Studio.objects.worked_in_by(user).select_related("county")
    key = request.GET.get("studio", "")
    if not key:
        own = list(studios[:2])
        return own[0] if len(own) == 1 else None
    return get_object_or_404(studios, pk=number_in(key))


@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """An empty form for a day without network or power."""
    studio = studio_for_blank(request)
    word = f"{reverse('appointments:visit_blank_word')}?{request.GET.urlencode()}"
    links = {"back_url": reverse("appointments:visit_list"), "back_label": "返回登记簿", "word_url": word}
    return paper_page(request, blank_visit_paper(studio, address_of(request, studio)), **links)


@require_GET
def blank_word(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    studio = studio_for_blank(request)
    return paper_file(blank_visit_paper(studio, address_of(request, studio)), "接访登记表（空白）")


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """As recorded: GET masked; POST with name and phone, which writes an audit entry."""
    visit, sheet = _filled(request, pk)
    is_masked = request.method == "GET" and bool(visit.visitor_name or visit.visitor_phone)
    links = {
        "back_url": visit.get_absolute_url(),
        "back_label": "返回接访记录",
        "word_url": reverse("appointments:visit_paper_word", args=[pk]),
        "may_fill_in": is_masked and can_see_visitor(signed_in(request), visit),
    }
    return paper_page(request, sheet, **links)


@never_cache
@require_http_methods(["GET", "POST"])
def paper_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    visit, sheet = _filled(request, pk)
    return paper_file(sheet, f"接访登记表_{visit.received_on:%Y%m%d}_{visit.pk}")


def _filled(request: HttpRequest, pk: int) -> tuple[Visit, Paper]:
    user = signed_in(request)
    visit = get_object_or_404(Visit.objects.visible_to(user).select_related(*RELATED), pk=pk)
    is_full = request.method == "POST"
    if is_full:
        if not can_see_visitor(user, visit):
            raise PermissionDenied(REFUSED)
        reveal_visitor(visit=visit, actor=user, reason="打印接访登记表")
    return visit, visit_paper(visit, address_of(request, visit.studio), is_full=is_full)
