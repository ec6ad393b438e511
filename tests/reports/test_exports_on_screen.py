"""Every list leaves as it stands on screen: the same rows in the same order, the same words, nothing unmasked."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from appointments.models import Visit
from reports.listings import EXPORTS
from suggestions.enums import State
from suggestions.measures import Said, rating_key
from suggestions.models import Suggestion
from tests.appointments.attending import colleague, seat_of
from tests.appointments.factories import VisitFactory
from tests.appointments.gatherings import NAME, PHONE, book
from tests.cast import Cast
from tests.reports.exporting import address_of, exported, rows_of, terms_of
from tests.studios.inspecting import inspect
from tests.suggestions import paths
from tests.suggestions.supervising import supervise

Login = Callable[[User], Client]
WHO = dict.fromkeys(EXPORTS, "county_office") | {"audit": "auditor"}
QUERIES = {
    "suggestions": ["", "view=all", "view=handling&sort=deadline", "q=坑洼", "measure=accepted"],
    "evaluations": [f"measure={rating_key(said)}" for said in (Said.EVALUATED, Said.SATISFIED)],
    "assignments": ["measure=assignments"],
    "supervision": ["", "view=all"],
    "visits": ["", "category=ROADS", "q=第1件"],
    "appointments": ["", "kind=REGULAR", "kind=THEMED"],
    "attendances": ["", "status=PRESENT", "by=delegation", "by=representative"],
    "bookings": ["", "view=closed"],
    "studios": ["", "q=一村"],
    "representatives": ["", "level=TOWN"],
    "units": ["", "q=jiaotong", "state=active"],
    "inspections": ["", "outcome=failed"],
    "rectifications": ["", "view=open"],
    "compliance": ["", "state=FAILING"],
    "audit": ["", "q=经办人"],
}


@pytest.fixture
def visits(cast: Cast) -> Cast:
    """Three visits."""
    for number, category in enumerate(("ROADS", "HEALTH", "ROADS")):
        VisitFactory(
            studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison, category=category,
            matter=f"第{number}件", visitor_name=NAME, visitor_phone=PHONE,
        )  # fmt: skip
    return cast


@pytest.fixture
def world(visits: Cast) -> Cast:
    """A few rows in every list, some of them alike."""
    cast, today = visits, timezone.localdate()
    for state in (State.HANDLING, State.CLOSED, State.HANDLING, State.AWAIT_EVALUATION):
        paths.case_in(state, cast)
    supervise(cast, Suggestion.objects.filter(state=State.HANDLING)[0])
    seat = seat_of(cast, status="PRESENT", appointment__held_on=today - timedelta(days=14))
    seat_of(cast, colleague(cast), appointment=seat.appointment)
    seat_of(cast, colleague(cast, "代表丙"), appointment__held_on=today - timedelta(days=7))
    book(cast)
    inspect(cast, today - timedelta(days=3), one_phone="FAIL")
    inspect(cast, today, studio=cast.other_studio, actor=cast.other_liaison)
    return cast


def _on_screen(client: Client, key: str, query: str) -> list[str]:
    """The list as its page shows it: an identifying word of each row, in order."""
    context = client.get(f"{reverse(EXPORTS[key].page)}?{query}").context
    if key == "attendances" and "by=" in query:
        return [line.name for line in context["lines"]]
    return [WORD[key](row) for row in context["page"].rows]


WORD: dict[str, Callable[..., str]] = {
    "suggestions": lambda row: row.number or "",
    "evaluations": lambda row: row.suggestion.number + row.get_evaluator_display(),
    "assignments": lambda row: row.suggestion.number + row.get_status_display(),
    "supervision": lambda row: row.suggestion.number + row.get_kind_display(),
    "visits": lambda row: row.matter,
    "appointments": lambda row: f"{row.held_on}{row.where}",
    "attendances": lambda row: f"{row.representative.name}{row.appointment.held_on}",
    "bookings": lambda row: row.representative.name,
    "studios": lambda row: row.code,
    "representatives": lambda row: row.certificate_no,
    "units": lambda row: row.code,
    "inspections": lambda row: f"{row.studio}{row.inspected_on}",
    "rectifications": lambda row: row.opened_by.item.text,
    "compliance": str,
    "audit": lambda row: f"{row.get_action_display()}{row.subject}",
}
CELLS: dict[str, tuple[int, ...]] = dict.fromkeys(WORD, (0,)) | {
    "evaluations": (0, 2), "assignments": (0, 7), "supervision": (0, 3), "appointments": (3, 2), "attendances": (0, 1),
    "bookings": (2,), "inspections": (0, 1), "audit": (0, 3),
}  # fmt: skip


def _word(key: str, query: str, row: tuple[object, ...]) -> str:
    cells = (0,) if "by=" in query else CELLS[key]
    return "".join(str(row[at] or "").removesuffix(" 00:00:00") for at in cells)


def test_the_same_rows_in_the_same_order(world: Cast, login: Login) -> None:
    for key in EXPORTS:
        client = login(getattr(world, WHO[key]))
        found = []
        for query in QUERIES[key]:
            shown = _on_screen(client, key, query)
            rows = rows_of(exported(client, key, f"?{query}"))
            assert [_word(key, query, row) for row in rows] == shown, (key, query)
            found += shown
            if key != "audit":
                assert NAME not in str(rows), key
                assert PHONE not in str(rows), key
        assert found, key


def test_pages_offer_their_export_to_those_who_may_and_nobody_else_gets_it(world: Cast, login: Login) -> None:
    for key, export in EXPORTS.items():
        query = QUERIES[key][0]
        page = login(getattr(world, WHO[key])).get(f"{reverse(export.page)}?{query}").content.decode()
        assert f'href="{address_of(key)}{"?" if query else ""}{query}"' in page, key
        refused = [user for user in world.everybody.values() if not export.may(user)]
        assert len(refused) >= 2, key
        for user in refused[:3]:
            assert login(user).get(address_of(key)).status_code == 403, (key, user)


def test_the_sheet_names_what_was_asked(visits: Cast, login: Login) -> None:
    said = terms_of(exported(login(visits.county_office), "visits", f"?{urlencode({'category': 'ROADS', 'q': '第'})}"))
    assert (said["导出人"], said["类别"], said["搜索事项、答复或党代表"]) == ("党联办甲", "道路交通", "第")
    assert "来访人姓名和电话已遮盖" in said["说明"]


def test_a_row_that_left_the_list_meanwhile_is_left_out(visits: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.listings.definition.CHUNK", 1)
    chunks = EXPORTS["visits"].find(visits.county_office, QueryDict("category=ROADS")).chunks()
    first = next(chunks)
    Visit.objects.exclude(pk=first[0].pk).update(category="HEALTH")
    assert [row for chunk in chunks for row in chunk] == []


def test_a_query_longer_than_any_form_is_no_list(visits: Cast, login: Login) -> None:
    assert login(visits.county_office).get(address_of("visits") + "?q=" + "x" * 3000).status_code == 404
