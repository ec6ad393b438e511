"""What stands on a card, and that its code opens the public page."""

from datetime import date
from urllib.parse import unquote

import pytest
import segno
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from representatives.cards import PER_SHEET, Card, cards_of, code_of, sheets_of
from representatives.models import Representative
from studios.enums import StudioKind
from tests.cast import Cast
from tests.studios.factories import StudioFactory
from tests.uploads.pictures import photo
from uploads.services import store_photo

TODAY = date(2026, 11, 24)


def _card(pk: int) -> Card:
    return cards_of(Representative.objects.filter(pk=pk), lambda key: f"https://county.example/reps/{key}/", TODAY)[0]


def _set(person: Representative, **fields: object) -> None:
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()


def test_a_card_says_who_where_and_when(cast: Cast) -> None:
    _set(cast.representative, phone="19900001234", position="村党总支书记")
    card = _card(cast.representative.pk)
    assert [studio.name for studio in card.studios] == [cast.studio.name]
    assert (card.phone, card.duty, card.promise) == ("19900001234", "每周六 09:00—11:30", "")
    assert card.address == f"county.example/reps/{cast.representative.pk}/"


def test_without_a_phone_the_studios_is_given(cast: Cast) -> None:
    cast.studio.phone = "0513-00000001"
    cast.studio.save()
    assert _card(cast.representative.pk).phone == "0513-00000001"


def test_the_own_studio_comes_first_and_promises(cast: Cast) -> None:
    own = StudioFactory(
        delegation=cast.town, kind=StudioKind.PERSONAL, name="代表甲个人工作室", service_promise="件件有回音"
    )
    _set(cast.representative, owned_studio=own)
    cast.representative.studios.add(own)
    card = _card(cast.representative.pk)
    assert [studio.name for studio in card.studios] == ["代表甲个人工作室", cast.studio.name]
    assert card.promise == "件件有回音"


def test_the_code_is_the_address_at_level_m_with_its_quiet_zone(cast: Cast) -> None:
    address = f"https://county.example/reps/{cast.representative.pk}/"
    expected = segno.make(address, error="m", boost_error=False, micro=False)
    assert code_of(address).matrix == expected.matrix
    assert (code_of(address).error, code_of(address).is_micro) == ("M", False)
    card = _card(cast.representative.pk)
    assert card.code == expected.svg_data_uri(border=4, omitsize=True)
    side = len(expected.matrix) + 8
    assert f"viewBox='0 0 {side} {side}'" in unquote(card.code)


@pytest.mark.parametrize("length", [15, 30, 60, 90])
def test_an_address_of_any_length_prints_at_twenty_millimetres_or_more(length: int) -> None:
    modules = len(code_of("https://" + "c" * (length - 8)).matrix)
    assert 27 * modules / (modules + 8) >= 20


def test_the_page_prints_the_address_of_the_setting(cast: Cast, client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://county.example"
    client.force_login(cast.liaison)
    page = client.get(f"/desk/cards/print/?rep={cast.representative.pk}").content.decode()
    assert f"county.example/reps/{cast.representative.pk}/" in page
    assert "card-photo--none" in page


def test_a_photo_takes_the_place_of_the_drawing(cast: Cast, client: Client) -> None:
    subject = f"representative:{cast.representative.pk}"
    picture = store_photo(file=photo(), subject=subject, actor=cast.liaison)
    _set(cast.representative, photo=picture)
    client.force_login(cast.liaison)
    page = client.get(f"/desk/cards/print/?rep={cast.representative.pk}").content.decode()
    assert f'src="{picture.get_absolute_url()}"' in page
    assert "card-photo--none" not in page


@given(st.lists(st.integers(), max_size=60))
def test_sheets_hold_ten_and_lose_nobody(people: list[int]) -> None:
    sheets = sheets_of(people)  # type: ignore[arg-type]
    assert [person for sheet in sheets for person in sheet] == people
    assert all(len(sheet) == PER_SHEET for sheet in sheets[:-1])
    assert all(sheets)
