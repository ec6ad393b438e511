"""Who was expected and who came: the list, its rates, the matrix of a quarter, and the sheet of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from appointments.forms.filters import ATTENDANCE_VIEWS, MatrixForm
from appointments.lists import attendance_basis, attendances
from appointments.matrix import LEGEND, Matrix, home_delegation, matrix_of, quarters
from appointments.permissions import takes_attendance
from appointments.quarters import Quarter
from appointments.rates import turnout
from appointments.turnouts import delegation_lines, narrowed_query, person_page, query_of

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
