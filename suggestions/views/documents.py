"""交办单, 答复函, 征询意见表 and the notices of supervision: on an A4 page and as Word."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.session import signed_in
from appointments.papers.form import Paper
from appointments.papers.pages import paper_page
from sheets.response import download_word
from suggestions import services
from suggestions.answers import Answer
from suggestions.casefile import visible_case
from suggestions.documents.catalogue import LETTER, PAPERS, CasePaper, answer_for, letter_links
from suggestions.documents.letter import Letter
from suggestions.documents.notice import notice_letter, notice_title
from suggestions.documents.word import docx_of, letter_docx
from suggestions.models import Suggestion
from suggestions.permissions import can_reveal, can_see_petitioner
from suggestions.services.identity import KEPT_BACK
from suggestions.views.supervision import visible_notice


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One paper of a case: GET masked; POST with names and phones, which writes an audit entry. 404 before its time."""
    case, kind, answer, sheet = _filled(request, pk, key)
    links = {
        "back_url": case.get_absolute_url(),
        "back_label": "返回这件建议",
        "word_url": _address(request, f"{kind.url_name}_word", pk),
        "may_fill_in": request.method == "GET" and can_reveal(signed_in(request), case),
    }
    if isinstance(sheet, Paper):
        return paper_page(request, sheet, **links)
    letters = letter_links(case, kind.url_name)
    current = answer.label if answer else ""
    return render(
        request, "suggestions/letter.html", {"letter": sheet, "letters": letters, "current": current, **links}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The same as a file."""
    case, kind, answer, sheet = _filled(request, pk, key)
    unit = f"_{answer.unit.short_name}" if answer and answer.is_part else ""
    return download_word(docx_of(sheet), f"{kind.label}_{case.number}{unit}")


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """催办通知单, 督办通知单 or 挂牌督办通知单."""
    found = visible_notice(request, pk)
    links = {
        "back_url": found.get_absolute_url(),
        "back_label": "返回这件建议",
        "word_url": reverse("suggestions:notice_word", args=[pk]),
        "may_fill_in": False,
    }
    return render(request, "suggestions/letter.html", {"letter": notice_letter(found), "letters": [], **links})


@require_GET
def notice_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    found = visible_notice(request, pk)
    return download_word(letter_docx(notice_letter(found)), f"{notice_title(found)}_{found.suggestion.number}")


def is_told_in_full(request: HttpRequest, case: Suggestion, what: str) -> bool:
    """Whether the paper `what` names people in full: by POST, put on record here. Raises PermissionDenied."""
    if request.method != "POST":
        return False
    user = signed_in(request)
    if not can_see_petitioner(user, case):
        raise PermissionDenied(KEPT_BACK)
    services.reveal_petitioners(suggestion=case, actor=user, reason=f"打印{what}")
    return True


def _filled(request: HttpRequest, pk: int, key: str) -> tuple[Suggestion, CasePaper, Answer | None, Paper | Letter]:
    """The paper, and of a letter the answer it is: `?reply=` names it, else it is the newest."""
    case, kind = visible_case(signed_in(request), pk), PAPERS[key]
    answer = answer_for(case, request.GET.get("reply", "")) if key == LETTER else None
    if not kind.is_ready(case) or (key == LETTER and answer is None):
        raise Http404(key)
    return case, kind, answer, kind.build(case, answer, is_told_in_full(request, case, kind.label))


def _address(request: HttpRequest, name: str, pk: int) -> str:
    """Where the same paper is, as something else."""
    query = request.GET.urlencode()
    return f"{reverse(name, args=[pk])}{'?' if query else ''}{query}"
