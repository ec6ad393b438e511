"""The ratings behind a figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from studios.periods import period_of
from suggestions.measures import EVALUATION_MEASURES
from suggestions.models import Evaluation


@require_GET
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """Exactly the ratings a measure counts in a period."""
    key = request.GET.get("measure", "evaluated")
    if key not in EVALUATION_MEASURES:
        raise Http404
    label, measure = EVALUATION_MEASURES[key]
    period, form = period_of(request.GET, timezone.localdate())
    ratings = measure(Evaluation.objects.visible_to(signed_in(request)), period.first, period.last)
    rows = ratings.select_related("suggestion").prefetch_related("suggestion__assignments__unit")
    page = keyset_page(rows, request.GET)
    context = {"page": page, "label": label, "period": period, "form": form}
    return render(request, "suggestions/evaluation_list.html", context)
