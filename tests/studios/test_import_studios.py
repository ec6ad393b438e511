"""Studios by sheet: own county, own delegation, states only on the page, history in the importer's name."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.changes import changes_of
from accounts.enums import Role
from accounts.models import Membership, User
from studios.models import Studio
from tests.accounts.factories import DelegationFactory
from tests.accounts.sheets import confirm, counts, previewed, reasons
from tests.cast import Cast
from tests.sheets.books import cells_of

Login = Callable[[User], Client]
ROW: dict[str, Any] = {"编号": "S9", "名称": "新村工作室", "类别": "镇党代表工作室", "代表队": "曲塘镇"}


def _now(studio: Studio) -> dict[str, Any]:
    return {
        "编号": studio.code,
        "名称": studio.name,
        "类别": studio.get_kind_display(),
        "代表队": studio.delegation.short_name,
        "联络员": "、".join(user.username for user in studio.liaisons.all()),
    }


def test_every_column_arrives(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    row = ROW | {
        "状态": "筹建",
        "村（社区）": "新村",
        "地址": "新村一组 1 号",
        "面积（平方米）": 18.5,
        "联建共用": "综合服务室",
        "电话": "0513-88880001",
        "挂牌日期": date(2024, 3, 1),
        "个人感言": "愿意",
        "服务承诺": "件件有回音",
        "联络员": "liaison、liaison2",
    }
    confirm(client, previewed(client, "studios", cast.county_office, [row]))
    studio = Studio.objects.get(code="S9")
    assert (studio.county, studio.delegation, studio.status) == (cast.county, cast.town, "PREPARING")
    assert (studio.area, studio.plaque_on, studio.phone) == (Decimal("18.5"), date(2024, 3, 1), "0513-88880001")
    assert set(studio.liaisons.all()) == {cast.liaison, cast.other_liaison}
    assert "xcgzs" in studio.search_key
    first = changes_of(studio)[0]
    assert (first.who, first.is_first) == ("党联办甲", True)


def test_a_change_is_remembered_with_who_and_what(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    row = _now(cast.studio) | {"电话": "0513-88880002", "联络员": "liaison、liaison2"}
    confirm(client, previewed(client, "studios", cast.town_office, [row]))
    newest = changes_of(cast.studio)[0]
    assert newest.who == "镇办甲"
    said = {field.label: (field.before, field.after) for field in newest.fields}
    assert said == {"电话": ("", "0513-88880002"), "联络员": ("联络员甲", "联络员甲、联络员乙")}


def test_a_change_of_something_else_keeps_the_liaisons_in_the_history(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    confirm(client, previewed(client, "studios", cast.town_office, [_now(cast.studio) | {"地址": "新址"}]))
    assert [field.label for field in changes_of(cast.studio)[0].fields] == ["地址"]
    cast.studio.refresh_from_db()
    assert list(cast.studio.liaisons.all()) == [cast.liaison]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"编号": ""}, "请填写编号"),
        ({"类别": ""}, "请填写类别"),
        ({"代表队": "如皋镇"}, "代表队：本县没有“如皋镇”这个代表队"),
        ({"面积（平方米）": "很大"}, "面积（平方米）：“很大”不对，请填 1–9999 之间的数字"),
        ({"面积（平方米）": 18.55}, "面积（平方米）：最多保留一位小数"),
        ({"面积（平方米）": "NaN"}, "面积（平方米）：“NaN”不对"),
        ({"挂牌日期": "去年春天"}, "挂牌日期：“去年春天”不是日期"),
        ({"挂牌日期": "2024-02-30"}, "挂牌日期：“2024-02-30”不是日期"),
        ({"电话": 51388880000}, "电话：“51388880000”不是电话"),
        ({"联络员": "leader"}, "联络员：本县没有“leader”这个联络员"),
        ({"联络员": "rugao"}, "联络员：本县没有“rugao”这个联络员"),
        ({"服务承诺": "诺" * 301}, "服务承诺：不能超过 300 个字"),
    ],
)
def test_a_row_that_cannot_be_is_refused(cast: Cast, login: Login, changes: dict[str, Any], sentence: str) -> None:
    client = login(cast.county_office)
    run = previewed(client, "studios", cast.county_office, [ROW | changes])
    assert counts(run) == (0, 0, 0, 1)
    assert sentence in "；".join(reasons(client, run))


@pytest.mark.parametrize("day", ["2024/3/1", "2024.03.01", "2024年3月1日", "２０２４-03-01", date(2024, 3, 1)])
def test_days_are_read_as_people_write_them(cast: Cast, login: Login, day: object) -> None:
    client = login(cast.county_office)
    confirm(client, previewed(client, "studios", cast.county_office, [ROW | {"挂牌日期": day}]))
    assert Studio.objects.get(code="S9").plaque_on == date(2024, 3, 1)


def test_a_state_changes_on_the_page_only(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "studios", cast.county_office, [_now(cast.studio) | {"状态": "撤销"}])
    assert reasons(client, run) == ["已登记工作室的状态请在工作室页面变更，并写明原因；这里请填原来的状态"]


def test_a_delegation_office_imports_its_own_only(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    rows = [
        ROW,
        ROW | {"编号": "S10", "代表队": "李堡镇"},
        _now(cast.other_studio) | {"代表队": "曲塘镇"},
        _now(cast.studio) | {"代表队": "李堡镇"},
    ]
    run = previewed(client, "studios", cast.town_office, rows)
    assert counts(run) == (1, 0, 0, 3)
    assert set(reasons(client, run)) == {"这一行属于别的代表队，您只能导入本代表队的。请删去这一行，或交给党联办导入"}


def test_the_same_code_next_door_is_another_studio(cast: Cast, login: Login) -> None:
    elsewhere = cast.stranger.memberships.get().organization
    DelegationFactory(county=elsewhere, code="R01", name="如城镇代表队", short_name="如城镇")
    client = login(cast.stranger)
    row = _now(cast.studio) | {"代表队": "如城镇", "联络员": ""}
    run = previewed(client, "studios", cast.stranger, [row])
    assert counts(run) == (1, 0, 0, 0)
    confirm(client, run)
    cast.studio.refresh_from_db()
    assert cast.studio.county == cast.county
    assert Studio.objects.get(code=cast.studio.code, county=elsewhere).name == cast.studio.name


def test_an_export_holds_what_the_office_may_import(cast: Cast, login: Login) -> None:
    address = reverse("accounts:import_export", args=["studios"])
    codes = {
        user.username: [row[0] for row in cells_of(login(user).get(address).content)[1:]]
        for user in (cast.county_office, cast.town_office, cast.stranger)
    }
    assert codes == {"county": [cast.studio.code, cast.other_studio.code], "town": [cast.studio.code], "rugao": []}


def test_the_template_offers_the_own_towns_and_people(cast: Cast, login: Login) -> None:
    Membership.objects.create(user=cast.leader, role=Role.LIAISON, organization=cast.county)
    address = reverse("accounts:import_template", args=["studios"])
    data = login(cast.town_office).get(address).content
    options = [list(filter(None, column)) for column in zip(*cells_of(data, 2), strict=True)]
    assert ["曲塘镇"] in options
    assert ["liaison"] in options
    head, example = cells_of(data)
    assert (head[0], example[0]) == ("编号", "示例-S001")
    said = {row[0]: row for row in cells_of(data, 1)}
    assert (said["类别"][1], said["挂牌日期"][2], said["面积（平方米）"][3]) == ("必填", "日期，如 2024-03-01", 18)


def test_the_template_itself_can_be_filled_in_and_uploaded(cast: Cast, login: Login) -> None:
    from tests.accounts.sheets import upload
    from tests.sheets.books import edited

    client = login(cast.town_office)
    data = client.get(reverse("accounts:import_template", args=["studios"])).content

    def fill(page: Any) -> None:
        for place, value in enumerate(("S9", "新村工作室", "镇党代表工作室", "曲塘镇"), start=1):
            page.cell(3, place, value)

    response = upload(client, "studios", edited(data, fill))
    assert client.get(response.url).context["run"].new == 1
