"""Who was expected and who came: the list, its rates, the matrix of a quarter, and the sheet of each."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.conditions import conditions_of
from accounts.enums import AuditAction
from accounts.export_reasons import reason_to_export
from accounts.paging import keyset_page
from accounts.services import home_county, record_audit
from accounts.session import signed_in
from appointments.attendance_sheets import attendance_sheet, count_of
from appointments.forms.filters import ATTENDANCE_VIEWS, MatrixForm
from appointments.lists import attendance_basis, attendances
from appointments.matrix import LEGEND, Matrix, home_delegation, matrix_of, quarters
from appointments.permissions import can_export_attendance, takes_attendance
from appointments.quarters import Quarter
from appointments.rates import turnout
from appointments.turnouts import delegation_lines, narrowed_query, person_page, query_of
from sheets.response import download

RELATED = ("appointment__studio", "appointment__delegation", "representative")


@require_GET
def attendance_list(request: HttpRequest) -> HttpResponse:
    """Seats with what became of them, or (`by`) the rates of delegations or representatives."""
    user, today, query = signed_in(request), timezone.localdate(), request.GET
    found = attendances(user, query)
    basis, by = attendance_basis(user, found), found.form.cleaned_data.get("by")
    context = {
        "found": found,
        "by": by,
        "page": None,
        "views": [(f"?{query_of(query)}&by={key}", label, key == (by or "")) for key, label in ATTENDANCE_VIEWS],
        "turnout": turnout(basis, found.narrowing.as_of if found.narrowing else today),
        "query": narrowed_query(query, found.narrowing),
        "export_query": query.urlencode(),
        "may_export": can_export_attendance(user),
        "may_take": takes_attendance(user),
    }
    if by == "delegation":
        context["lines"] = delegation_lines(basis, query, today)
    elif by == "representative":
        context["page"], context["lines"] = person_page(basis, query, today)
    else:
        context["page"] = keyset_page(found.rows.select_related(*RELATED), query)
    return render(request, "appointments/attendance_list.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The view on screen as a sheet, on record. Above 1,000 rows it asks for a reason first."""
    user = signed_in(request)
    if not can_export_attendance(user):
        raise PermissionDenied("导出供领导、党联办和代表队办公室使用。")
    found = attendances(user, request.GET)
    basis = attendance_basis(user, found)
    count, back = count_of(found, basis), (reverse("appointments:attendance_list"), "到岗情况")
    reason, page = reason_to_export(request, count=count, what="行到岗情况", back=back)
    if page:
        return page
    terms = [
        ("导出人", str(user)),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("视图", found.heading),
        *conditions_of(found.form, {"measure", "person"}),
        *([("导出事由", reason)] if reason else []),
    ]
    detail = "；".join(f"{name}：{text}" for name, text in terms[2:])
    record_audit(
        action=AuditAction.EXPORT, actor=user, subject=f"到岗情况 {count} 行", detail=detail, county=home_county(user)
    )
    return download(attendance_sheet(found, basis, request.GET, terms), found.label)


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Representatives × duty days of a quarter, for one delegation."""
    user, today = signed_in(request), timezone.localdate()
    home = home_delegation(user)
    start = {"delegation": home.pk if home else "", "quarter": Quarter.of(today).key}
    asked = {name: request.GET.get(name) or value for name, value in start.items()}
    form = MatrixForm(asked, user=user, quarters=[(item.key, item.label) for item in quarters(today)])
    form.is_valid()
    town = form.cleaned_data.get("delegation", home)
    quarter = Quarter.named(form.cleaned_data.get("quarter", "")) or Quarter.of(today)
    shown = matrix_of(user, town, quarter, today) if town else Matrix([], [])
    context = {"form": form, "matrix": shown, "legend": LEGEND, "town": town, "quarter": quarter.key}
    return render(request, "appointments/attendance_matrix.html", context)
