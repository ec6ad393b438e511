"""Finding cases by words: the same rows on every database (run on PostgreSQL, too, by `dev.py test`)."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.search import search_text
from suggestions import services
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.services.intake import Matter, Visitor
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.reports.exporting import exported, rows_of
from tests.suggestions import asking, paths

Login = Callable[[User], Client]


def _case(cast: Cast, title: str, content: str = "请予研究", number: str = "") -> Suggestion:
    matter = Matter(title, content, "ROADS", "TOWN")
    case = services.open_suggestion(
        matter=matter, visitor=Visitor(), representative=cast.representative, studio=cast.studio, actor=cast.liaison
    )
    services.submit_suggestion(suggestion=case, actor=cast.liaison)
    if number:
        services.accept_suggestion(suggestion=case, actor=cast.town_office, version=None)
    return case


@pytest.mark.parametrize(
    ("title", "content", "text", "is_found"),
    [
        ("村口道路坑洼", "雨后积水", "道路", True),
        ("村口道路坑洼", "雨后积水", "积水", True),
        ("村口道路坑洼", "雨后积水", "水路", False),
        ("村口道路坑洼", "雨后积水", "坑洼雨", False),
        ("村口道路坑洼", "雨后积水", "积水 村口", True),
        ("村口道路坑洼", "雨后积水", "积水 学校", False),
        ("村口道路坑洼", "雨后积水", "坑", True),
        ("村口道路坑洼", "雨后积水", "桥", False),
        ("安装 WiFi 基站", "5G 信号弱", "wifi", True),
        ("安装 WiFi 基站", "5G 信号弱", "ＷＩＦＩ", True),
        ("安装 ＷｉＦｉ 基站", "５Ｇ 信号弱", "5g", True),
        ("补贴提高50%", "每亩_120元", "50%", True),
        ("补贴提高50%", "每亩_120元", "0％", True),
        ("补贴提高500元", "每亩120元", "50%", False),
        ("补贴提高50%", "每亩_120元", "亩_1", True),
        ("补贴提高50%", "每亩_120元", "亩%元", False),
        ("补贴提高50%", "每亩120元", "亩_20", False),
        ("反斜杠\\与引号'\"", "内容", "杠\\与", True),
        ("反斜杠\\与引号'\"", "内容", "'\"", True),
        ("关于（东）桥", "内容", "(东)", True),
        ("关于“东”桥", "内容", "“东”", True),
        ("换行", "第一行\n第二行", "行 第", True),
        ("换行", "第一行\n第二行", "一行第", False),
        ("生僻字𠮷野家", "内容", "𠮷野", True),
        ("任何", "内容", "   ", True),
        ("任何", "内容", "任\0何", True),
        ("任何", "内容", "，", False),
        ("任何，一件", "内容", "，", True),
    ],
)
def test_words_are_taken_literally(cast: Cast, title: str, content: str, text: str, is_found: bool) -> None:
    case = _case(cast, title, content)
    found = Suggestion.objects.matching(text, cast.town_office)
    assert (case in found) == is_found


@pytest.mark.parametrize("text", ["海建〔2026〕0001", "0001", "2026", "海建", "〕0", "００01", "1 海建"])
def test_a_number_is_found_once_it_is_issued(cast: Cast, text: str, time_machine: object) -> None:
    time_machine.move_to("2026-11-23T02:00:00Z", tick=False)  # type: ignore[attr-defined]
    numbered, other = _case(cast, "有编号", number="x"), _case(cast, "还没有")
    assert list(Suggestion.objects.matching(text, cast.town_office)) == [numbered]
    assert other.number == ""


def test_names_of_representatives_and_units_are_found(cast: Cast, case_in: CaseIn) -> None:
    case, draft = case_in(State.HANDLING), case_in(State.DRAFT)
    cases = Suggestion.objects.order_by("pk")
    assert list(cases.matching("代表甲", cast.county_office)) == [case, draft]
    assert list(cases.matching("交通局", cast.county_office)) == [case]
    assert list(cases.matching("交通运输局 村口", cast.county_office)) == [case]
    assert list(cases.matching("交通局 学校", cast.county_office)) == []
    assert list(cases.matching("住建局", cast.county_office)) == []
    assert list(cases.matching("jtj", cast.county_office)) == []


@pytest.mark.parametrize("joined", [asking.shared, asking.helped])
def test_every_unit_of_a_joint_case_is_found(cast: Cast, joined: Callable[[Cast], Suggestion]) -> None:
    case = joined(cast)
    for name in ("交通局", "住建局"):
        assert list(Suggestion.objects.matching(name, cast.county_office)) == [case]
    assert not Suggestion.objects.matching("住建局", cast.stranger).exists()


def test_names_of_another_county_find_nothing(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    assert list(Suggestion.objects.matching("代表甲", cast.stranger)) == []


def test_the_petitioner_is_not_found(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    assert not Suggestion.objects.matching("来访人甲", cast.county_office).exists()
    assert not Suggestion.objects.matching("19900001234", cast.county_office).exists()


def test_a_corrected_draft_is_found_by_its_new_words(cast: Cast) -> None:
    case = paths.open_case(cast)
    services.update_suggestion(
        suggestion=case, matter=Matter("校门口拥堵", "上学时间", "ROADS", "TOWN"), visitor=Visitor(),
        actor=cast.liaison, version=case.version,
    )  # fmt: skip
    assert list(Suggestion.objects.matching("拥堵", cast.liaison)) == [case]
    assert not Suggestion.objects.matching("坑洼", cast.liaison).exists()


def test_the_list_and_its_export_search(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    client = login(cast.county_office)
    for text, count in (("坑洼", 1), ("坑洼 交通局", 1), ("桥梁", 0), ("%", 0)):
        page = client.get(reverse("suggestions:list"), {"q": text})
        assert len(page.context["page"].rows) == count
        assert len(rows_of(exported(client, "suggestions", f"?{urlencode({'q': text})}"))) == count


def test_the_stored_text_is_half_width_and_small() -> None:
    assert search_text("Ａb　\n c\0Ｄ％") == "ab cd%"
