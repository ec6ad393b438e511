"""How alike two matters are: a measure with bounds, and words for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suggestions.triage.duplicates import LIKELY, Matter, likeness, longest_run, pairs, shortlists

ROAD = Matter(1, "第一村通往学校的路坑洼积水", "下雨积水，老人孩子出行不便，建议修补", "ROADS", 7, "第一村")
TEXT = st.text(alphabet="村路灯桥水坏修补请一二三，。 aB", max_size=24)
MATTERS = st.builds(
    Matter,
    st.integers(1, 9),
    TEXT,
    TEXT,
    st.sampled_from(["ROADS", "WATER"]),
    st.sampled_from([7, 8]),
    st.sampled_from(["", "第一村", "第二村"]),
)


@given(MATTERS, MATTERS)
def test_it_is_symmetric_and_within_bounds(one: Matter, other: Matter) -> None:
    found = likeness(one, other)
    assert 0 <= found.score <= 1
    assert found == likeness(other, one)


@given(MATTERS)
def test_the_same_words_about_the_same_place_are_the_same(one: Matter) -> None:
    assert likeness(one, replace(one, key=99)).score == pytest.approx(1)


@given(MATTERS, MATTERS)
def test_place_and_category_only_ever_take_away(one: Matter, other: Matter) -> None:
    together = replace(other, town=one.town, village=one.village, category=one.category)
    assert likeness(one, other).score <= likeness(one, together).score


@pytest.mark.parametrize(
    ("other", "is_likely"),
    [
        (replace(ROAD, title="第一村到学校的路坑洼，下雨积水", content="雨天积水，孩子出行不便，请修补"), True),
        (replace(ROAD, village=""), True),
        (replace(ROAD, category="OTHER"), True),
        (replace(ROAD, title="第二村通往学校的路坑洼积水", village="第二村"), False),
        (replace(ROAD, title="老小区下水管经常堵", content="雨天倒灌，建议改造管网"), False),
        (replace(ROAD, town=8, village="第三村", category="OTHER"), False),
    ],
)
def test_what_is_likely(other: Matter, *, is_likely: bool) -> None:
    assert (likeness(ROAD, replace(other, key=2)).score >= LIKELY) is is_likely


def test_another_category_in_another_town_never_gets_there() -> None:
    """The database leaves them out: that must lose nothing."""
    assert likeness(ROAD, replace(ROAD, key=2, town=8, category="OTHER")).score < LIKELY


def test_it_says_why() -> None:
    other = replace(ROAD, key=2, title="请修第一村通往学校的路")
    assert likeness(ROAD, other).words == "标题有 9 字相同，内容 100% 相同，同村，同类别"
    elsewhere = replace(ROAD, key=3, title="甲", content="乙", town=8, category="WATER")
    assert likeness(ROAD, elsewhere).words == ""


@given(TEXT, TEXT)
def test_the_longest_run_stands_in_both(one: str, other: str) -> None:
    length = longest_run(one, other)
    assert length == longest_run(other, one)
    assert any(one[at : at + length] in other for at in range(len(one) + 1))
    assert not any(one[at : at + length + 1] in other for at in range(len(one) - length))


def test_punctuation_and_case_do_not_count() -> None:
    assert pairs("路，灯 A") == pairs("路灯a") == {"路灯", "灯a"}
    assert pairs("路") == {"路"}
    assert pairs("。") == frozenset()


def test_the_shortlist_holds_the_nearest_and_never_the_case_itself() -> None:
    titles = [(1, ROAD.title), (2, "第一村通往学校的路"), (3, "第一村通往学校的路坑洼"), (4, "下水管经常堵")]
    assert shortlists([ROAD], titles, 5) == {1: [3, 2]}
    assert shortlists([ROAD], titles, 1) == {1: [3]}
