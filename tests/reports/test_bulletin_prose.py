"""The sentences of the bulletin over every case: nothing, one, more, less, the same, nothing before. No database."""

from collections import Counter
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.bulletin.paper import text_of
from reports.bulletin.prose import (
    EVALUATED,
    STORY_KEYS,
    UNSATISFIED,
    Earlier,
    Story,
    change,
    commended_units,
    is_commendable,
    overdue_units,
    overview,
    rate_change,
    top_categories,
    top_of,
    troubles,
)
from reports.bulletin.reach import Counted
from studios.measures import Span

NOW = Span(date(2026, 7, 1), date(2026, 9, 30), date(2026, 9, 30))
THEN = Span(date(2026, 4, 1), date(2026, 6, 30), date(2026, 6, 30))
UNTIL = "2026年9月30日"


def counted(span: Span = NOW, **numbers: int) -> Counted:
    return Counted(Counter(numbers), span, {"county": 1})


def before(**numbers: int) -> Earlier:
    return Earlier("上季度", counted(THEN, **numbers))


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        (108, 120, "比上季度增加 12 件"),
        (120, 119, "比上季度减少 1 件"),
        (5, 5, "与上季度持平"),
        (5, 0, "比上季度减少 5 件"),
    ],
)
def test_change(was: int, is_: int, said: str) -> None:
    assert text_of(change(before(accepted=was), counted(accepted=is_), "accepted")) == said


def test_nothing_before_is_a_dash_and_never_an_increase() -> None:
    assert text_of(change(before(), counted(accepted=7), "accepted")) == "比上季度 —"


def test_a_measure_that_was_zero_beside_others_is_compared() -> None:
    assert text_of(change(before(onsite_handled=1), counted(accepted=7), "accepted")) == "比上季度增加 7 件"


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_difference_is_right_and_positive(was: int, is_: int) -> None:
    said = text_of(change(before(accepted=was, onsite_handled=1), counted(accepted=is_), "accepted"))
    sign = 1 if "增加" in said else -1 if "减少" in said else 0
    assert sign * int("".join(filter(str.isdigit, said)) or 0) == is_ - was


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ((50, 100), (3, 4), "比上季度提高 25.00 个百分点"),
        ((3, 4), (1, 3), "比上季度下降 41.67 个百分点"),
        ((1, 2), (2, 4), "与上季度持平"),
        ((0, 0), (1, 2), ""),
        ((1, 2), (0, 0), ""),
    ],
)
def test_rate_change(was: tuple[int, int], is_: tuple[int, int], said: str) -> None:
    earlier, now = before(closed=was[0], accepted=was[1]), counted(closed=is_[0], accepted=is_[1])
    assert text_of(rate_change(earlier, now, "closing")) == said


def test_a_quarter_with_figures_reads_as_the_office_writes() -> None:
    now = counted(
        regular_attendances=577, themed_held=27, collective_held=12, people_received=1872, events_with_people=2123,
        onsite_handled=525, expected=319, present=305, not_excused=310, accepted=1391, closed=1072, assigned=1380,
        replied=1100, judged=1110, on_time=1050, **{EVALUATED: 500, "contented_outcome_all_final": 497},
    )  # fmt: skip
    said = [text_of(some) for some in overview(Story(now, [before(accepted=1379, closed=1072)]))]
    assert "党代表参加常规约见 577 人次（比上季度增加 577 人次）；举办主题约见 27 场、集中约见 12 场" in said[0]
    assert "共约见党员群众 3995 人次" in said[0]
    assert "应到党代表 319 人次，到岗 305 人次，约见参与率 95.61%；不计请假的到岗率 98.39%。" in said[1]
    assert "收集建议意见 1391 件（比上季度增加 12 件），已办结 1072 件（与上季度持平）" in said[2]
    assert "办结率 77.07%（比上季度下降 0.67 个百分点）" in said[2]
    assert said[3] == "群众和代表评价。收到有效评价 500 份，满意率（含基本满意）99.40%。"


def test_nothing_at_all_is_zeros_and_dashes() -> None:
    said = "".join(text_of(some) for some in overview(Story(counted(), [before()])))
    assert "收集建议意见 0 件（比上季度 —）" in said
    for words in ("办结率 —", "约见参与率 —", "答复率 —", "满意率（含基本满意）—"):
        assert words in said
    assert "0.00%" not in said


def test_without_comparison_there_are_no_brackets() -> None:
    assert "（比" not in "".join(text_of(some) for some in overview(Story(counted(accepted=3))))


def test_every_number_but_the_sum_leads_to_its_own_rows() -> None:
    numbers = {key: place for place, key in enumerate(STORY_KEYS, start=1)}
    story = Story(counted(**numbers), [before(accepted=1)])
    linked = [piece for some in overview(story) for piece in some if piece.url]
    for piece in linked:
        asked = parse_qs(urlsplit(piece.url).query)
        assert asked["county"] == ["1"]
        if asked["from"] == ["2026-07-01"] and piece.text.isdigit():
            assert numbers[asked["measure"][0]] == int(piece.text)
    unlinked = [
        piece.text for some in overview(story) for piece in some if not piece.url and piece.text.strip().isdigit()
    ]
    assert unlinked == []


def test_the_difference_leads_to_the_rows_of_then() -> None:
    (piece,) = (piece for piece in change(before(accepted=3), counted(accepted=5), "accepted") if piece.url)
    assert parse_qs(urlsplit(piece.url).query)["to"] == ["2026-06-30"]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({}, "本期没有受理建议意见。"),
        ({"道路": 4}, "收集的建议意见 4 件中，全部属于道路 4 件（占 100.00%）。"),
        ({"道路": 1, "水利": 3}, "收集的建议意见 4 件中，居前两位的是水利 3 件（占 75.00%）、道路 1 件（占 25.00%）。"),
        (
            {"道路": 2, "水利": 2, "医疗": 1, "其他": 1},
            "收集的建议意见 6 件中，居前三位的是道路 2 件（占 33.33%）、水利 2 件（占 33.33%）、医疗 1 件（占 16.67%）。",
        ),
    ],
)
def test_top_categories(numbers: dict[str, int], said: str) -> None:
    parts = [(name, counted(accepted=number)) for name, number in numbers.items()] + [("空", counted())]
    assert text_of(top_categories(parts, counted(accepted=sum(numbers.values())))) == said
    assert "空" not in [name for name, _part in top_of(parts)]


def test_overdue_units_come_the_most_first() -> None:
    units = [("住建局", counted(overdue=1)), ("交通局", counted(overdue=3)), ("水利局", counted())]
    said = text_of(overdue_units(units, counted(overdue=4), UNTIL))
    assert said.endswith("历次受理的建议意见中逾期未答复 4 件：交通局 3 件、住建局 1 件。")
    assert text_of(overdue_units([], counted(), UNTIL)) == "逾期通报。截至2026年9月30日，没有逾期未答复的建议意见。"


@pytest.mark.parametrize(
    ("numbers", "is_good"),
    [
        ({"replied": 5, "on_time": 5, "judged": 5}, True),
        ({"replied": 4, "on_time": 4, "judged": 4}, False),
        ({"replied": 9, "on_time": 8, "judged": 9}, False),
        ({"replied": 5, "on_time": 5, "judged": 6}, False),
        ({"replied": 5, "on_time": 5, "judged": 5, UNSATISFIED: 1}, False),
        ({}, False),
    ],
)
def test_only_a_large_enough_and_spotless_record_is_commended(numbers: dict[str, int], is_good: bool) -> None:
    unit = counted(**numbers)
    assert is_commendable(unit) is is_good
    assert ("交通局" in text_of(commended_units([("交通局", unit)]))) is is_good


def test_troubles_name_what_there_is() -> None:
    said = text_of(troubles(counted(handed_back=2, overdue=9), counted(overdue=3)))
    assert said == "从数据看，还有逾期未答复的建议意见 3 件、交办后退办 2 次。"
    assert text_of(troubles(counted(), counted())).startswith("本期没有逾期未答复")
