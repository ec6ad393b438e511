"""集中约见情况: the table on screen, on paper, and as an official sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.enums import AuditAction
from accounts.services import home_county, record_audit
from accounts.session import signed_in
from appointments.enums import Category
from appointments.quarters import Quarter, chosen
from reports.collective import Report, report
from reports.collective_sheet import collective_sheet
from reports.views.board import reader
from sheets.response import download


@require_GET
def collective(request: HttpRequest) -> HttpResponse:
    """The table of `?q=2026Q3`, every number linked to its list."""
    found, quarters = _report(request)
    context = {"report": found, "quarters": quarters, "category_labels": Category.labels}
    return render(request, "reports/collective.html", context)


@require_GET
def collective_print(request: HttpRequest) -> HttpResponse:
    """The same table on A4."""
    found, _quarters = _report(request)
    county = home_county(signed_in(request))
    context = {"report": found, "county": county, "today": timezone.localdate()}
    return render(request, "reports/collective_print.html", context)


@require_GET
def collective_export(request: HttpRequest) -> HttpResponse:
    """The same table as an official sheet, on record."""
    found, _quarters = _report(request)
    user = signed_in(request)
    county = home_county(user)
    subject = "集中约见情况统计表"
    record_audit(action=AuditAction.EXPORT, actor=user, subject=subject, detail=found.quarter.label, county=county)
    office = f"{county.short_name if county else ''}党代表联络工作办公室"
    return download(collective_sheet(found, office), f"集中约见情况_{found.quarter.label}")


def _report(request: HttpRequest) -> tuple[Report, list[Quarter]]:
    """The report asked for, and the quarters to choose from; without a question the last one that is over."""
    user = reader(request)
    today = timezone.localdate()
    quarter, quarters = chosen(request.GET.get("q", ""), Quarter.of(today).previous())
    return report(user, quarter, today), quarters
