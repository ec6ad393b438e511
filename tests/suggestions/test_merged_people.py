"""并案: the unit that handles the parent reaches everybody who brought it, masked, and in full only on record."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from accounts.enums import AuditAction
from accounts.masking import mask_name, mask_phone
from accounts.models import AuditEntry, User
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.services.intake import Visitor
from tests.cast import Cast
from tests.suggestions import asking, paths
from tests.suggestions.test_case_papers import words_of
from tests.uploads.pictures import read

Login = Callable[[User], Client]
OTHER = Visitor(name="来访人乙", phone="19900005678", releases_contact=True)


def _merged(cast: Cast, parent: Suggestion, visitor: Visitor = OTHER) -> Suggestion:
    child = paths.case_in(State.ACCEPTED, cast, visitor)
    paths.merge(child, parent, cast)
    return asking.fresh(child)


def _reveal(client: Client, child: Suggestion) -> object:
    return client.post(f"{child.get_absolute_url()}reveal/", {"reason": "联系反映人"})


def test_masked_on_the_page_and_in_full_on_record(cast: Cast, login: Login) -> None:
    parent = paths.case_in(State.HANDLING, cast)
    child, client = _merged(cast, parent), login(cast.unit_handler)
    page = client.get(parent.get_absolute_url()).content.decode()
    assert "199****5678" in page
    assert "19900005678" not in page
    assert f"{child.get_absolute_url()}reveal/" in page
    assert client.get(child.get_absolute_url()).status_code == 404
    asked = client.get(f"{child.get_absolute_url()}reveal/")
    assert parent.get_absolute_url() in asked.content.decode()
    assert not AuditEntry.objects.filter(action=AuditAction.REVEAL).exists()
    assert "19900005678" in _reveal(client, child).content.decode()  # type: ignore[attr-defined]
    entry = AuditEntry.objects.get(action=AuditAction.REVEAL)
    assert (entry.actor, entry.detail) == (cast.unit_handler, "联系反映人")
    assert f"(#{child.pk})" in entry.subject


def test_only_those_who_agreed(cast: Cast, login: Login) -> None:
    parent = paths.case_in(State.HANDLING, cast)
    child, client = _merged(cast, parent, replace(OTHER, releases_contact=False)), login(cast.unit_handler)
    assert f"{child.get_absolute_url()}reveal/" not in client.get(parent.get_absolute_url()).content.decode()
    assert _reveal(client, child).status_code == 403  # type: ignore[attr-defined]
    assert not AuditEntry.objects.filter(action=AuditAction.REVEAL).exists()


@pytest.mark.parametrize(
    ("who", "status"), [("unit_handler", 200), ("other_unit_handler", 403), ("town_unit_handler", 404)]
)
def test_a_helper_and_a_stranger_do_not(cast: Cast, login: Login, who: str, status: int) -> None:
    parent = asking.helped(cast)
    child = _merged(cast, parent)
    assert _reveal(login(getattr(cast, who)), child).status_code == status  # type: ignore[attr-defined]


def test_not_before_and_not_without_the_merge(cast: Cast, login: Login) -> None:
    paths.case_in(State.HANDLING, cast)
    alone = paths.case_in(State.ACCEPTED, cast, OTHER)
    assert _reveal(login(cast.unit_handler), alone).status_code == 404  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["order", "order/word"])
def test_the_order_lists_them_masked_whatever_the_printer_may_know(cast: Cast, login: Login, kind: str) -> None:
    parent = paths.case_in(State.HANDLING, cast)
    child, silent = _merged(cast, parent), _merged(cast, parent, Visitor())
    for method in ("get", "post"):
        response = getattr(login(cast.unit_handler), method)(f"{parent.get_absolute_url()}{kind}/")
        text = words_of(read(response)) if "word" in kind else response.content.decode()
        assert f"{child.number}：{mask_name(OTHER.name)} {mask_phone(OTHER.phone)}" in text
        assert f"{silent.number}：不愿透露" in text
        assert OTHER.name not in text
        assert OTHER.phone not in text


def test_the_order_of_a_case_nothing_was_merged_into_says_nothing_of_it(cast: Cast, login: Login) -> None:
    case = paths.case_in(State.HANDLING, cast)
    assert "并案提出人" not in login(cast.unit_handler).get(f"{case.get_absolute_url()}order/").content.decode()
