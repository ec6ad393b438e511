"""Photos and papers go with a case: added by whoever works on it, seen by whoever sees it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from accounts.models import User
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.services import attachments
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.uploads.pictures import disguised, photo, read
from uploads.models import Upload

Login = Callable[[User], Client]


def _workbook() -> SimpleUploadedFile:
    buffer = BytesIO()
    Workbook().save(buffer)
    return SimpleUploadedFile("工程量.xlsx", buffer.getvalue())


@pytest.fixture
def case(case_in: CaseIn) -> Suggestion:
    return case_in(State.HANDLING)


def _send(client: Client, case: Suggestion, file: SimpleUploadedFile | None) -> tuple[int, str]:
    response = client.post(f"{case.get_absolute_url()}files/", {"file": file} if file else {}, follow=True)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("who", ["liaison", "representative_user", "town_office", "county_office", "unit_handler"])
def test_everybody_at_work_on_the_case_adds_files(cast: Cast, login: Login, case: Suggestion, who: str) -> None:
    for file in (photo(), _workbook()):
        name = file.name
        status, page = _send(login(getattr(cast, who)), case, file)
        assert status == 200
        assert f"已上传{name}" in page


def test_files_are_seen_with_the_case_and_nowhere_else(cast: Cast, login: Login, case: Suggestion) -> None:
    _send(login(cast.liaison), case, photo(name="桥头.jpg"))
    address = Upload.objects.get().get_absolute_url()
    assert "桥头.jpg" in login(cast.leader).get(case.get_absolute_url()).content.decode()
    found = {}
    for who in ("leader", "unit_handler", "other_unit_handler", "other_town_office", "stranger", "admin"):
        response = login(getattr(cast, who)).get(address)
        found[who] = response.status_code
        read(response)
    assert found == {"leader": 200, "unit_handler": 200} | dict.fromkeys(
        ["other_unit_handler", "other_town_office", "stranger", "admin"], 404
    )


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(disguised(), "不是照片"), (None, "请选择要上传的文件"), (SimpleUploadedFile("a.exe", b"MZ"), "附件只收 PDF")],
    ids=["disguised", "none", "program"],
)
def test_a_bad_file_gets_a_sentence(
    cast: Cast, login: Login, case: Suggestion, file: SimpleUploadedFile | None, sentence: str
) -> None:
    status, page = _send(login(cast.liaison), case, file)
    assert (status, sentence in page) == (422, True)
    assert not Upload.objects.exists()


def test_there_is_room_for_twelve(cast: Cast, login: Login, case: Suggestion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST", 1)
    client = login(cast.liaison)
    _send(client, case, photo())
    status, page = _send(client, case, photo())
    assert (status, "请合并成一个文件再传" in page) == (422, True)


def test_a_finished_case_takes_none(cast: Cast, login: Login, case_in: CaseIn) -> None:
    closed = case_in(State.CLOSED)
    assert _send(login(cast.county_office), closed, photo())[0] == 403
    assert "上传附件" not in login(cast.county_office).get(closed.get_absolute_url()).content.decode()


def test_leaders_only_read(cast: Cast, login: Login, case: Suggestion) -> None:
    assert _send(login(cast.leader), case, photo())[0] == 403
