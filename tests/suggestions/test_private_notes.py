"""内部备注: seen by the own office or unit alone, never in a file."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from suggestions import services
from suggestions.enums import State
from suggestions.models import PrivateNote, Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.reports.exporting import exported
from tests.uploads.pictures import read

Login = Callable[[User], Client]
SECRET = "此件涉及老矛盾"


def _note(client: Client, case: Suggestion, cast_organization: int, text: str = SECRET) -> int:
    data = {"organization": cast_organization, "text": text}
    return client.post(f"{case.get_absolute_url()}notes/", data).status_code


@pytest.mark.parametrize(
    ("who", "keeper"), [("town_office", "town"), ("county_office", "county"), ("unit_handler", "county_unit")]
)
def test_the_own_office_alone_reads_it(login: Login, case_in: CaseIn, cast: Cast, who: str, keeper: str) -> None:
    case = case_in(State.HANDLING)
    assert _note(login(getattr(cast, who)), case, getattr(cast, keeper).pk) == 302
    readers = set()
    for name, user in cast.everybody.items():
        response = login(user).get(case.get_absolute_url())
        if response.status_code == 200 and SECRET in response.content.decode():
            readers.add(name)
    assert readers == {who}
    assert {name for name, user in cast.everybody.items() if PrivateNote.objects.visible_to(user).exists()} == {who}


@pytest.mark.parametrize("who", ["liaison", "representative_user", "leader"])
def test_others_keep_none(login: Login, case_in: CaseIn, cast: Cast, who: str) -> None:
    case = case_in(State.HANDLING)
    assert _note(login(getattr(cast, who)), case, cast.town.pk) == 403
    assert "内部备注" not in login(getattr(cast, who)).get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["stranger", "other_town_office", "other_unit_handler", "admin", "auditor"])
def test_outside_the_scope_there_is_no_case(login: Login, case_in: CaseIn, cast: Cast, who: str) -> None:
    assert _note(login(getattr(cast, who)), case_in(State.HANDLING), cast.town.pk) == 404


def test_nobody_writes_in_the_name_of_another_office(login: Login, case_in: CaseIn, cast: Cast) -> None:
    assert _note(login(cast.unit_handler), case_in(State.HANDLING), cast.county.pk) == 422
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize(("text", "sentence"), [("", "请填写备注"), ("字" * 1001, "备注最多 1000 字")])
def test_bad_input_is_said(login: Login, case_in: CaseIn, cast: Cast, text: str, sentence: str) -> None:
    case = case_in(State.HANDLING)
    data = {"organization": cast.county_unit.pk, "text": text}
    response = login(cast.unit_handler).post(f"{case.get_absolute_url()}notes/", data)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_the_form_on_the_case_page_can_be_sent(login: Login, case_in: CaseIn, cast: Cast) -> None:
    """With the CSRF check on, as browsers meet it."""
    case, client = case_in(State.HANDLING), Client(enforce_csrf_checks=True)
    client.force_login(cast.unit_handler)
    form = client.get(case.get_absolute_url()).content.decode().split('/notes/"')[1]
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = {"organization": cast.county_unit.pk, "text": SECRET, "csrfmiddlewaretoken": token}
    assert client.post(f"{case.get_absolute_url()}notes/", data).status_code == 302


def test_a_get_writes_nothing(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    assert login(cast.unit_handler).get(f"{case.get_absolute_url()}notes/").status_code == 405


def test_it_is_in_no_file(login: Login, case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    services.add_note(suggestion=case, actor=cast.county_office, organization=cast.county, text=SECRET)
    client = login(cast.county_office)
    book = exported(client, "suggestions")
    sheet = "".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)
    paper = read(client.get(f"{case.get_absolute_url()}paper/")).decode()
    assert case.number in sheet
    assert case.title in paper
    assert SECRET not in sheet + paper


def test_a_unit_that_handed_the_case_back_reads_its_notes_no_longer(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.ASSIGNED)
    services.add_note(suggestion=case, actor=cast.unit_handler, organization=cast.county_unit, text=SECRET)
    services.recall_assignment(suggestion=case, actor=cast.county_office, version=None)
    assert not PrivateNote.objects.visible_to(cast.unit_handler).exists()
