"""The public answers a questionnaire: anonymous, once a device, while it is open."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as RedisConnectionError

from appointments.models import Answer, Questionnaire, Response
from appointments.services.questionnaires import close_questionnaire
from tests.appointments.theming import draft, published
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield
    cache.clear()


@pytest.fixture
def questionnaire(cast: Cast) -> Questionnaire:
    return published(cast)


def _address(row: Questionnaire) -> str:
    return f"/q/{row.token}/"


def _filled(client: Client, row: Questionnaire, **changes: object) -> dict[str, object]:
    form = client.get(_address(row)).context["form"]
    single, multiple, text = row.questions.all()
    given: dict[str, object] = {
        "submission_key": form["submission_key"].value(),
        f"q{single.pk}": "0",
        f"q{multiple.pk}": ["0", "2"],
        f"q{text.pk}": "谢谢",
    }
    return given | changes


def test_a_get_changes_nothing_and_names_nobody(client: Client, questionnaire: Questionnaire) -> None:
    page = client.get(_address(questionnaire)).content.decode()
    assert "村里的路好走吗" in page
    assert "代表甲" not in page
    assert not Response.objects.exists()


def test_one_device_answers_once(client: Client, questionnaire: Questionnaire) -> None:
    data = _filled(client, questionnaire)
    response = client.post(_address(questionnaire), data, follow=True)
    assert "您的答卷已收到" in response.content.decode()
    again = client.post(_address(questionnaire), data)
    assert (again.status_code, "您已经答过这份问卷" in again.content.decode()) == (409, True)
    assert (Response.objects.count(), Answer.objects.count()) == (1, 3)
    stored = Response.objects.get()
    assert client.cookies["device"].value.split(":")[0] not in stored.respondent_key
    other = Client()
    assert other.post(_address(questionnaire), _filled(other, questionnaire)).status_code == 302
    assert Response.objects.count() == 2


def test_the_same_form_from_two_devices_counts_once(client: Client, questionnaire: Questionnaire) -> None:
    data = _filled(client, questionnaire)
    client.post(_address(questionnaire), data)
    page = Client().post(_address(questionnaire), data)
    assert (page.status_code, "没有重复登记" in page.content.decode()) == (409, True)
    assert Response.objects.count() == 1


def test_a_forged_cookie_is_no_device(client: Client, questionnaire: Questionnaire) -> None:
    client.post(_address(questionnaire), _filled(client, questionnaire))
    client.cookies["device"] = "forged:signature"
    assert "提交答卷" in client.get(_address(questionnaire)).content.decode()


def test_what_is_missing_is_said_and_the_rest_kept(client: Client, questionnaire: Questionnaire) -> None:
    single, multiple, text = questionnaire.questions.all()
    data = _filled(client, questionnaire)
    del data[f"q{single.pk}"]
    page = client.post(_address(questionnaire), data)
    words = page.content.decode()
    assert page.status_code == 422
    assert "请选择第 1 题的答案" in words
    assert "谢谢" in words
    assert (
        "请选择第 2 题的答案"
        in client.post(
            _address(questionnaire), _filled(client, questionnaire, **{f"q{multiple.pk}": ["7"]})
        ).content.decode()
    )
    assert (
        "最多 500 字"
        in client.post(
            _address(questionnaire), _filled(client, questionnaire, **{f"q{text.pk}": "长" * 501})
        ).content.decode()
    )
    assert not Response.objects.exists()


def test_the_trap_catches_machines(client: Client, questionnaire: Questionnaire) -> None:
    page = client.post(_address(questionnaire), _filled(client, questionnaire, website="http://x"))
    assert page.status_code == 422
    assert "请把“请留空”一栏清空后再提交" in page.content.decode()
    assert not Response.objects.exists()


def test_too_many_from_one_address_have_to_wait(questionnaire: Questionnaire) -> None:
    with patch("portal.questionnaires.MOST", 2):
        for status in (302, 302, 429):
            client = Client()
            page = client.post(_address(questionnaire), _filled(client, questionnaire))
            assert page.status_code == status
    assert "请过几分钟再提交" in page.content.decode()
    assert Response.objects.count() == 2


def test_a_silent_cache_stops_nobody(client: Client, questionnaire: Questionnaire) -> None:
    data = _filled(client, questionnaire)
    with patch("portal.throttle.cache.add", side_effect=RedisConnectionError):
        assert client.post(_address(questionnaire), data).status_code == 302
    assert Response.objects.count() == 1


def test_drafts_do_not_exist_and_closed_ones_say_so(client: Client, cast: Cast, questionnaire: Questionnaire) -> None:
    assert client.get(_address(draft(cast, questionnaire.appointment))).status_code == 404
    data = _filled(client, questionnaire)
    close_questionnaire(questionnaire=questionnaire, actor=cast.town_office)
    assert "问卷已经截止" in client.get(_address(questionnaire)).content.decode()
    page = client.post(_address(questionnaire), data)
    assert (page.status_code, "问卷已经截止" in page.content.decode()) == (409, True)
    assert not Response.objects.exists()
