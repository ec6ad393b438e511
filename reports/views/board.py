"""The board on one screen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.session import signed_in
from reports.figures import shown_figures
from reports.headline import headline
from reports.lateness import late_units
from reports.monthly import by_month
from reports.permissions import can_read_statistics
from reports.rows import Rows
from reports.table import table_of
from studios.measures import Span
from studios.periods import BEGINNING, period_of, presets, previous


def reader(request: HttpRequest) -> User:
    """The user, if statistics are theirs to read. Raises PermissionDenied otherwise."""
    user = signed_in(request)
    if not can_read_statistics(user):
        raise PermissionDenied("看板和统计供领导、党联办和代表队办公室查看。")
    return user


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The headline of a period with every number linked, who is late, the months, the delegations."""
    user, today = reader(request), timezone.localdate()
    period, form = period_of(request.GET, today)
    rows, span = Rows.visible_to(user), Span.of(period, today)
    before = None if period.first == BEGINNING else headline(rows, Span.of(previous(period), today))
    lines, total = table_of(user, span)
    months = by_month(rows, span)
    context = {
        "period": period,
        "form": form,
        "presets": presets(today),
        "figures": shown_figures(total, before, span),
        "late": late_units(user, today),
        "lines": lines,
        "total": total,
        "months": months,
        "chart": {"labels": [row.label for row in months], "accepted": [row.accepted for row in months]}
        | {"closed": [row.closed for row in months]},
    }
    return render(request, "reports/board.html", context)
