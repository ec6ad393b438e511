"""The one screen of an inspection: kept whole on errors, one inspection however often it is sent."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from studios.checklist import SOURCE_ITEMS, Item
from studios.enums import StudioStatus
from studios.models import Inspection, Rectification, Studio
from studios.services.checklists import publish_checklist
from tests.cast import Cast
from tests.studios.inspecting import inspect
from tests.uploads.pictures import disguised, photo

Login = Callable[[User], Client]


def _answers(**changes: Any) -> dict[str, Any]:
    full = {f"outcome_{item.code}": "PASS" for item in SOURCE_ITEMS}
    return full | {"inspected_on": "2026-11-20", "submission_key": str(uuid.uuid4()), "version": "1"} | changes


@pytest.fixture
def send(cast: Cast, login: Login, settings: Any, tmp_path: Any) -> Callable[..., HttpResponse]:
    settings.MEDIA_ROOT = tmp_path
    client = login(cast.liaison)
    return lambda **changes: client.post(f"/desk/studios/{cast.studio.pk}/inspect/", _answers(**changes))


FAILED = {"outcome_one_phone": "FAIL", "note_one_phone": "电话打不通"}


def test_what_was_found_is_shown_with_photos(cast: Cast, login: Login, send: Any) -> None:
    response = send(**FAILED, photos_one_phone=[photo(), photo()], note="总体尚可")
    inspection = Inspection.objects.get()
    assert (response.status_code, response.url) == (302, inspection.get_absolute_url())
    page = login(cast.liaison).get(response.url).content.decode()
    for words in ("电话打不通", "总体尚可", "整改通知", "2026年12月5日"):
        assert words in page
    photos = inspection.results.get(item__code="one_phone").photos.all()
    assert len(photos) == 2
    assert all(upload.get_absolute_url() in page for upload in photos)


def test_a_double_submit_is_one_inspection(cast: Cast, login: Login) -> None:
    client, answers = login(cast.liaison), _answers(**FAILED)
    address = f"/desk/studios/{cast.studio.pk}/inspect/"
    first, second = client.post(address, answers), client.post(address, answers)
    assert first.url == second.url
    assert "没有重复登记" in client.get(second.url).content.decode()
    assert (Inspection.objects.count(), Rectification.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome_one_phone": ""}, "请选择“一部电话”的检查结果"),
        ({"outcome_one_phone": "GREAT"}, "请重新选择“一部电话”的检查结果"),
        ({"outcome_one_phone": "FAIL"}, "“一部电话”不达标，请写明问题"),
        ({"outcome_one_phone": "FAIL", "note_one_phone": "  "}, "“一部电话”不达标，请写明问题"),
        ({"note_one_phone": "长" * 201}, "最多 200 字"),
        ({"note": "长" * 501}, "最多 500 字"),
        ({"inspected_on": ""}, "请填写检查日期"),
        ({"inspected_on": "昨天"}, "检查日期请按“2026-11-24”填写"),
        ({"inspected_on": "2999-01-01"}, "检查日期不能晚于今天"),
        ({"submission_key": "x"}, "请刷新后再填"),
        ({"version": ""}, "请刷新后再填"),
        ({f"outcome_{item.code}": "NOT_APPLICABLE" for item in SOURCE_ITEMS}, "请至少检查一项"),
    ],
)
def test_errors_keep_everything_typed(send: Any, changes: dict[str, str], words: str) -> None:
    response = send(**{"note_one_roster": "值班表很新"} | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "值班表很新" in page
    assert page.count("checked") >= len([name for name in _answers(**changes) if name.startswith("outcome_")]) - 1
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("photos", "words"), [(lambda: [disguised()], "不是照片"), (lambda: [photo() for _ in range(7)], "最多 6 张")]
)
def test_photos_that_cannot_be_kept_are_explained_at_the_item(send: Any, photos: Any, words: str) -> None:
    response = send(**FAILED, photos_one_phone=photos())
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "请重新选择照片" in page
    assert "电话打不通" in page
    assert not Inspection.objects.exists()


def test_a_checklist_that_grew_meanwhile_asks_for_the_rest(cast: Cast, send: Any) -> None:
    inspect(cast)
    publish_checklist(county=cast.county, own=[Item("", "一盏灯")], base_version=1, actor=cast.county_office)
    response = send(**FAILED)
    page = response.content.decode()
    assert response.status_code == 422
    assert "检查表已更新到第 2 版" in page
    assert "电话打不通" in page
    assert 'name="version" value="2"' in page
    assert send(**FAILED, version="2", outcome_own_1="PASS").status_code == 302


def test_what_waits_to_be_mended_is_said_at_the_item(cast: Cast, login: Login) -> None:
    inspect(cast, one_phone="FAIL")
    page = login(cast.liaison).get(f"/desk/studios/{cast.studio.pk}/inspect/").content.decode()
    assert "整改中" in page
    assert "有问题" in page


def test_a_closed_studio_is_not_inspected(cast: Cast, login: Login) -> None:
    Studio.objects.filter(pk=cast.studio.pk).update(status=StudioStatus.CLOSED)
    assert login(cast.liaison).get(f"/desk/studios/{cast.studio.pk}/inspect/").status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_liaison", 404), ("other_town_office", 404), ("stranger", 404), ("unit_handler", 404), ("leader", 403)],
)
def test_others_write_nothing(cast: Cast, login: Login, who: str, status: int) -> None:
    response = login(getattr(cast, who)).post(f"/desk/studios/{cast.studio.pk}/inspect/", _answers())
    assert response.status_code == status
    assert not Inspection.objects.exists()


def test_the_camera_is_offered_and_not_forced(cast: Cast, login: Login) -> None:
    page = login(cast.liaison).get(f"/desk/studios/{cast.studio.pk}/inspect/").content.decode()
    assert page.count('accept="image/*"') == len(SOURCE_ITEMS)
    assert "capture" not in page


def test_what_was_typed_before_the_login_expired_comes_back(cast: Cast, client: Client) -> None:
    address = f"/desk/studios/{cast.studio.pk}/inspect/"
    client.post(address, _answers(**FAILED))
    client.force_login(cast.liaison)
    assert "电话打不通" in client.get(address).content.decode()
