"""通报 and 年鉴 on screen, on paper and as Word; the words of the office."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.resume import typed_before_login
from accounts.services import record_audit
from reports.bulletin.issue import bulletin_of
from reports.bulletin.paper import Paper
from reports.bulletin.reach import Reach, places_of
from reports.bulletin.terms import MONTH, QUARTER, YEAR, Term, offered
from reports.bulletin.word import paper_docx
from reports.bulletin.yearbook import yearbook_of
from reports.forms.bulletins import BulletinTextForm
from reports.models import BulletinText
from reports.permissions import can_write_bulletin
from reports.rows import Rows
from reports.services.bulletins import StaleTextError, save_bulletin_text
from reports.views.board import reader
from sheets.response import download_word

SHOWN_ROWS = 50


@dataclass(frozen=True)
class Asked:
    """Who asks for which paper of which place."""

    user: User
    place: Organization
    places: list[Organization]
    term: Term
    today: date

    @property
    def query(self) -> str:
        """The same paper again, in an address."""
        name = "year" if self.term.months == YEAR else "period"
        return urlencode({name: self.term.key, "place": str(self.place.pk)})

    @property
    def reach(self) -> Reach:
        return Reach(Rows.visible_to(self.user), self.place)


@require_GET
def bulletin(request: HttpRequest) -> HttpResponse:
    """The bulletin of `?period=2026Q3` or 2026-09, every number linked; without a question the last quarter over."""
    asked = _bulletin_asked(request)
    quarter, month = (Term.around(min(asked.term.last, asked.today), months) for months in (QUARTER, MONTH))
    context = _screen(asked, _bulletin(asked)) | {
        "kinds": [(quarter, "季度通报"), (month, "月度通报")],
        "may_write": can_write_bulletin(asked.user, asked.place),
    }
    return render(request, "reports/bulletin.html", context)


@require_GET
def bulletin_print(request: HttpRequest) -> HttpResponse:
    """The same on A4."""
    asked = _bulletin_asked(request)
    return _printed(request, asked, _bulletin(asked), "reports:bulletin")


@require_GET
def bulletin_word(request: HttpRequest) -> HttpResponse:
    """The same as Word, on record."""
    asked = _bulletin_asked(request)
    return _word(asked, _bulletin(asked), "通报")


@require_http_methods(["GET", "POST"])
def bulletin_edit(request: HttpRequest) -> HttpResponse:
    """The words of the office in this bulletin."""
    asked = _bulletin_asked(request)
    if not can_write_bulletin(asked.user, asked.place):
        raise PermissionDenied("通报文字由党联办填写。")
    text = BulletinText.objects.of(asked.place, asked.term.key)
    text = text or BulletinText(place=asked.place, period=asked.term.key)
    form = BulletinTextForm(request.POST or None, instance=text, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            save_bulletin_text(text=form.instance, label=asked.term.label, actor=asked.user)
        except StaleTextError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已保存{asked.term.label}通报的文字。")
            return redirect(f"{reverse('reports:bulletin')}?{asked.query}")
    context = {"form": form, "asked": asked}
    return render(request, "reports/bulletin_form.html", context, status=422 if form.errors else 200)


@require_GET
def yearbook(request: HttpRequest) -> HttpResponse:
    """The year book of `?year=2026`, every number linked; long tables show their beginning."""
    asked = _yearbook_asked(request)
    return render(request, "reports/yearbook.html", _screen(asked, yearbook_of(asked.reach, asked.term, asked.today)))


@require_GET
def yearbook_print(request: HttpRequest) -> HttpResponse:
    """The same on A4, with contents and whole tables."""
    asked = _yearbook_asked(request)
    return _printed(request, asked, yearbook_of(asked.reach, asked.term, asked.today), "reports:yearbook")


@require_GET
def yearbook_word(request: HttpRequest) -> HttpResponse:
    """The same as Word, on record."""
    asked = _yearbook_asked(request)
    return _word(asked, yearbook_of(asked.reach, asked.term, asked.today), "年鉴")


def _bulletin_asked(request: HttpRequest) -> Asked:
    today = timezone.localdate()
    term = Term.named(request.GET.get("period", "")) if request.GET.get("period") else None
    if term is None or term.months == YEAR or term.first > today:
        term = Term.around(today, QUARTER).moved(-1)
    return _asked(request, term, today)


def _yearbook_asked(request: HttpRequest) -> Asked:
    today = timezone.localdate()
    term = Term.named(request.GET.get("year", ""))
    if term is None or term.months != YEAR or term.first > today:
        term = Term.around(today, YEAR)
    return _asked(request, term, today)


def _asked(request: HttpRequest, term: Term, today: date) -> Asked:
    """Raises PermissionDenied for who reads no statistics, Http404 for a place out of reach."""
    user = reader(request)
    places = places_of(user)
    key = request.GET.get("place", "")
    place = next((row for row in places if str(row.pk) == key), None) if key else next(iter(places), None)
    if place is None:
        raise Http404(key)
    return Asked(user, place, places, term, today)


def _bulletin(asked: Asked) -> Paper:
    text = BulletinText.objects.visible_to(asked.user).of(asked.place, asked.term.key)
    return bulletin_of(asked.reach, asked.term, text, asked.today)


def _screen(asked: Asked, paper: Paper) -> dict[str, object]:
    return {"asked": asked, "paper": paper, "terms": offered(asked.term, asked.today), "shown_rows": f":{SHOWN_ROWS}"}


def _printed(request: HttpRequest, asked: Asked, paper: Paper, back: str) -> HttpResponse:
    links = {"back_url": f"{reverse(back)}?{asked.query}", "word_url": f"{reverse(f'{back}_word')}?{asked.query}"}
    context = {"paper": paper, **links}
    return render(request, "reports/bulletin_print.html", context)


def _word(asked: Asked, paper: Paper, kind: str) -> HttpResponse:
    content = paper_docx(paper)
    name = f"{asked.place.short_name}{asked.term.label}"
    record_audit(
        action=AuditAction.EXPORT, actor=asked.user, subject=kind, detail=f"{name}，Word", county=asked.place.county
    )
    return download_word(content, f"{kind}_{name}")
