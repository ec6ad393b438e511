"""Every address × every role × own and foreign rows. A new address fails here until it is listed."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from notifications.models import Message
from suggestions.enums import State
from tests.accounts import access_imports
from tests.appointments import (
    access_attendance,
    access_gatherings,
    access_rosters,
    access_swaps,
    access_themes,
    access_visits,
)
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.people import NEIGHBOURS, READERS, SEES_CASE, SEES_VISIT, STAFF
from tests.portal.access_pages import PUBLIC_ROWS
from tests.reports import access_board, access_bulletin, access_exports, access_reports
from tests.representatives import access_papers
from tests.representatives import access_register as access_representatives
from tests.studios import access_calendar, access_inspections
from tests.studios import access_register as access_studios
from tests.suggestions import access_deadlines, access_office, access_triage, access_views
from tests.suggestions import access_papers as access_case_papers
from tests.uploads.pictures import photo, read
from uploads.services import store_photo

pytestmark = pytest.mark.matrix

Login = Callable[[User], Client]

PUBLIC = {"portal:home", "accounts:login", "notifications:health"}
BY_TOKEN = {"portal:calendar"}
"""Secret addresses: tests/portal/test_calendar_feed.py opens them."""

# Pages of no particular row: who may open them; everybody else is refused with 403.
OPEN_PAGES: dict[str, set[str]] = {
    "accounts:users": {"admin"},
    "accounts:user_create": {"admin"},
    "accounts:audit": {"auditor"},
    "notifications:inbox": STAFF,
    "appointments:visit_list": STAFF,
    "appointments:list": STAFF,
    "suggestions:visit_create": {"liaison", "other_liaison"},
    "suggestions:create": {"liaison", "representative_user"},  # the other liaison's studio has no representative
    "suggestions:list": STAFF,
    "suggestions:replies": STAFF,
    "suggestions:evaluation_list": STAFF,
    "suggestions:assignment_list": STAFF,
    "reports:desk": STAFF,
    "reports:me": {"representative_user"},
    "reports:board": READERS,
}
# Pages of one row: who gets 200, who sees the row but lacks the right (403); for all others it does not exist (404).
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "suggestions:detail": (SEES_CASE, set()),
    "suggestions:update": (set(), SEES_CASE),
    "suggestions:attach": (SEES_CASE - {"leader"}, {"leader"}),
    "suggestions:handle": ({"unit_handler"}, set()),
    "suggestions:reveal": (SEES_CASE - {"leader"}, {"leader"}),
    "suggestions:act": ({"unit_handler"}, SEES_CASE - {"unit_handler"}),
    "suggestions:mine": ({"representative_user"}, set()),
    "appointments:visit_detail": (SEES_VISIT, set()),
    "appointments:visit_update": ({"liaison"}, SEES_VISIT - {"liaison"}),
    "accounts:user_detail": ({"admin"}, STAFF - {"admin"}),
    "uploads:file": (NEIGHBOURS, set()),
}
POST_ONLY = {
    "accounts:logout",
    "accounts:user_toggle",
    "accounts:role_revoke",
    "notifications:read_all",
    "notifications:open",
}
ADDRESSES: dict[str, Callable[[Cast], str]] = {}
for table in (
    access_attendance,
    access_board,
    access_bulletin,
    access_calendar,
    access_case_papers,
    access_deadlines,
    access_exports,
    access_gatherings,
    access_imports,
    access_inspections,
    access_office,
    access_papers,
    access_reports,
    access_representatives,
    access_rosters,
    access_studios,
    access_swaps,
    access_themes,
    access_triage,
    access_views,
    access_visits,
):
    OPEN_PAGES |= table.OPEN_PAGES
    ROW_PAGES |= table.ROW_PAGES
    POST_ONLY |= table.POST_ONLY
    ADDRESSES |= table.ADDRESSES


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for item in patterns:
        if isinstance(item, URLResolver):
            if item.namespace != "admin":
                yield from _names(item.url_patterns, item.namespace or space)
        elif item.name:
            yield f"{space}:{item.name}"


def test_every_address_is_listed() -> None:
    listed = {*PUBLIC, *PUBLIC_ROWS, *BY_TOKEN, *OPEN_PAGES, *ROW_PAGES, *POST_ONLY}
    assert set(_names(get_resolver().url_patterns)) == listed


@pytest.fixture
def address(cast: Cast, case_in: CaseIn) -> Callable[[str], str]:
    """The address of a page about the case of 曲塘镇, its visit, its liaison."""

    def of(name: str) -> str:
        if name in ADDRESSES:
            return ADDRESSES[name](cast)
        if name == "suggestions:act":
            return reverse(name, args=[case_in(State.HANDLING).pk, "record_contact"])
        if name == "uploads:file":
            subject = f"studio:{cast.studio.pk}"
            return store_photo(file=photo(), subject=subject, actor=cast.liaison).get_absolute_url()
        if name.startswith("suggestions:"):
            return reverse(name, args=[case_in(State.HANDLING).pk])
        if name.startswith("appointments:"):
            visit = VisitFactory(studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison)
            return reverse(name, args=[visit.pk])
        return reverse(name, args=[cast.liaison.pk])

    return of


@pytest.mark.parametrize("name", sorted({*OPEN_PAGES, "suggestions:detail", "accounts:user_detail"}))
def test_visitors_are_sent_to_the_login(client: Client, address: Callable[[str], str], name: str) -> None:
    target = reverse(name) if name in OPEN_PAGES else address(name)
    response = client.get(target)
    assert (response.status_code, response.url) == (302, f"/login/?next={target}")


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_are_open(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", sorted(PUBLIC_ROWS))
def test_public_pages_of_a_row_are_open(client: Client, cast: Cast, name: str) -> None:
    assert client.get(reverse(name, args=[PUBLIC_ROWS[name](cast)])).status_code == 200


@pytest.mark.parametrize("name", sorted(OPEN_PAGES))
def test_pages(cast: Cast, signed_in: Login, name: str) -> None:
    found = {who: _status(signed_in(getattr(cast, who)), reverse(name)) for who in STAFF}
    assert found == {who: 200 if who in OPEN_PAGES[name] else 403 for who in STAFF}


def _status(client: Client, target: str) -> int:
    response = client.get(target)
    read(response)
    return response.status_code


@pytest.mark.parametrize("name", sorted(ROW_PAGES))
def test_rows(cast: Cast, signed_in: Login, address: Callable[[str], str], name: str) -> None:
    allowed, refused = ROW_PAGES[name]
    target = address(name)
    found = {who: _status(signed_in(getattr(cast, who)), target) for who in STAFF}
    assert found == {who: 200 if who in allowed else 403 if who in refused else 404 for who in STAFF}


def test_posts_reach_the_own_rows_only(cast: Cast, signed_in: Login) -> None:
    message = Message.objects.create(user=cast.liaison, title="请签收", created_at=timezone.now())
    membership = cast.liaison.memberships.get()
    targets = {
        reverse("notifications:open", args=[message.pk]): {"liaison"},
        reverse("accounts:role_revoke", args=[membership.pk]): set(),
        reverse("accounts:user_toggle", args=[cast.liaison.pk]): set(),
    }
    for target, allowed in targets.items():
        for who in STAFF - {"admin"}:
            status = signed_in(getattr(cast, who)).post(target).status_code
            assert status == (302 if who in allowed else status if status in {403, 404} else 0), (target, who)
    assert cast.liaison.memberships.exists()


def test_the_county_next_door_does_not_exist(cast: Cast, signed_in: Login) -> None:
    stranger = signed_in(cast.stranger)
    for organization in (cast.county, cast.town, cast.county_unit):
        assert str(organization) not in stranger.get(reverse("suggestions:list")).content.decode()
