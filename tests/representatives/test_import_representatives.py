"""Representatives by sheet: found by certificate number, studios by code or name, no road around the rules of a state."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.changes import changes_of
from accounts.import_services import apply_import, preview_import
from accounts.imports import kind_named
from accounts.models import User
from representatives.models import Representative
from tests.accounts.sheets import confirm, counts, place_of, previewed, reasons, resource_of
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.sheets.books import sheet_of
from tests.studios.factories import StudioFactory

Login = Callable[[User], Client]
ROW: dict[str, Any] = {
    "代表证号": "00012",
    "姓名": "张演示",
    "性别": "女",
    "代表队": "D01",
    "层级": "镇党代表",
    "届次": 13,
    "工作室": "曲塘镇第一村党代表工作室",
}


def _now(person: Representative) -> dict[str, Any]:
    return ROW | {
        "代表证号": person.certificate_no,
        "姓名": person.name,
        "性别": person.get_gender_display(),
        "工作室": "、".join(studio.code for studio in person.studios.all()),
    }


def test_every_column_arrives(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    row = ROW | {
        "选举单位": "第一选区",
        "职务": "教师",
        "电话": 19900000001,
        "出生日期": date(1980, 1, 2),
        "民族": "回族",
        "工作室": f"{cast.studio.code}、{cast.other_studio.code}",
        "个人简历": "一\n二",
        "公开简介": "愿为大家跑腿",
    }
    confirm(client, previewed(client, "representatives", cast.county_office, [row]))
    person = Representative.objects.get(certificate_no="00012")
    assert (person.county, person.delegation, person.status) == (cast.county, cast.town, "ACTIVE")
    assert (person.term, person.level, person.gender, person.ethnic_group) == (13, "TOWN", "FEMALE", "回族")
    assert (person.phone, person.birth_date, person.bio) == ("19900000001", date(1980, 1, 2), "一\n二")
    assert set(person.studios.all()) == {cast.studio, cast.other_studio}
    assert "zys" in person.search_key
    assert changes_of(person)[0].who == "党联办甲"


def test_what_is_left_out_has_its_usual_value(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    confirm(client, previewed(client, "representatives", cast.town_office, [ROW]))
    person = Representative.objects.get(certificate_no="00012")
    assert (person.ethnic_group, person.birth_date, person.status) == ("汉族", None, "ACTIVE")


def test_another_studio_is_remembered(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    row = _now(cast.representative) | {"工作室": cast.other_studio.code}
    confirm(client, previewed(client, "representatives", cast.county_office, [row]))
    assert list(cast.representative.studios.all()) == [cast.other_studio]
    (field,) = changes_of(cast.representative)[0].fields
    assert (field.label, field.before, field.after) == ("工作室", str(cast.studio), str(cast.other_studio))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"代表证号": ""}, "请填写代表证号"),
        ({"性别": "不详"}, "性别：没有“不详”这一项，请从男、女中选一个"),
        ({"届次": 0}, "届次：“0”不对，请填 1–99 之间的数字"),
        ({"届次": 13.5}, "届次：请填整数"),
        ({"电话": 1990000000}, "请填 11 位手机号或“区号-号码”，现在是 10 位"),
        ({"出生日期": "1800-01-01"}, "出生日期：“1800-01-01”不是日期"),
        ({"工作室": ""}, "请填写工作室"),
        ({"工作室": "别处工作室"}, "工作室：本县没有“别处工作室”这个工作室"),
        ({"状态": "资格终止"}, "新登记的党代表状态请填“在任”，导入后再在党代表页面变更"),
        ({"个人简历": "字" * 2001}, "个人简历：不能超过 2000 个字"),
    ],
)
def test_a_row_that_cannot_be_is_refused(cast: Cast, login: Login, changes: dict[str, Any], sentence: str) -> None:
    client = login(cast.county_office)
    run = previewed(client, "representatives", cast.county_office, [ROW | changes])
    assert counts(run) == (0, 0, 0, 1)
    assert sentence in "；".join(reasons(client, run))


def test_all_sentences_about_a_row_come_at_once(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "representatives", cast.county_office, [ROW | {"性别": "", "届次": "", "层级": ""}])
    assert reasons(client, run) == ["请填写性别", "请填写层级", "请填写届次"]


def test_three_studios_are_too_many(cast: Cast, login: Login) -> None:
    third = StudioFactory(delegation=cast.town)
    client = login(cast.county_office)
    codes = "，".join(studio.code for studio in (cast.studio, cast.other_studio, third))
    run = previewed(client, "representatives", cast.county_office, [ROW | {"工作室": codes}])
    assert reasons(client, run) == ["工作室：最多填 2 个工作室"]


def test_a_name_that_two_studios_have_asks_for_the_code(cast: Cast, login: Login) -> None:
    StudioFactory(delegation=cast.other_town, name=cast.studio.name)
    client = login(cast.county_office)
    run = previewed(client, "representatives", cast.county_office, [ROW])
    assert reasons(client, run) == ["工作室：有几个工作室都叫“曲塘镇第一村党代表工作室”，请改填代码"]


def test_a_state_changes_on_the_page_only(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(client, "representatives", cast.county_office, [_now(cast.representative) | {"状态": "资格终止"}])
    assert "请在党代表页面变更" in reasons(client, run)[0]


def test_a_merged_record_stays_as_it_is(cast: Cast, login: Login) -> None:
    double = RepresentativeFactory(delegation=cast.town, studios=[cast.studio], merged_into=cast.representative)
    client = login(cast.county_office)
    run = previewed(client, "representatives", cast.county_office, [_now(double) | {"姓名": "新名"}])
    assert reasons(client, run) == ["这份记录已并入另一位党代表，不能再修改。请删去这一行"]


def test_own_delegation_only(cast: Cast, login: Login) -> None:
    client = login(cast.other_town_office)
    run = previewed(
        client, "representatives", cast.other_town_office, [ROW, ROW | {"代表证号": "2", "代表队": "李堡镇"}]
    )
    assert counts(run) == (1, 0, 0, 1)


def _queries(cast: Cast, numbers: range) -> tuple[int, int]:
    """Of the preview and of the confirmation."""
    kind, actor = kind_named("representatives"), cast.county_office
    rows = [ROW | {"代表证号": f"N{number}", "工作室": cast.studio.code} for number in numbers]
    file = SimpleUploadedFile("x.xlsx", sheet_of(resource_of("representatives", actor), rows))
    place = place_of("representatives", actor)
    with CaptureQueriesContext(connection) as preview:
        run = preview_import(kind=kind, place=place, file=file, actor=actor)
    with CaptureQueriesContext(connection) as apply:
        apply_import(run=run, actor=actor)
    assert run.new == len(numbers)
    return len(preview), len(apply)


def test_ten_rows_ask_what_two_hundred_ask(cast: Cast) -> None:
    few, many = _queries(cast, range(1000, 1010)), _queries(cast, range(200))
    batches = 0 if connection.vendor == "postgresql" else 200 // 30  # SQLite takes 999 values in one INSERT
    assert few[0] == many[0]
    assert few[1] <= many[1] <= few[1] + batches


def test_control_characters_are_left_out(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    row = ROW | {"姓名": "张_x0000_演_x0007_示"}  # the file format's escapes: read back as the characters
    confirm(client, previewed(client, "representatives", cast.county_office, [row]))
    assert Representative.objects.get(certificate_no="00012").name == "张演示"


def test_a_term_that_is_new_begins_a_mandate(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    for term in (13, 14):
        confirm(client, previewed(client, "representatives", cast.county_office, [ROW | {"届次": term}]))
    person = Representative.objects.get(certificate_no="00012")
    assert [(row.term, row.level) for row in person.mandates.order_by("term")] == [(13, "TOWN"), (14, "TOWN")]
