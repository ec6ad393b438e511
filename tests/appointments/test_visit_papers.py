"""接访登记表 and 建议意见表: blank, masked, in full on record, as Word."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from appointments.models import Visit
from suggestions.enums import State
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
PHONE, MASKED = "19900001234", "199****1234"


def _words(content: bytes) -> str:
    return "\n".join(
        cell.text for table in Document(BytesIO(content)).tables for row in table.rows for cell in row.cells
    )


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return VisitFactory(
        studio=cast.studio,
        representative=cast.representative,
        recorded_by=cast.liaison,
        visitor_name="来访人甲",
        visitor_phone=PHONE,
        matter="井盖\x0b坏了 {{ matter }}\n<b>两处</b>",
    )


@pytest.mark.parametrize("address", ["/desk/visits/blank/", "/desk/suggestions/blank/"])
def test_blank_ones_carry_the_studio_and_its_code(cast: Cast, login: Login, address: str) -> None:
    client = login(cast.liaison)
    page = client.get(address).content.decode()
    assert cast.studio.name in page
    assert "data:image/svg+xml" in page
    assert "paper-rule" in page
    document = Document(BytesIO(client.get(f"{address}word/").content))
    assert len(document.inline_shapes) == 1
    assert client.get(f"{address}?studio={cast.other_studio.pk}").status_code == 404
    assert client.get(f"{address}?studio=x").status_code == 404


def test_an_office_of_many_studios_gets_an_open_one(cast: Cast, login: Login) -> None:
    response = login(cast.county_office).get("/desk/visits/blank/")
    assert cast.studio.name not in response.content.decode()
    assert "data:image" not in response.content.decode()


def test_a_filled_visit_is_masked_and_in_full_only_on_record(cast: Cast, login: Login, visit: Visit) -> None:
    client = login(cast.town_office)
    address = f"{visit.get_absolute_url()}paper/"
    page = client.get(address).content.decode()
    assert MASKED in page
    assert "&lt;b&gt;两处&lt;/b&gt;" in page
    words = _words(client.get(f"{address}word/").content)
    assert MASKED in words
    assert "井盖坏了 {{ matter }}" in words
    assert "☑来室" in words
    assert not AuditEntry.objects.filter(action=AuditAction.REVEAL).exists()
    assert PHONE in client.post(address).content.decode()
    assert PHONE in _words(client.post(f"{address}word/").content)
    assert AuditEntry.objects.filter(action=AuditAction.REVEAL, detail="打印接访登记表").count() == 2


def test_a_filled_case_is_masked_and_in_full_only_on_record(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    client = login(cast.liaison)
    address = f"{case.get_absolute_url()}paper/"
    assert MASKED in client.get(address).content.decode()
    assert MASKED in _words(client.get(f"{address}word/").content)
    assert PHONE in client.post(address).content.decode()
    assert AuditEntry.objects.get(action=AuditAction.REVEAL).detail == "打印建议意见表"


def test_leaders_only_read(cast: Cast, login: Login, visit: Visit, case_in: CaseIn) -> None:
    client = login(cast.leader)
    case = case_in(State.HANDLING)
    for address in (f"{visit.get_absolute_url()}paper/", f"{case.get_absolute_url()}paper/"):
        assert "显示完整姓名电话" not in client.get(address).content.decode()
        assert client.post(address).status_code == 403
        assert client.post(f"{address}word/").status_code == 403
