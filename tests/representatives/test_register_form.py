"""Registering and correcting: what is asked, which sentence follows a mistake, and that nothing typed is lost."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.changes import changes_of
from accounts.models import User
from representatives.enums import Level
from representatives.models import Mandate, Representative
from studios.enums import StudioKind
from studios.models import Studio
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory
from tests.uploads.pictures import disguised, photo

Login = Callable[[User], Client]
NEW = "/desk/reps/new/"


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _typed(cast: Cast, **changes: object) -> dict[str, object]:
    """A whole form; a key of None is left out."""
    typed: dict[str, object] = {
        "name": "测试甲",
        "gender": "FEMALE",
        "birth_date": "1980-02-29",
        "ethnic_group": "汉族",
        "certificate_no": "HA-0001",
        "term": "13",
        "level": "TOWN",
        "delegation": str(cast.town.pk),
        "electing_unit": "第一村党支部",
        "position": "教师",
        "phone": "199 0000 0001",
        "bio": "1980 年生",
        "public_bio": "人民教师",
        "studios": [str(cast.studio.pk)],
        "owned_studio": "",
        "mandates-TOTAL_FORMS": "1",
        "mandates-INITIAL_FORMS": "0",
    }
    return {name: value for name, value in (typed | changes).items() if value is not None}


def _row(place: int, **values: str) -> dict[str, str]:
    return {f"mandates-{place}-{name}": value for name, value in values.items()}


def test_a_full_record_is_written(cast: Cast, login: Login) -> None:
    rows = _row(0, term="13", level="TOWN", starts_on="2024-02-29") | _row(1, term="12", level="TOWN")
    answer = login(cast.town_office).post(NEW, _typed(cast, photo=photo(), **{"mandates-TOTAL_FORMS": "2"} | rows))
    person = Representative.objects.get(certificate_no="HA-0001")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/reps/{person.pk}/")
    assert (person.name, person.phone, person.birth_date) == ("测试甲", "19900000001", date(1980, 2, 29))
    assert (person.county, person.delegation, person.level) == (cast.county, cast.town, Level.TOWN)
    assert list(person.studios.all()) == [cast.studio]
    assert person.photo is not None
    assert person.photo.subject == f"representative:{person.pk}"
    assert [(row.term, row.ends_on) for row in person.mandates.all()] == [(13, date(2029, 2, 28)), (12, None)]


def test_without_rows_the_term_of_the_record_is_the_first(cast: Cast, login: Login) -> None:
    login(cast.county_office).post(NEW, _typed(cast))
    mandate = Mandate.objects.get(representative__certificate_no="HA-0001")
    assert (mandate.term, mandate.level, mandate.electing_unit) == (13, Level.TOWN, "第一村党支部")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"gender": None}, "请选择性别"),
        ({"birth_date": "2010-01-01"}, "党代表要年满 18 周岁，请核对出生日期"),
        ({"birth_date": "昨天"}, "出生日期请按“2026-07-01”填写"),
        ({"birth_date": "2008-11-25"}, "党代表要年满 18 周岁，请核对出生日期"),
        ({"ethnic_group": ""}, "请填写民族，如“汉族”"),
        ({"certificate_no": ""}, "请填写代表证号"),
        ({"certificate_no": "证 1"}, "代表证号只能是数字、字母和“-”，最多 24 位"),
        ({"term": "十三"}, "届次请填数字"),
        ({"term": "0"}, "届次至少为 1"),
        ({"level": "CITY"}, "请选择层级"),
        ({"delegation": ""}, "请选择代表队"),
        ({"phone": "1990000001"}, "手机号应为 11 位数字,现在是 10 位"),
        ({"phone": "0513-888"}, "手机号只能填数字"),
        ({"studios": []}, "请选择所在的工作室，至少一个"),
        ({"studios": ["999999"]}, "没有这个工作室，请重新选择"),
        ({"public_bio": "好" * 301}, "公开简介最多 300 字，请精简"),
        ({"mandates-TOTAL_FORMS": None}, "页面不完整，请刷新后再填"),
        (_row(0, term="12"), "请选择这一届的层级"),
        (_row(0, level="TOWN"), "请填写届次"),
        (
            _row(0, term="12", level="TOWN", starts_on="2020-01-01", ends_on="2019-01-01"),
            "任期的截止日期要晚于开始日期",
        ),
        (
            {"mandates-TOTAL_FORMS": "2"} | _row(0, term="12", level="TOWN") | _row(1, term="12", level="TOWN"),
            "第 12 届镇党代表写了两次，请删去一行",
        ),
    ],
)
def test_a_mistake_is_a_sentence_and_nothing_typed_is_lost(
    cast: Cast, login: Login, changes: dict[str, object], sentence: str
) -> None:
    answer = login(cast.town_office).post(NEW, _typed(cast, position="一位教师", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "有误：" in page
    assert "一位教师" in page
    assert not Representative.objects.filter(certificate_no="HA-0001").exists()


def test_a_term_that_cannot_be_is_named(cast: Cast, login: Login) -> None:
    page = login(cast.town_office).post(NEW, _typed(cast, term="100", level="BOTH")).content.decode()
    assert "届次最大为 99" in page


def test_a_certificate_belongs_to_one_person_of_the_county(cast: Cast, login: Login) -> None:
    RepresentativeFactory(delegation=cast.other_town, name="先登记者", certificate_no="HA-0001")
    page = login(cast.town_office).post(NEW, _typed(cast)).content.decode()
    assert "代表证号 HA-0001 已登记给李堡镇 先登记者，请核对证号" in page
    elsewhere = RepresentativeFactory(certificate_no="HA-0002")
    assert login(cast.town_office).post(NEW, _typed(cast, certificate_no="HA-0002")).status_code == 302
    assert elsewhere.county != cast.county


def _studios(cast: Cast) -> dict[str, Studio]:
    return {
        "own": cast.studio,
        "own_too": StudioFactory(delegation=cast.town),
        "county": StudioFactory(delegation=cast.other_town, kind=StudioKind.COUNTY),
        "other": cast.other_studio,
        "personal": StudioFactory(delegation=cast.town, kind=StudioKind.PERSONAL),
        "closed": StudioFactory(delegation=cast.town, status="CLOSED"),
    }


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["own", "own_too"], ""),
        (["own", "county"], ""),
        (["own", "own_too", "county"], "一位党代表最多属于两个工作室，现在选了 3 个"),
        (["other"], "没有这个工作室，请重新选择"),
        (["closed"], "没有这个工作室，请重新选择"),
    ],
)
def test_one_or_two_studios_within_reach(cast: Cast, login: Login, names: list[str], sentence: str) -> None:
    studios = _studios(cast)
    chosen = [str(studios[name].pk) for name in names]
    answer = login(cast.town_office).post(NEW, _typed(cast, studios=chosen))
    assert answer.status_code == (422 if sentence else 302)
    assert sentence in answer.content.decode()
    if sentence:
        page = answer.content.decode()
        assert page.count(" selected") >= len([name for name in names if name not in {"other", "closed"}])


def test_the_county_office_is_told_where_a_studio_does_not_belong(cast: Cast, login: Login) -> None:
    answer = login(cast.county_office).post(NEW, _typed(cast, studios=[str(cast.other_studio.pk)]))
    assert f"“{cast.other_studio}”不在曲塘镇，请改选本代表队或县里的工作室" in answer.content.decode()


def test_a_personal_studio_has_one_owner(cast: Cast, login: Login) -> None:
    studio = _studios(cast)["personal"]
    RepresentativeFactory(delegation=cast.town, name="主人甲", owned_studio=studio)
    owned = {"owned_studio": str(studio.pk)}
    page = login(cast.town_office).post(NEW, _typed(cast, **owned)).content.decode()
    assert f"“{studio}”已登记为 主人甲 的个人工作室，请重新选择" in page


def test_a_town_office_cannot_register_for_another_town(cast: Cast, login: Login) -> None:
    page = login(cast.town_office).post(NEW, _typed(cast, delegation=str(cast.other_town.pk))).content.decode()
    assert "只能登记本代表队的党代表，请重新选择" in page


def test_a_file_that_is_no_photo_is_refused_and_nothing_is_written(cast: Cast, login: Login) -> None:
    page = login(cast.town_office).post(NEW, _typed(cast, photo=disguised())).content.decode()
    assert "这个文件不是照片" in page
    assert not Representative.objects.filter(certificate_no="HA-0001").exists()


def test_a_correction_is_one_line_of_history_with_its_author(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    client.post(NEW, _typed(cast))
    person = Representative.objects.get(certificate_no="HA-0001")
    county_studio = _studios(cast)["county"]
    both = [str(cast.studio.pk), str(county_studio.pk)]
    kept = {"mandates-INITIAL_FORMS": "1"} | _row(0, term="13", level="TOWN", DELETE="on")
    more = {"mandates-TOTAL_FORMS": "2"} | _row(1, term="13", level="BOTH")
    target = f"/desk/reps/{person.pk}/edit/"
    login(cast.county_office).post(target, _typed(cast, position="校长", studios=both, **kept | more))
    newest, first = changes_of(person)
    assert (newest.who, first.who, first.is_first) == ("党联办甲", "镇办甲", True)
    assert {field.label for field in newest.fields} == {"职务", "工作室"}
    assert newest.note == "任期：第 13 届 镇党代表 → 第 13 届 县、镇党代表"
    assert "第 13 届 镇党代表 → 第 13 届 县、镇党代表" in client.get(person.get_absolute_url()).content.decode()
    assert [row.level for row in person.mandates.all()] == [Level.BOTH]


def test_the_form_of_a_record_begins_with_the_record(cast: Cast, login: Login) -> None:
    Mandate.objects.create(representative=cast.representative, term=12, level=Level.TOWN, electing_unit="第七选区")
    page = login(cast.town_office).get(f"/desk/reps/{cast.representative.pk}/edit/").content.decode()
    assert 'value="代表甲"' in page
    assert 'value="第七选区"' in page
    assert f'<option value="{cast.studio.pk}" selected>' in page


def test_what_was_typed_before_the_login_expired_comes_back(cast: Cast, client: Client) -> None:
    typed = _typed(cast) | _row(0, term="12", level="TOWN", electing_unit="老选区")
    client.post(NEW, typed)
    client.force_login(cast.town_office)
    page = client.get(NEW).content.decode()
    assert "人民教师" in page
    assert "老选区" in page


def test_saving_again_without_a_change_is_not_told(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    client.post(NEW, _typed(cast))
    person = Representative.objects.get(certificate_no="HA-0001")
    same = {"mandates-INITIAL_FORMS": "1"} | _row(0, term="13", level="TOWN", electing_unit="第一村党支部")
    assert client.post(f"/desk/reps/{person.pk}/edit/", _typed(cast, **same)).status_code == 302
    assert [change.is_first for change in changes_of(person)] == [True]
    assert list(person.history.order_by("history_id").values_list("history_type", flat=True)) == ["+", "~"]
    assert [row.electing_unit for row in person.mandates.all()] == ["第一村党支部"]
