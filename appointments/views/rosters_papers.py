"""A published roster on paper and as files."""

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.addresses import public_address
from accounts.enums import AuditAction
from accounts.services import record_audit
from accounts.session import signed_in
from appointments.models import Roster
from appointments.rosters.facts import Facts, load_facts
from appointments.rosters.grid import Grid, build_grid
from appointments.rosters.papers import duty_of, posters, roster_workbook
from appointments.rosters.word import roster_docx
from appointments.rosters.words import period_words
from appointments.views.rosters_scope import roster_seen
from sheets.response import download
from studios.services import load_calendar

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIZES = ("A4", "A3")


@require_GET
def roster_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole roster as A4 sheets."""
    roster = _published(request, pk)
    facts, grid = _read(roster)
    period = period_words(roster.first_on, roster.last_on)
    context = {"roster": roster, "grid": grid, "duty": duty_of(facts), "period": period}
    return render(request, "appointments/roster_print.html", context)


@require_GET
def roster_poster(request: HttpRequest, pk: int) -> HttpResponse:
    """Posters for the doors, A4 or A3 (`?size=`), of all studios or one (`?studio=`)."""
    roster = _published(request, pk)
    size = request.GET.get("size", "")
    found = posters(load_facts(roster), lambda studio: _address(request, studio))
    asked = request.GET.get("studio", "")
    context = {
        "roster": roster,
        "period": period_words(roster.first_on, roster.last_on),
        "size": size if size in SIZES else SIZES[0],
        "sizes": SIZES,
        "studios": list(dict.fromkeys(poster.studio for poster in found)),
        "asked": asked,
        "posters": [poster for poster in found if asked in {"", str(poster.studio.pk)}],
    }
    return render(request, "appointments/roster_poster.html", context)


@require_GET
def roster_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """值班表 as Excel, on record in the audit log."""
    roster = _published(request, pk)
    return download(roster_workbook(*_read(roster)), _recorded(request, roster, "Excel"))


@require_GET
def roster_word(request: HttpRequest, pk: int) -> HttpResponse:
    """值班表 as Word, on record in the audit log."""
    roster = _published(request, pk)
    content = roster_docx(*_read(roster), timezone.localdate())
    response = HttpResponse(content, content_type=DOCX)
    name = quote(f"{_recorded(request, roster, 'Word')}.docx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _published(request: HttpRequest, pk: int) -> Roster:
    roster = roster_seen(request, pk)
    if roster.is_draft:
        raise PermissionDenied("值班表发布后才能打印和下载。")
    return roster


def _read(roster: Roster) -> tuple[Facts, Grid]:
    facts = load_facts(roster)
    return facts, build_grid(facts, load_calendar(), timezone.localdate())


def _address(request: HttpRequest, pk: int) -> str:
    return public_address(request, reverse("portal:studio", args=[pk]))


def _recorded(request: HttpRequest, roster: Roster, form: str) -> str:
    """The name of the file; that it left is on record."""
    name = f"值班表_{roster.delegation.short_name}_{roster.first_on:%Y%m%d}-{roster.last_on:%Y%m%d}"
    record_audit(action=AuditAction.EXPORT, actor=signed_in(request), subject=name, detail=form, county=roster.county)
    return name
