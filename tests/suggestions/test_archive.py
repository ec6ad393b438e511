"""The whole case as one zip: what is in it, under names every system can unpack, masked, on record."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.documents.archive import LONGEST_BYTES, safe_name
from suggestions.enums import State, SupervisionKind
from suggestions.models import Suggestion
from suggestions.services.attachments import attach_file, subject_of
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.supervising import supervise
from tests.suggestions.test_case_papers import MASKED, PHONE, words_of
from tests.uploads.pictures import photo, read
from uploads.models import Upload

Login = Callable[[User], Client]
PDF = b"%PDF-1.4 \n"


def _archive(client: Client, case: Suggestion, method: str = "get") -> ZipFile:
    response = getattr(client, method)(f"{case.get_absolute_url()}archive/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(read(response)))


@pytest.fixture
def case(cast: Cast, case_in: CaseIn) -> Suggestion:
    found = case_in(State.HANDLING)
    for file in (photo(), SimpleUploadedFile("说明.pdf", PDF), SimpleUploadedFile("说明.pdf", PDF)):
        attach_file(suggestion=found, file=file, actor=cast.liaison)
    Upload.objects.filter(subject=subject_of(found), original_name="说明.pdf").update(
        original_name="../../etc/说明?.pdf"
    )
    supervise(cast, found, SupervisionKind.LISTED)
    return found


def test_papers_attachments_and_timeline(cast: Cast, login: Login, case: Suggestion) -> None:
    archive = _archive(login(cast.county_office), case)
    assert archive.testzip() is None
    names = archive.namelist()
    assert len({name.casefold() for name in names}) == len(names)
    assert {"00_案件经过.docx", "01_建议意见表.docx", "02_交办单.docx"} <= {*names}
    assert any(re.fullmatch(r"03_挂牌督办通知单_\d{8}\.docx", name) for name in names)
    kept = [name for name in names if name.startswith("附件/")]
    assert [name[3:6] for name in kept] == ["01_", "02_", "03_"]
    assert kept[1:] == [
        "附件/02_.._.._etc_说明_.pdf"[:6] + safe_name("../../etc/说明?.pdf"),
        f"附件/03_{safe_name('../../etc/说明?.pdf')}",
    ]
    assert archive.read(kept[1]) == PDF
    timeline = words_of(archive.read("00_案件经过.docx"))
    for said in (case.number, "签收", "挂牌督办", "01_建议意见表.docx", MASKED):
        assert said in timeline


def test_letters_of_every_round(cast: Cast, login: Login, case_in: CaseIn) -> None:
    names = _archive(login(cast.town_office), case_in(State.CLOSED)).namelist()
    assert "04_答复函_第1次办理.docx" in names
    assert "03_征询意见表.docx" in names


def test_masked_and_in_full_only_on_record(cast: Cast, login: Login, case: Suggestion) -> None:
    for method, is_full in (("get", False), ("post", True)):
        archive = _archive(login(cast.county_office), case, method)
        text = "".join(words_of(archive.read(name)) for name in archive.namelist() if name.endswith(".docx"))
        assert (PHONE in text) is is_full
        assert (MASKED in text) is not is_full
    exports = AuditEntry.objects.filter(action=AuditAction.EXPORT).order_by("id")
    assert [entry.detail for entry in exports] == ["7 个文件，姓名电话已遮盖", "7 个文件，完整信息"]
    assert AuditEntry.objects.filter(action=AuditAction.REVEAL).count() == 1


def test_a_unit_without_consent_gets_the_masked_one(cast: Cast, login: Login, case: Suggestion) -> None:
    Suggestion.objects.filter(pk=case.pk).update(releases_contact=False)
    client = login(cast.unit_handler)
    assert client.post(f"{case.get_absolute_url()}archive/").status_code == 403
    _archive(client, case)


def test_a_lost_file_is_named_and_does_no_harm(cast: Cast, login: Login, case: Suggestion) -> None:
    lost = Upload.objects.filter(subject=subject_of(case)).first()
    assert lost is not None
    Path(settings.MEDIA_ROOT, lost.file.name).unlink()
    archive = _archive(login(cast.county_office), case)
    assert len([name for name in archive.namelist() if name.startswith("附件/")]) == 2
    assert "文件已缺失" in words_of(archive.read("00_案件经过.docx"))


@given(st.text(max_size=300))
@example("../../etc/passwd")
@example("C:\\windows\\x.exe")
@example("....")
@example("a\u202egpj.exe")
@example("字" * 200 + ".pdf")
def test_a_name_is_safe_whatever_it_was(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*\u202e]', safe)
    assert safe == safe.strip(" .")
    assert len(safe.encode()) <= LONGEST_BYTES + 40
    assert safe_name(safe) == safe
