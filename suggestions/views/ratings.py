"""The ratings and the assignments behind a figure."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from studios.measures import Source, Span, counted_rows
from studios.narrowing import narrowing
from studios.periods import period_of
from suggestions.charge_measures import CHARGE_SOURCES
from suggestions.measures import RATINGS
from suggestions.models import Assignment, Evaluation
from suggestions.querysets import CaseRowQuerySet


@require_GET
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """Exactly the ratings a measure counts in a period."""
    ratings = Evaluation.objects.visible_to(signed_in(request)).select_related("suggestion")
    ratings = ratings.prefetch_related("suggestion__assignments__unit")
    return _behind(request, (RATINGS,), ratings, "suggestions/evaluation_list.html")


@require_GET
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Exactly the assignments a measure counts in a period."""
    charged = Assignment.objects.visible_to(signed_in(request)).select_related("suggestion", "unit")
    return _behind(request, CHARGE_SOURCES, charged, "suggestions/assignment_list.html")


def _behind(
    request: HttpRequest, sources: tuple[Source, ...], visible: CaseRowQuerySet[Any], template: str
) -> HttpResponse:
    today = timezone.localdate()
    period, _form = period_of(request.GET, today)
    found = counted_rows(sources, visible, request.GET, Span.of(period, today))
    page = keyset_page(found.rows, request.GET)
    narrowed = narrowing(found, signed_in(request), request.GET, None, today)
    return render(request, template, {"page": page, "narrowing": narrowed})
