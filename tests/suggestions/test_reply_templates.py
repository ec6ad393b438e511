"""Texts to begin a reply from: set by the county office, filled in for the unit."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from suggestions.enums import State
from suggestions.models import ReplyTemplate
from suggestions.reply_texts import fill, offered_templates, unknown_blanks
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
LIST, NEW = "/desk/reply-templates/", "/desk/reply-templates/new/"
TYPED = {"category": "ROADS", "name": "已修复", "text": "{代表}代表：“{标题}”已修复。"}


def _template(cast: Cast, **changes: object) -> ReplyTemplate:
    return ReplyTemplate.objects.create(county=cast.county, **(TYPED | changes))


def test_blanks_are_filled_from_the_case(case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    text = "{代表}：{标题}（{编号}）由{承办单位}于{日期}办好{其他}"
    assert fill(text, case, "交通运输局", date(2026, 11, 24)) == (
        f"代表甲：村口道路坑洼（{case.number}）由交通运输局于2026年11月24日办好{{其他}}"
    )
    assert unknown_blanks(text) == ["其他"]


def test_the_own_category_comes_first_then_what_suits_all(case_in: CaseIn, cast: Cast) -> None:
    for category, name in (("OTHER", "留作参考"), ("ROADS", "已修复"), ("WATER", "已清淤")):
        _template(cast, category=category, name=name)
    ReplyTemplate.objects.create(county=cast.stranger.memberships.get().organization, **TYPED)
    assert [item.name for item in offered_templates(case_in(State.HANDLING), "交通运输局")] == ["已修复", "留作参考"]


def test_the_unit_reads_them_on_its_reply_form(login: Login, case_in: CaseIn, cast: Cast) -> None:
    _template(cast)
    case = case_in(State.HANDLING)
    page = login(cast.unit_handler).get(f"{case.get_absolute_url()}reply/").content.decode()
    assert "代表甲代表：“村口道路坑洼”已修复。" in page
    assert "从答复模板开始（1 个）" in page


def test_no_template_no_words(login: Login, case_in: CaseIn, cast: Cast) -> None:
    page = login(cast.unit_handler).get(f"{case_in(State.HANDLING).get_absolute_url()}reply/").content.decode()
    assert "答复模板" not in page


def test_an_office_writes_changes_and_deletes(login: Login, cast: Cast) -> None:
    client = login(cast.county_office)
    assert "已保存模板“已修复”。" in client.post(NEW, TYPED, follow=True).content.decode()
    row = ReplyTemplate.objects.get()
    client.post(f"{LIST}{row.pk}/edit/", TYPED | {"name": "修好了"})
    row.refresh_from_db()
    assert (row.name, row.county) == ("修好了", cast.county)
    page = client.post(f"{LIST}{row.pk}/delete/", follow=True).content.decode()
    assert "还没有答复模板。" in page
    assert not ReplyTemplate.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "请填写名称"),
        ({"text": ""}, "请填写内容"),
        ({"text": "字" * 2001}, "内容最多 2000 字"),
        ({"name": "名" * 41}, "名称最多 40 字"),
        ({"text": "{姓名}您好"}, "没有“{姓名}”这个填空"),
        ({"name": "已有的"}, "这个类别已有同名的模板"),
    ],
)
def test_bad_input_is_said_and_kept(login: Login, cast: Cast, typed: dict[str, str], sentence: str) -> None:
    _template(cast, name="已有的")
    response = login(cast.county_office).post(NEW, TYPED | typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ReplyTemplate.objects.count() == 1


def test_another_county_neither_sees_nor_deletes_it(login: Login, cast: Cast) -> None:
    row = _template(cast)
    client = login(cast.stranger)
    assert "已修复" not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{row.pk}/delete/").status_code == 404
    assert login(cast.town_office).post(f"{LIST}{row.pk}/delete/").status_code == 403
    assert ReplyTemplate.objects.exists()
