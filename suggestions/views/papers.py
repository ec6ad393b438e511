"""建议意见表 on paper and as Word, blank and filled."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.session import signed_in
from appointments.papers.form import Paper
from appointments.papers.pages import address_of, paper_file, paper_page
from appointments.views.visit_papers import studio_for_blank
from suggestions.casefile import visible_case
from suggestions.models import Suggestion
from suggestions.papers import blank_suggestion_paper, suggestion_paper
from suggestions.permissions import can_reveal
from suggestions.views.documents import is_told_in_full


@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """An empty form for a day without network or power."""
    studio = studio_for_blank(request)
    word = f"{reverse('suggestions:blank_word')}?{request.GET.urlencode()}"
    links = {"back_url": reverse("suggestions:list"), "back_label": "返回建议", "word_url": word}
    return paper_page(request, blank_suggestion_paper(studio, address_of(request, studio)), **links)


@require_GET
def blank_word(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    studio = studio_for_blank(request)
    return paper_file(blank_suggestion_paper(studio, address_of(request, studio)), "建议意见表（空白）")


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """As written down: GET masked; POST with names and phones, which writes an audit entry."""
    case, sheet = _filled(request, pk)
    links = {
        "back_url": case.get_absolute_url(),
        "back_label": "返回这件建议",
        "word_url": reverse("suggestions:paper_word", args=[pk]),
        "may_fill_in": request.method == "GET" and can_reveal(signed_in(request), case),
    }
    return paper_page(request, sheet, **links)


@never_cache
@require_http_methods(["GET", "POST"])
def paper_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    case, sheet = _filled(request, pk)
    return paper_file(sheet, f"建议意见表_{case.number or case.pk}")


def _filled(request: HttpRequest, pk: int) -> tuple[Suggestion, Paper]:
    case = visible_case(signed_in(request), pk)
    is_full = is_told_in_full(request, case, "建议意见表")
    return case, suggestion_paper(case, address_of(request, case.studio), is_full=is_full)
