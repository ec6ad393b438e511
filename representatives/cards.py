"""联系卡: whose cards somebody prints, and what stands on one (domain.md §3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import segno
from django.db.models import Q
from django.http import QueryDict

from accounts.enums import Role
from accounts.models import User
from accounts.numbers import number_in
from accounts.pinyin import spelled_like
from representatives.forms.papers import CardFilterForm
from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet
from studios.models import Studio, StudioStandard

LIMIT = 500
PER_SHEET = 10
QUIET_MODULES = 4


class CardList(NamedTuple):
    """Those a query asks for, and the form that says what was wrong with it."""

    people: RepresentativeQuerySet
    form: CardFilterForm


@dataclass(frozen=True)
class Card:
    """What is printed about one person; `code` is the QR of `address` as the source of an image."""

    person: Representative
    studios: list[Studio]
    phone: str
    duty: str
    promise: str
    address: str
    code: str


def printable_for(user: User) -> RepresentativeQuerySet:
    """Active representatives whose cards `user` prints.

    County office: the county; delegation office: its own; liaison: those who meet people in the own studios.
    """
    scope = user.scope
    allowed = Q(county_id__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()))
    allowed |= Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE))
    if scope.has(Role.LIAISON):
        allowed |= Q(pk__in=_meeting_in(user.studios.values("pk")).values("pk"))
    return Representative.objects.visible_to(user).standing().active().filter(allowed)


def found_cards(user: User, query: QueryDict) -> CardList:
    """Keys: q, delegation, studio. A wrong one is explained by the form and left out."""
    people = printable_for(user)
    form = CardFilterForm(query, user=user, people=people)
    form.is_valid()
    asked = form.cleaned_data
    if text := asked.get("q"):
        people = people.filter(spelled_like(text))
    if town := asked.get("delegation"):
        people = people.filter(delegation=town)
    if studio := asked.get("studio"):
        people = people.filter(pk__in=_meeting_in([studio]).values("pk"))
    return CardList(people, form)


def chosen_cards(user: User, query: QueryDict) -> RepresentativeQuerySet:
    """With `all`, everybody the conditions find (nobody if one is wrong), otherwise the ticked ones (`rep`)."""
    if "all" in query:
        found = found_cards(user, query)
        people = found.people if found.form.is_valid() else found.people.none()
    else:
        ticked = map(number_in, query.getlist("rep"))
        people = printable_for(user).filter(pk__in=[pk for pk in ticked if pk is not None])
    return people.order_by("delegation__code", "certificate_no")


def cards_of(people: RepresentativeQuerySet, address_of: Callable[[int], str], today: date) -> list[Card]:
    """The cards of `people`; `address_of(pk)` names the public page. Five queries for any number in one county."""
    rows = list(people.select_related("county", "delegation", "photo", "owned_studio").prefetch_related("studios"))
    counties = {person.county_id: person.county for person in rows}
    duties = {pk: StudioStandard.objects.in_force(county, today).duty_words for pk, county in counties.items()}
    return [_card(person, duties[person.county_id], address_of(person.pk)) for person in rows]


def sheets_of(cards: list[Card]) -> list[list[Card]]:
    """Ten cards to a sheet of A4."""
    return [cards[start : start + PER_SHEET] for start in range(0, len(cards), PER_SHEET)]


def code_of(address: str) -> segno.QRCode:
    """The QR code of an address, level M as it is printed small, never a micro code: phones do not read those."""
    return segno.make_qr(address, error="m", boost_error=False)


def _card(person: Representative, duty: str, address: str) -> Card:
    studios = _studios_of(person)
    return Card(
        person=person,
        studios=studios,
        phone=person.phone or _first(studio.phone for studio in studios),
        duty=duty,
        promise=_first(studio.service_promise for studio in studios),
        address=address.removeprefix("https://").removeprefix("http://"),
        code=code_of(address).svg_data_uri(border=QUIET_MODULES, omitsize=True),
    )


def _studios_of(person: Representative) -> list[Studio]:
    """The own studio first, then those attached to, each once."""
    own = [person.owned_studio] if person.owned_studio else []
    return list(dict.fromkeys([*own, *person.studios.all()]))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _meeting_in(studios: Any) -> RepresentativeQuerySet:
    """Those attached to `studios` (rows or keys), or owning one of them."""
    return Representative.objects.filter(Q(studios__in=studios) | Q(owned_studio__in=studios))
