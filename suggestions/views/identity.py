"""Showing who the petitioner is, for a reason and on record."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.revealing import Identity, Matter, reveal_page
from accounts.session import signed_in
from suggestions import services
from suggestions.casefile import case_to_reveal
from suggestions.models import Suggestion
from suggestions.permissions import can_see_petitioner
from suggestions.services.identity import KEPT_BACK


@never_cache
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks why; POST shows names and phones once, after the audit entry is written."""
    user = signed_in(request)
    case = case_to_reveal(user, pk)
    if not can_see_petitioner(user, case):
        raise PermissionDenied(KEPT_BACK)

    def show(reason: str) -> list[Identity]:
        people = services.reveal_petitioners(suggestion=case, actor=user, reason=reason)
        return [Identity(person.name, person.phone, person.unit) for person in people]

    back = case if case.parent is None or Suggestion.objects.visible_to(user).contains(case) else case.parent
    matter = Matter(case.title, back.get_absolute_url(), "回到这件建议", reverse("suggestions:list"), "建议")
    return reveal_page(request, matter, show)
