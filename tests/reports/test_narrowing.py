"""A list says what it is narrowed to, keeps it through the filter form, and offers the way out (studios.narrowing)."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports.stats import MEASURES, PLACES, RATIOS, link
from studios.measures import Groups, Span
from studios.narrowing import filter_query
from studios.periods import BEGINNING, days_words
from suggestions.charge_measures import ASSIGNMENTS, OWED
from suggestions.enums import State
from suggestions.measures import RATINGS
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), date(2026, 12, 31))


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]*>|\s*\n\s*", "", found[1]).strip()


@pytest.fixture(autouse=True)
def _the_last_day_of_the_year() -> Iterator[None]:
    with time_machine.travel("2026-12-31 09:00 +0800", tick=False):
        yield


@pytest.fixture
def leader(cast: Cast, login: Login) -> Client:
    return login(cast.leader)


@pytest.mark.parametrize(
    ("key", "where", "heading"),
    [
        ("closed", {"unit": "county_unit"}, "已办结 · 交通局 · 2026年3月"),
        ("closed", {"unit": None}, "已办结 · 没有承办单位 · 2026年3月"),
        ("closed", {"category": "ROADS", "delegation": "town"}, "已办结 · 曲塘镇 · 道路交通 · 2026年3月"),
        ("accepted", {"month": date(2026, 3, 1)}, "收集建议意见 · 2026年3月"),
        ("accepted", {"representative": "representative"}, "收集建议意见 · 代表甲 · 2026年3月"),
        ("visits", {"kind": "REGULAR"}, "接访件次 · 常规约见 · 2026年3月"),
        ("present", {"studio": "studio"}, "到岗人次 · 曲塘镇第一村党代表工作室 · 2026年3月"),
        ("announced_in_time", {"studio_kind": "TOWN"}, "及时公示的常规约见 · 镇党代表工作室 · 2026年3月"),
        ("assignments", {"unit": "county_unit"}, "交办次数 · 交通局 · 2026年3月"),
        ("studios_passing", {"delegation": "town"}, "达标的工作室 · 曲塘镇"),
    ],
)
def test_the_heading_names_number_group_and_days(
    cast: Cast, leader: Client, key: str, where: Groups, heading: str
) -> None:
    named = {name: getattr(getattr(cast, str(value), value), "pk", value) for name, value in where.items()}
    assert _heading(_page(leader, link(key, MARCH, named))) == heading
    earlier = Span(MARCH.first, MARCH.last, date(2026, 4, 1))
    assert _heading(_page(leader, link(key, earlier, named))) == f"{heading} · 截至2026年4月1日"


def test_a_name_out_of_scope_is_not_told(cast: Cast, leader: Client) -> None:
    elsewhere = cast.stranger.memberships.get().organization
    page = _page(leader, link("closed", MARCH, {"county": elsewhere.pk}))
    assert _heading(page).startswith("已办结 · 其他 · ")
    assert elsewhere.name not in page


@pytest.mark.parametrize(
    ("key", "kept"),
    [("closed", "studio"), ("visits", "kind"), ("present", "representative"), ("to_announce", "studio")],
)
def test_the_filter_form_passes_it_on(cast: Cast, leader: Client, key: str, kept: str) -> None:
    value = {"studio": cast.studio.pk, "kind": "REGULAR", "representative": cast.representative.pk}[kept]
    page = _page(leader, link(key, MARCH, {kept: value}))
    form = re.search(r'<form class="filter".*?</form>', page, re.DOTALL)
    assert form
    for name, said in (("measure", key), ("as_of", "2026-12-31"), (kept, value), ("from", "2026-03-01")):
        assert re.search(rf'name="{name}"[^>]*value="{said}"|value="{said}"[^>]*name="{name}"', form[0]), name


def test_leaving_the_number_keeps_what_the_form_asks_for(cast: Cast, leader: Client) -> None:
    page = _page(leader, link("closed", MARCH, {"studio": cast.studio.pk, "delegation": cast.town.pk}) + "&after=9~9")
    found = re.search(r'<a class="nowrap" href="([^"]*)">清除统计口径</a>', page)
    assert found
    query = QueryDict(found[1].replace("&amp;", "&").lstrip("?")).dict()
    assert query == {"from": "2026-03-01", "to": "2026-03-31", "delegation": str(cast.town.pk)}
    assert "清除统计口径" not in _page(leader, f"{reverse('suggestions:list')}{found[1]}")


def test_nobody_is_kept_and_gives_way_to_a_choice(cast: Cast, leader: Client, case_in: CaseIn) -> None:
    """`unit=none` is no choice of the form: it is passed on beside it, until another unit is chosen."""
    waiting, charged = case_in(State.ACCEPTED), case_in(State.HANDLING)
    span = Span(BEGINNING, date(2099, 12, 31), date(2099, 12, 31))
    address = link("accepted", span, {"unit": None})
    page = _page(leader, address)
    assert "没有这个单位" not in page
    assert '<input type="hidden" name="unit" value="none">' in page
    for more, case in (("&unit=", waiting), (f"&unit={cast.county_unit.pk}", charged)):
        shown = leader.get(address + more).context["page"].rows
        assert shown == [Suggestion.objects.get(pk=case.pk)]


def test_a_plain_list_says_nothing_of_it(leader: Client) -> None:
    for place in PLACES:
        if place.source not in (RATINGS, ASSIGNMENTS, OWED):
            assert "统计口径" not in _page(leader, reverse(place.url_name))


def test_a_query_without_a_number_is_left_alone() -> None:
    query = QueryDict("unit=none&q=路")
    assert filter_query(query) is query


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        (date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        (date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        (date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024年"),
        (date(2026, 1, 1), date(2026, 2, 28), "2026年1月1日至2026年2月28日"),
        (date(2026, 1, 2), date(2026, 1, 31), "2026年1月2日至2026年1月31日"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026年2月1日至2026年4月30日"),
        (BEGINNING, date(2026, 4, 30), "截至2026年4月30日"),
        (BEGINNING, date.max, ""),
        (date(2026, 4, 1), date.max, "2026年4月1日以来"),
    ],
)
def test_whole_periods_have_names(first: date, last: date, words: str) -> None:
    assert days_words(first, last) == words


def test_a_ratio_says_its_formula() -> None:
    assert RATIOS["closing"].formula == "办结率＝已办结÷收集建议意见"
    assert RATIOS["announced"].formula == "公示及时率＝及时公示的常规约见÷应公示的常规约见"
    for ratio in RATIOS.values():
        assert ratio.formula.startswith(f"{ratio.label}＝{MEASURES[ratio.numerator].label}÷")
