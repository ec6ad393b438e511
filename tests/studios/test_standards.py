"""What each kind of studio must have: every kind × every reason, and areas around the limit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studios.enums import StudioKind
from studios.models import Studio, StudioStandard
from studios.standards import SHORTFALLS, reasons_of
from tests.accounts.factories import CountyFactory, DelegationFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

TODAY = date(2026, 11, 24)
GOOD = {"area": 30, "personal_statement": "愿为大家多跑一步", "service_promise": "件件有回音"}
LACKS = {
    "lacks_area": {"area": None},
    "is_too_small": {"area": 15},
    "is_not_alone": {"shared_with": "综合服务室"},
    "lacks_owner": {"owned": False},
    "lacks_statement": {"personal_statement": ""},
    "lacks_promise": {"service_promise": ""},
}
ASKED = {
    StudioKind.COUNTY: {"lacks_area", "is_too_small", "is_not_alone"},
    StudioKind.TOWN: {"lacks_area", "is_too_small"},
    StudioKind.PERSONAL: {"lacks_owner", "lacks_statement", "lacks_promise"},
}


def _studio(kind: StudioKind, *, owned: bool = True, **values: object) -> Studio:
    studio = StudioFactory(kind=kind, **GOOD | values)
    if owned and kind == StudioKind.PERSONAL:
        RepresentativeFactory(delegation=studio.delegation, owned_studio=studio)
    return Studio.objects.with_shortfalls(TODAY).get(pk=studio.pk)


def _holding(studio: Studio) -> set[str]:
    return {row.name for row in SHORTFALLS if getattr(studio, row.name)}


def test_the_table_is_covered() -> None:
    assert [row.name for row in SHORTFALLS] == list(LACKS)


@pytest.mark.parametrize("kind", StudioKind)
def test_a_studio_with_everything_meets_its_rule(db: None, kind: StudioKind) -> None:
    studio = _studio(kind)
    assert (_holding(studio), studio.is_below, reasons_of(studio)) == (set(), False, [])


@pytest.mark.parametrize("reason", LACKS)
@pytest.mark.parametrize("kind", StudioKind)
def test_every_kind_and_every_reason(db: None, kind: StudioKind, reason: str) -> None:
    studio = _studio(kind, **LACKS[reason])
    expected = {reason} & ASKED[kind]
    assert _holding(studio) == expected
    assert studio.is_below is bool(expected)
    assert len(reasons_of(studio)) == len(expected)


def test_reasons_are_sentences_with_the_numbers(db: None) -> None:
    studio = _studio(StudioKind.COUNTY, area=Decimal("18.5"), shared_with="信访接待室")
    assert [reason.sentence for reason in reasons_of(studio)] == [
        "面积 18.5 平方米，要求不少于 20 平方米",
        "与信访接待室联建共用，县党代表工作室要独立设置",
    ]


def test_a_county_sets_its_own_area_from_a_day_on(db: None) -> None:
    studio = _studio(StudioKind.TOWN, area=18)
    ask = StudioStandard.objects.create
    ask(county=studio.county, effective_from=date(2026, 1, 1), town_min_area=17)
    ask(county=studio.county, effective_from=date(2026, 11, 24), town_min_area=Decimal("18.1"))
    ask(county=CountyFactory(), effective_from=date(2026, 1, 1), town_min_area=90)
    days = (date(2025, 12, 31), date(2026, 11, 23), TODAY)
    found = [Studio.objects.with_shortfalls(day).get(pk=studio.pk) for day in days]
    assert [row.asked_area for row in found] == [16, 17, Decimal("18.1")]
    assert [row.is_below for row in found] == [False, False, True]


def test_counties_are_judged_by_their_own_numbers_in_one_query(db: None, django_assert_num_queries: object) -> None:
    strict, lax = DelegationFactory(), DelegationFactory()
    StudioStandard.objects.create(county=strict.county, effective_from=TODAY, town_min_area=40)
    for town in (strict, lax):
        StudioFactory(delegation=town, area=30)
    with django_assert_num_queries(1):  # type: ignore[operator]
        below = {row.delegation_id: row.is_below for row in Studio.objects.with_shortfalls(TODAY)}
    assert below == {strict.pk: True, lax.pk: False}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([StudioKind.COUNTY, StudioKind.TOWN]),
    least=st.integers(10, 9999),
    over=st.integers(-9, 9),
)
def test_areas_around_the_limit(cast: Cast, kind: StudioKind, least: int, over: int) -> None:
    limit, area = Decimal(least) / 10, Decimal(least + over) / 10
    asked = {"county_min_area": limit, "town_min_area": limit}
    StudioStandard.objects.update_or_create(county=cast.county, effective_from=TODAY, defaults=asked)
    Studio.objects.filter(pk=cast.studio.pk).update(kind=kind, area=area)
    found = Studio.objects.with_shortfalls(TODAY).get(pk=cast.studio.pk)
    assert found.is_too_small is (over < 0)
    assert found.is_below is (over < 0)
