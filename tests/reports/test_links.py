"""Every number links to the list of exactly its rows, through the real pages, for whoever reads it (domain.md §8)."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from reports.rows import Rows
from reports.stats import MEASURES, PLACES, Place, count, link, total
from studios.measures import Span
from suggestions.measures import RATINGS
from tests.cast import Cast
from tests.reports.stage import stage_of
from tests.reports.worlds import world_on

Login = Callable[[User], Client]
AS_OF = date(2026, 11, 2)
SPAN = Span(date(2025, 12, 1), date(2026, 10, 31), AS_OF)
SUMMED: dict[str, Callable[[Any], int]] = {
    "people_received": lambda visit: visit.people,
    "events_with_people": lambda meeting: meeting.headcount,
    "collective_people": lambda seat: seat.people_met,
    "handling_days": lambda case: (case.replied_on - case.assigned_on).days,
}


def _rows_behind(client: Client, address: str) -> list[Any]:
    """Whatever the list shows, page after page."""
    rows: list[Any] = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.context["page"]
        rows += page.rows
        address = f"{urlsplit(address).path}{page.next_url}" if page.next_url else ""
    return rows


def _number(key: str, rows: list[Any]) -> int:
    return sum(SUMMED.get(key, lambda _row: 1)(row) for row in rows)


READERS = ("leader", "county_office", "town_office")
READ = [(place, name) for place in PLACES for name in (READERS[:1] if place.source is RATINGS else READERS)]


@pytest.mark.parametrize(("place", "name"), READ, ids=lambda value: getattr(value, "rows", value))
def test_every_number_has_its_list(cast: Cast, login: Login, place: Place, name: str) -> None:
    """Of every measure one group of a dimension drawn by lot, "nobody" among them."""
    random, reader = Random(f"{place.url_name} {name}"), cast.everybody[name]
    world_on(stage_of(cast), 11, size=40)
    with time_machine.travel("2026-12-31 09:00 +0800", tick=False):
        client, rows = login(reader), Rows.visible_to(reader)
        for key in place.source.measures:
            by = random.choice(list(place.source.dimensions))
            found = count(rows, SPAN, [key], by=(by,))
            (group,) = random.choice(list(found) or [(None,)])
            number = found[group,][key] if found else 0
            assert _number(key, _rows_behind(client, link(key, SPAN, {by: group}))) == number, (key, by, group)


def test_a_long_list_has_all_its_pages(cast: Cast, login: Login) -> None:
    world_on(stage_of(cast), 12, size=320)
    numbers = total(count(Rows.visible_to(cast.leader), SPAN, MEASURES))
    for key in ("visits", "people_received", "handling_days", "expected", "evaluated_outcome_all_final"):
        rows = _rows_behind(login(cast.leader), link(key, SPAN))
        assert _number(key, rows) == numbers[key]
        assert len(rows) > 50, key
