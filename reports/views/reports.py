"""统计报表: the shelf of reports, and each of them on screen, on paper, and as an official sheet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.enums import AuditAction
from accounts.models import User
from accounts.services import home_county, record_audit
from reports.collective import summary
from reports.official.building import statistic
from reports.official.catalogue import COLLECTIVE, LATE, REPORTS
from reports.official.late_cases import late_cases
from reports.official.question import Question, period_asked, question_of
from reports.official.sheet import report_sheet
from reports.official.table import Table
from reports.rows import Rows
from reports.views.board import reader
from sheets.response import download
from studios.periods import with_last
from suggestions.documents.people import office_of

PREVIEWED = 300
"""So many lines a page shows; the print view and the sheet have them all."""


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What each report answers; the period chosen here goes with every link."""
    reader(request)
    today = timezone.localdate()
    period, form, asked = period_asked(request.GET, today, "all")
    labels = {preset.key: preset.label for preset in with_last(today)}
    cards = [(report, period.label if asked else labels[report.period]) for report in REPORTS.values()]
    context = {"cards": cards, "period": period, "form": form, "asked": asked, "presets": with_last(today)}
    return render(request, "reports/index.html", context)


@require_GET
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """The preview: the very table that is exported, every number linked to its rows."""
    user, question, forms = _asked(request, kind)
    table = _table(user, question)
    context = forms | _context(user, question, table) | {"presets": with_last(question.today)}
    context |= {"lines": table.lines[:PREVIEWED], "is_cut": len(table.lines) > PREVIEWED}
    return render(request, "reports/report.html", context)


@require_GET
def report_print(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table on A4 landscape."""
    user, question, _forms = _asked(request, kind)
    context = _context(user, question, _table(user, question)) | {"office": _office(user)}
    return render(request, "reports/report_print.html", context)


@require_GET
def report_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table as an official sheet, on record."""
    user, question, _forms = _asked(request, kind)
    table = _table(user, question)
    record_audit(
        action=AuditAction.EXPORT,
        actor=user,
        subject=question.report.title,
        detail="，".join(filter(None, (table.period, question.grouping.label, question.version.label))),
        county=home_county(user),
    )
    name = f"{question.report.name}_{question.period.first}_{question.period.last}"
    return download(report_sheet(table, _office(user)), name)


def _asked(request: HttpRequest, kind: str) -> tuple[User, Question, dict[str, Any]]:
    """Who asks what, and the forms they filled in. Raises Http404 for a report that does not exist."""
    user = reader(request)
    if kind not in REPORTS:
        raise Http404(kind)
    question, form, period_form = question_of(user, REPORTS[kind], request.GET, timezone.localdate())
    return user, question, {"choices": form, "form": period_form}


def _table(user: User, question: Question) -> Table:
    return late_cases(user, question) if question.report is LATE else statistic(user, question)


def _context(user: User, question: Question, table: Table) -> dict[str, Any]:
    is_collective = question.report is COLLECTIVE
    told = summary(Rows.visible_to(user), question.span, question.fixed) if is_collective else None
    return {"question": question, "period": question.period, "table": table, "summary": told}


def _office(user: User) -> str:
    """Who fills the sheet in: the liaison office of the user's county, as it signs papers."""
    county = home_county(user)
    return office_of(county) if county else "党代表联络工作办公室"
