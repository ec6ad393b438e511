"""The sheets of a studio: each kind asks its own questions, errors keep what was typed, and its page tells all."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from representatives.models import Representative
from studios.models import (
    ChecklistItem,
    ChecklistTemplate,
    Equipment,
    Inspection,
    InspectionResult,
    Rectification,
    Studio,
)
from studios.services.register import version_of
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.uploads.pictures import disguised, photo

Login = Callable[[User], Client]
NEW = "/desk/studios/new/"
NO_ROWS = {"equipment-TOTAL_FORMS": "0", "equipment-INITIAL_FORMS": "0"}
TYPED = {"code": "Q-01", "name": "新村党代表工作室", "status": "ACTIVE", **NO_ROWS}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _new(cast: Cast, kind: str = "TOWN") -> str:
    return f"{NEW}?kind={kind}&delegation={cast.town.pk}"


def _rows(*rows: tuple[str, str, str], standing: int = 0) -> dict[str, str]:
    data = {"equipment-TOTAL_FORMS": str(len(rows)), "equipment-INITIAL_FORMS": str(standing)}
    for number, row in enumerate(rows):
        for name, value in zip(("name", "quantity", "condition"), row, strict=True):
            data[f"equipment-{number}-{name}"] = value
    return data


@pytest.mark.parametrize(
    ("kind", "asked", "hint"),
    [
        ("COUNTY", {"area", "shared_with"}, "不少于 20 平方米"),
        ("TOWN", {"village", "area", "shared_with"}, "不少于 16 平方米"),
        ("PERSONAL", {"village", "personal_statement", "service_promise"}, "公开展示在工作室和网页上"),
    ],
)
def test_each_kind_asks_its_own_questions(cast: Cast, login: Login, kind: str, asked: set[str], hint: str) -> None:
    response = login(cast.county_office).get(_new(cast, kind))
    common = {"code", "name", "status", "address", "phone", "liaisons", "plaque_on", "photo"}
    assert set(response.context["form"].fields) == common | asked
    assert hint in response.content.decode()


def test_the_sheet_begins_with_the_next_code_and_the_liaisons_of_the_town(cast: Cast, login: Login) -> None:
    Studio.objects.filter(pk=cast.studio.pk).update(code="Q-07")
    form = login(cast.town_office).get(_new(cast)).context["form"]
    assert form["code"].value() == "Q-08"
    assert list(form.fields["liaisons"].queryset) == [cast.liaison]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?kind=", "请选择工作室的类别"),
        ("?kind=DANCE", "没有这个类别"),
        ("?kind=TOWN", "请选择代表队"),
        ("?kind=TOWN&delegation=999999", "没有这个代表队"),
    ],
)
def test_a_wrong_beginning_is_explained(cast: Cast, login: Login, query: str, sentence: str) -> None:
    response = login(cast.county_office).get(NEW + query)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_another_town_cannot_be_chosen(cast: Cast, login: Login) -> None:
    response = login(cast.other_town_office).post(_new(cast), TYPED)
    assert response.status_code == 422
    assert not Studio.objects.filter(code="Q-01").exists()


def test_a_studio_is_registered_from_its_sheet(cast: Cast, login: Login) -> None:
    rows = _rows(("办公台", "2", "GOOD"), ("", "", "GOOD"), ("书柜", "1", "WORN"))
    told = {"area": "15.5", "phone": "0513-88880001", "plaque_on": "2026-11-01", "liaisons": [cast.liaison.pk]}
    response = login(cast.town_office).post(_new(cast), TYPED | rows | told | {"photo": photo()}, follow=True)
    studio = Studio.objects.get(code="Q-01")
    assert response.redirect_chain == [(studio.get_absolute_url(), 302)]
    assert list(studio.equipment.values_list("name", "quantity", "condition")) == [
        ("办公台", 2, "GOOD"),
        ("书柜", 1, "WORN"),
    ]
    page = response.content.decode()
    for words in ("已登记新村党代表工作室", "面积 15.5 平方米，要求不少于 16 平方米", "书柜", "待修", "联络员甲"):
        assert words in page
    assert studio.plaque_photo is not None
    assert studio.plaque_photo.get_absolute_url() in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": ""}, "请填写编号"),
        ({"name": ""}, "请填写名称"),
        ({"name": "长" * 61}, "名称最多 60 字"),
        ({"area": "十八"}, "面积请填数字"),
        ({"area": "0"}, "面积至少 1 平方米"),
        ({"area": "18.55"}, "小数点后一位"),
        ({"area": "1000000"}, "面积太大"),
        ({"area": "NaN"}, "面积请填数字"),
        ({"phone": "1990000"}, "手机号应为 11 位数字"),
        ({"plaque_on": "2026-11-25"}, "挂牌日期不能晚于今天"),
        ({"plaque_on": "去年"}, "挂牌日期请按"),
        ({"status": "CLOSED"}, "status"),
        ({"liaisons": ["999999"]}, "不是本代表队的联络员"),
        ({"photo": disguised()}, "不是照片"),
        (_rows(("办公台", "", "GOOD")), "请填写“办公台”的数量"),
        (_rows(("办公台", "0", "GOOD")), "数量至少为 1"),
        (_rows(("办公台", "两", "GOOD")), "数量请填整数"),
        (_rows(("", "3", "GOOD")), "请填写设备名称"),
        (_rows(("台卡", "1", "GOOD"), ("台卡", "2", "GOOD")), "“台卡”填了 2 行"),
        (_rows(("台卡", "1", "FINE")), "请选择完好、待修或损坏"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_lost(
    cast: Cast, login: Login, wrong: dict[str, object], sentence: str
) -> None:
    data = TYPED | {"village": "打字打到一半的村"} | wrong
    response = login(cast.town_office).post(_new(cast), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "处需要修改" in page
    assert "打字打到一半的村" in page
    assert not Studio.objects.filter(code="Q-01").exists()


def test_a_code_in_use_is_said_at_its_question(cast: Cast, login: Login) -> None:
    response = login(cast.town_office).post(_new(cast), TYPED | {"code": cast.other_studio.code})
    assert response.status_code == 422
    assert response.context["form"].errors["code"] == ["本县已有使用这个编号的工作室，请换一个编号"]


def test_a_photo_that_was_not_kept_is_asked_for_again(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    sentence = "刚才选的照片没有保存"
    assert sentence in client.post(_new(cast), TYPED | {"name": "", "photo": photo()}).content.decode()
    assert sentence not in client.post(_new(cast), TYPED | {"name": ""}).content.decode()
    assert sentence not in client.post(_new(cast), TYPED | {"photo": disguised()}).content.decode()


def test_rows_without_their_form_are_refused(cast: Cast, login: Login) -> None:
    data = {name: value for name, value in TYPED.items() if not name.startswith("equipment")}
    assert login(cast.town_office).post(_new(cast), data).status_code == 422
    assert not Studio.objects.filter(code="Q-01").exists()


def _edit(cast: Cast) -> str:
    return reverse("studios:update", args=[cast.studio.pk])


def test_the_short_sheet_of_a_liaison(cast: Cast, login: Login) -> None:
    Equipment.objects.create(studio=cast.studio, name="电脑")
    client = login(cast.liaison)
    form = client.get(_edit(cast)).context["form"]
    assert set(form.fields) == {"address", "phone", "photo"}
    rows = _rows(("", "1", "GOOD"), ("打印机", "1", "BROKEN"), standing=1)
    data = {"phone": "0513-88880009", "address": "一楼", "name": "偷改的名", "seen": version_of(cast.studio), **rows}
    assert client.post(_edit(cast), data).status_code == 302
    cast.studio.refresh_from_db()
    assert (cast.studio.phone, cast.studio.name) == ("0513-88880009", "曲塘镇第一村党代表工作室")
    assert list(cast.studio.equipment.values_list("name", flat=True)) == ["打印机"]


def test_the_sheet_shows_what_is_known_and_saving_it_changes_nothing(cast: Cast, login: Login) -> None:
    Equipment.objects.create(studio=cast.studio, name="电脑", quantity=3)
    Studio.objects.filter(pk=cast.studio.pk).update(area=18, plaque_on=date(2024, 3, 1), shared_with="综合服务室")
    before = Studio.objects.filter(pk=cast.studio.pk).values().get()
    client = login(cast.town_office)
    response = client.get(_edit(cast))
    form = response.context["form"]
    data = {field.name: field.value() for field in form if field.value() not in (None, "")}
    rows = _rows(("电脑", "3", "GOOD"), ("", "", "GOOD"), standing=1)
    assert client.post(_edit(cast), data | rows | {"seen": response.context["seen"]}).status_code == 302
    assert Studio.objects.filter(pk=cast.studio.pk).values().get() == before
    assert list(cast.studio.liaisons.all()) == [cast.liaison]
    assert list(cast.studio.equipment.values_list("name", "quantity")) == [("电脑", 3)]


def test_saving_the_sheet_keeps_a_liaison_who_came_by_another_way(cast: Cast, login: Login) -> None:
    cast.studio.liaisons.add(cast.other_liaison)
    form = login(cast.town_office).get(_edit(cast)).context["form"]
    assert set(form["liaisons"].value()) == {cast.liaison.pk, cast.other_liaison.pk}
    assert set(form.fields["liaisons"].queryset) == {cast.liaison, cast.other_liaison}


def test_whoever_was_slower_keeps_the_words_and_sees_the_others(cast: Cast, login: Login) -> None:
    seen = version_of(cast.studio)
    data = {"phone": "0513-88880001", "address": "二楼", **NO_ROWS}
    login(cast.liaison).post(_edit(cast), data | {"seen": seen})
    late = data | {
        "phone": "0513-88880002",
        "address": "迟到的三楼",
        "code": cast.studio.code,
        "name": cast.studio.name,
    }
    client = login(cast.town_office)
    response = client.post(_edit(cast), late | {"seen": seen})
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("刚被别人改过", "联络员甲", "二楼", "迟到的三楼"):
        assert words in page
    assert client.post(_edit(cast), late | {"seen": response.context["seen"]}).status_code == 302
    cast.studio.refresh_from_db()
    assert cast.studio.address == "迟到的三楼"


@pytest.mark.parametrize("seen", ["", "abc", "-1", "²", "9" * 5000])
def test_a_version_no_page_showed_overwrites_nothing(cast: Cast, login: Login, seen: str) -> None:
    data = {"phone": "0513-88880001", "address": "二楼", **NO_ROWS, "seen": seen}
    assert login(cast.liaison).post(_edit(cast), data).status_code == 409
    before = cast.studio.address
    cast.studio.refresh_from_db()
    assert cast.studio.address == before


def _inspect(cast: Cast) -> None:
    template = ChecklistTemplate.objects.create(county=cast.county, version=1, published_at=timezone.now())
    item = ChecklistItem.objects.create(template=template, code="phone", group="FIVE_ONES", position=1, text="一部电话")
    inspection = Inspection.objects.create(
        studio=cast.studio,
        template=template,
        inspected_on=date(2026, 10, 1),
        inspector=cast.county_office,
        submission_key=uuid4(),
        created_at=timezone.now(),
    )
    result = InspectionResult.objects.create(inspection=inspection, item=item, outcome="FAIL", note="打不通")
    Rectification.objects.create(
        studio=cast.studio, code="phone", opened_by=result, opened_on=date(2026, 10, 1), due_on=date(2026, 10, 16)
    )


def test_the_page_shows_checks_and_what_is_to_be_mended(cast: Cast, login: Login) -> None:
    target = cast.studio.get_absolute_url()
    assert "检查记录" not in login(cast.leader).get(target).content.decode()
    _inspect(cast)
    page = login(cast.leader).get(target).content.decode()
    for words in ("不达标 1 项", "2026年10月1日", "一部电话", "打不通", "10月16日前完成", "逾期"):
        assert words in page


def test_those_who_do_not_work_there_see_what_is_public(cast: Cast, login: Login) -> None:
    _inspect(cast)
    Equipment.objects.create(studio=cast.studio, name="电脑")
    page = login(cast.unit_handler).get(cast.studio.get_absolute_url()).content.decode()
    assert "群众看到的样子" in page
    for words in ("检查记录", "电脑", "修改记录", "修改登记", "变更状态"):
        assert words not in page


def test_the_page_names_its_people(cast: Cast, login: Login) -> None:
    Representative.objects.filter(pk=cast.representative.pk).update(owned_studio=cast.studio, position="村党总支书记")
    merged = RepresentativeFactory(delegation=cast.town, name="重复的人", studios=[cast.studio])
    Representative.objects.filter(pk=merged.pk).update(merged_into=cast.representative)
    Studio.objects.filter(pk=cast.studio.pk).update(phone="0513-88880001")
    page = login(cast.town_office).get(cast.studio.get_absolute_url()).content.decode()
    for words in ("代表甲", "村党总支书记", "党代表（1 人）", 'href="tel:0513-88880001"'):
        assert words in page
    assert "重复的人" not in page


def test_a_full_page_asks_no_more_than_a_short_one(cast: Cast, login: Login) -> None:
    client, counts = login(cast.county_office), []
    client.get("/desk/inbox/")
    for start in (0, 1):
        for number in range(start, 1 + start * 20):
            Equipment.objects.create(studio=cast.studio, name=f"设备{number}")
            RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(cast.studio.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_typed_words_survive_an_expired_login(cast: Cast) -> None:
    client = Client()
    rows = _rows(("打字打到一半的书柜", "2", "GOOD"))
    client.post(_edit(cast), {"address": "打字打到一半的地址", **rows})
    client.force_login(cast.town_office)
    page = client.get(_edit(cast)).content.decode()
    assert "打字打到一半的地址" in page
    assert "打字打到一半的书柜" in page


def test_what_happened_to_the_equipment_is_told(cast: Cast, login: Login) -> None:
    Equipment.objects.bulk_create(Equipment(studio=cast.studio, name=name) for name in ("电脑", "台卡", "文件柜"))
    client = login(cast.liaison)
    rows = _rows(("电脑", "1", "BROKEN"), ("", "1", "GOOD"), ("文件柜", "1", "GOOD"), ("书柜", "2", "GOOD"), standing=3)
    client.post(_edit(cast), rows | {"seen": version_of(cast.studio)})
    (change,) = client.get(cast.studio.get_absolute_url()).context["record"].equipment_changes
    assert change.who == "联络员甲"
    assert sorted((field.label, field.before, field.after) for field in change.fields) == [
        ("书柜", "", "2 件，完好"),
        ("台卡", "1 件，完好", ""),
        ("电脑", "1 件，完好", "1 件，损坏"),
    ]


def test_a_studio_written_in_bulk_tells_its_first_change(cast: Cast, login: Login) -> None:
    Studio.history.all().delete()
    client = login(cast.liaison)
    client.post(_edit(cast), {"phone": "0513-88880001", **NO_ROWS, "seen": 0})
    page = client.get(cast.studio.get_absolute_url()).content.decode()
    assert "电话：（空） → 0513-88880001" in page
    assert "<strong>登记</strong>" not in page
