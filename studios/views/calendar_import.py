"""A year's holidays by paste or by workbook: look at what would change, then confirm all of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.resume import typed_before_login
from accounts.services import record_audit
from accounts.session import signed_in
from sheets.response import download
from studios.calendar_checks import warnings
from studios.calendar_crosscheck import disagreements
from studios.calendar_days import DayChange, changed, count_words, fingerprint
from studios.calendar_sheet import calendar_export, calendar_template
from studios.forms.calendar import CalendarImportForm, YearForm
from studios.models import CalendarChange, CalendarYear
from studios.services.calendar_changes import (
    CalendarError,
    announce_year,
    planned_changes,
    standing_entries,
)
from studios.views.calendar import changer

SOURCE = "国务院办公厅关于{year}年部分节假日安排的通知"


@dataclass(frozen=True)
class Preview:
    """What a text would change beside what stands, and what to look at again."""

    rows: list[DayChange]
    doubts: list[str]
    second_opinion: list[str]
    unused: list[str]
    seen: str

    @property
    def summary(self) -> str:
        """新增 3 天、删去 1 天; "" for no change."""
        return count_words(self.rows)


@require_http_methods(["GET", "POST"])
def calendar_import(request: HttpRequest) -> HttpResponse:
    """The text, then its preview, then (`step=confirm`) the year is written."""
    user, county = changer(request)
    if request.method == "GET":
        return render(request, "studios/calendar_import.html", {"form": _blank(request)})
    form = CalendarImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "studios/calendar_import.html", {"form": form}, status=422)
    step = request.POST.get("step")
    if step == "edit":
        return render(request, "studios/calendar_import.html", {"form": form})
    if step == "confirm" and (change := _confirmed(form, user, county)):
        messages.success(request, f"已{change.summary}。")
        return redirect(change)
    context = {"form": form, "preview": _preview(form), "year": form.cleaned_data["year"]}
    return render(request, "studios/calendar_preview.html", context, status=422 if form.errors else 200)


@require_GET
def calendar_template_sheet(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    changer(request)
    return download(calendar_template(), "办公日历导入模板")


@require_GET
def calendar_export_sheet(request: HttpRequest) -> HttpResponse:
    """The days of a year (`?year=`) as a workbook that can be imported again."""
    user, form = signed_in(request), YearForm(request.GET)
    year = (form.cleaned_data["year"] if form.is_valid() else None) or timezone.localdate().year
    terms = [("导出人", str(user)), ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}")]
    record_audit(action=AuditAction.EXPORT, actor=user, subject=f"办公日历 {year}年")
    return download(calendar_export(year, standing_entries(year).items(), terms), f"{year}年办公日历")


def _blank(request: HttpRequest) -> CalendarImportForm:
    """The next year that waits, or the one asked for."""
    asked, today = YearForm(request.GET), timezone.localdate()
    year = (asked.cleaned_data["year"] if asked.is_valid() else None) or CalendarYear.objects.awaited(today)
    year = year or today.year
    return CalendarImportForm(initial={"year": year, "source": SOURCE.format(year=year)} | typed_before_login(request))


def _preview(form: CalendarImportForm) -> Preview:
    year, days = form.cleaned_data["year"], form.reading.days
    rows = planned_changes(year, days)
    return Preview(
        rows,
        warnings(form.reading, year),
        disagreements(year, days),
        form.reading.unused,
        fingerprint(changed(rows)),
    )


def _confirmed(form: CalendarImportForm, user: User, county: Organization) -> CalendarChange | None:
    """The change, written; None after telling the form why it is not."""
    asked = form.cleaned_data
    if warnings(form.reading, asked["year"]) and not asked["checked"]:
        form.add_error("checked", "请先逐条核对上面的提醒，再勾选确认")
        return None
    try:
        return announce_year(
            year=asked["year"],
            days=form.reading.days,
            source=asked["source"],
            actor=user,
            county=county,
            seen=asked["seen"],
        )
    except CalendarError as error:
        form.add_error(None, str(error))
    return None
