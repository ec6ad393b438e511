"""Choose representatives, print their contact cards."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.addresses import public_address
from accounts.models import User
from accounts.paging import keyset_page
from accounts.session import signed_in
from representatives.cards import LIMIT, cards_of, chosen_cards, found_cards, sheets_of
from representatives.permissions import can_print_cards, can_read_dossier


def printer(request: HttpRequest) -> User:
    """The user, if cards are theirs to print. Raises PermissionDenied otherwise."""
    user = signed_in(request)
    if not can_print_cards(user):
        raise PermissionDenied("联系卡由党联办、代表队办公室和工作室联络员打印。")
    return user


@require_GET
def card_list(request: HttpRequest) -> HttpResponse:
    """Whose cards: conditions, a box to tick for each, and all that are found at once."""
    user = printer(request)
    found = found_cards(user, request.GET)
    rows = found.people.select_related("delegation").prefetch_related("studios")
    page = keyset_page(rows, request.GET, order="certificate_no")
    count = found.people.count()
    context = {
        "form": found.form,
        "page": page,
        "rows": [(person, can_read_dossier(user, person)) for person in page.rows],
        "count": count,
        "limit": LIMIT,
        "print_all": _print_all(request) if found.form.is_valid() and 0 < count <= LIMIT else "",
    }
    return render(request, "representatives/card_list.html", context)


@require_GET
def cards_print(request: HttpRequest) -> HttpResponse:
    """Ten cards to a sheet, for those ticked (`rep`) or all the conditions find (`all`); at most 500 at once."""
    people = chosen_cards(printer(request), request.GET)
    count = people.count()
    is_too_many = count > LIMIT
    cards = [] if is_too_many else cards_of(people, lambda pk: _address(request, pk), timezone.localdate())
    context = {"sheets": sheets_of(cards), "count": count, "limit": LIMIT, "is_too_many": is_too_many}
    return render(request, "representatives/card_sheets.html", context, status=422 if is_too_many else 200)


def _address(request: HttpRequest, pk: int) -> str:
    return public_address(request, reverse("portal:representative", args=[pk]))


def _print_all(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query["all"] = "1"
    return f"{reverse('representatives:cards_print')}?{query.urlencode()}"
