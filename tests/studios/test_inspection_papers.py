"""What is printed: the 建设情况登记表 of a studio and the 整改通知."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from accounts.models import User
from studios.models import Equipment, Rectification, Studio
from tests.cast import Cast
from tests.studios.factories import StudioFactory
from tests.studios.inspecting import inspect

Login = Callable[[User], Client]


def _form(client: Client, studio: Studio) -> str:
    return client.get(f"/desk/studios/{studio.pk}/form/").content.decode()


def test_the_form_of_a_new_studio(cast: Cast, login: Login) -> None:
    page = _form(login(cast.liaison), cast.studio)
    for words in (
        "建设情况登记表",
        "曲塘镇第一村党代表工作室",
        "还没有登记设备",
        "还没有检查过",
        "联络员签字",
        "联络员甲",
    ):
        assert words in page
    assert "个人感言" not in page


def test_the_form_says_everything_registered(cast: Cast, login: Login) -> None:
    studio = StudioFactory(
        delegation=cast.town,
        kind="PERSONAL",
        village="罗町村",
        address="罗町村党群服务中心",
        area=18,
        shared_with="综合服务室",
        phone="0513-88890001",
        plaque_on=date(2024, 3, 1),
        personal_statement="多跑一步",
        service_promise="件件有回音",
    )
    Equipment.objects.create(studio=studio, name="打印机", quantity=2, condition="WORN")
    inspect(cast, date(2026, 11, 10), studio=studio, one_phone="FAIL")
    page = _form(login(cast.town_office), studio)
    for words in (
        studio.code, "党代表个人工作室", "罗町村党群服务中心", "18.0 平方米", "综合服务室", "0513-88890001",
        "2024年3月1日", "多跑一步", "件件有回音", "打印机", "待修", "2026年11月10日", "一部电话", "不达标", "有问题",
    ):  # fmt: skip
        assert words in page, words


def test_the_notice_lists_what_the_look_found(cast: Cast, login: Login) -> None:
    inspect(cast, date(2026, 11, 1), same_sign="FAIL")
    inspect(cast, date(2026, 11, 10), one_phone="FAIL", one_sign="FAIL", same_sign="FAIL")
    opened = Rectification.objects.get(code="one_phone")
    page = login(cast.liaison).get(f"/desk/rectifications/{opened.pk}/notice/").content.decode()
    for words in (
        "下列2项不达标",
        "1．一套标识：有问题",
        "2．一部电话：有问题",
        "请于2026年11月25日前完成整改",
        "抄送：曲塘镇代表队",
    ):
        assert words in page, words
    assert "统一标志" not in page


def test_the_notice_says_what_has_been_mended(cast: Cast, login: Login) -> None:
    inspect(cast, date(2026, 11, 10), one_phone="FAIL")
    inspect(cast, date(2026, 11, 15))
    opened = Rectification.objects.get()
    page = login(cast.liaison).get(f"/desk/rectifications/{opened.pk}/notice/").content.decode()
    assert "已于2026年11月15日销号" in page
