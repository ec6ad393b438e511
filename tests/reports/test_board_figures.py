"""The figures: what their tables hold, what their charts are given, and that both say the same."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median as median_of

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from appointments.enums import Category
from reports.board.chart import Cell, Chart, ChartKind, Column, Figure, Row, Tone, ranked
from reports.board.figures import median
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.reports.boards import answered_world

Login = Callable[[User], Client]
STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800", tick=False):
        yield


@pytest.fixture
def figures(cast: Cast, login: Login) -> dict[str, Figure]:
    answered_world(cast)
    board = login(cast.leader).get("/board/").context["board"]
    return {item.key: item.content for item in board.figures}


def _figure(kind: ChartKind, *rows: Row, drawn: int = 15) -> Figure:
    columns = (Column("按期", Tone.GOOD), Column("逾期", Tone.BAD), Column("n"))
    return Figure("some", "按单位", "两个单位。", "单位", columns, rows, kind, drawn=drawn)


def _row(label: str, *numbers: int) -> Row:
    return Row(label, tuple(Cell(number) for number in numbers))


def test_shares_are_percents_and_keep_their_counts() -> None:
    chart = _figure(ChartKind.SHARES, _row("交通局", 3, 1, 4), _row("住建局", 0, 0, 0)).chart
    assert chart
    assert [(series.name, series.values, series.words) for series in chart.series] == [
        ("按期", [75.0, 0.0], ["3", ""]),
        ("逾期", [25.0, 0.0], ["1", ""]),
    ]


def test_a_chart_draws_so_many_rows_and_the_table_has_all() -> None:
    figure = _figure(ChartKind.BARS, *(_row(f"单位{n}", 9 - n, 0, 9) for n in range(9)), drawn=3)
    assert figure.chart
    assert figure.chart.labels == ["单位0", "单位1", "单位2"]
    assert len(figure.rows) == 9


def test_nothing_is_drawn_of_nothing() -> None:
    assert _figure(ChartKind.BARS).chart is None
    assert _figure(ChartKind.LINES, _row("2026-01", 0, 0, 5)).chart is None


def test_ranking_leaves_out_what_has_nothing() -> None:
    rows = ranked([_row("乙", 2, 0), _row("丙", 0, 0), _row("甲", 5, 0), _row("丁", 2, 0)])
    assert [row.label for row in rows] == ["甲", "丁", "乙"]


@given(st.dictionaries(st.integers(0, 90), st.integers(1, 30), max_size=12))
def test_the_median_of_piles_is_the_median_of_all(held: dict[int, int]) -> None:
    every = [day for day, n in held.items() for _ in range(n)]
    assert median(held) == (median_of(every) if every else None)


def test_charts_are_plain_json_that_the_script_knows(figures: dict[str, Figure]) -> None:
    script = (STATIC / "js/chart.js").read_text(encoding="utf8")
    tokens = (STATIC / "css/tokens.css").read_text(encoding="utf8")
    for figure in figures.values():
        assert isinstance(figure.chart, Chart), figure.key
        plain = json.loads(json.dumps(figure.chart.as_json()))
        assert f"{plain['kind']}: function" in script
        assert plain["description"].startswith(figure.title)
        for series in plain["series"]:
            assert f"--{series['tone']}: #" in tokens
            assert len(series["values"]) == len(series["words"]) == len(plain["labels"])


def test_units_split_what_was_judged_and_the_latest_come_first(figures: dict[str, Figure]) -> None:
    rows = figures["units"].rows
    assert {row.label for row in rows} == {"交通局", "住建局", "建设办"}
    for row in rows:
        on_time, extended, late, n, _rate = (cell.number for cell in row.cells)
        assert on_time + extended + late == n
    shares = [row.cells[2].number / row.cells[3].number for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert sum(row.cells[1].number for row in rows) > 0


def test_months_have_no_holes(figures: dict[str, Figure]) -> None:
    assert figures["months"].chart
    labels = figures["months"].chart.labels
    numbers = [int(label[:4]) * 12 + int(label[5:]) for label in labels]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))


def test_days_are_binned_by_the_database(figures: dict[str, Figure], cast: Cast) -> None:
    rows = figures["days"].rows
    answered = Suggestion.objects.visible_to(cast.leader).filter(replied_on__isnull=False, accepted_on__isnull=False)
    taken = sorted((case.replied_on - case.assigned_on).days for case in answered)
    assert [int(row.drawn_as) for row in rows] == sorted(set(taken))
    assert sum(row.cells[0].number for row in rows) == len(taken)
    assert f"一半在 {median_of(taken):g} 天内答复" in figures["days"].note


def test_other_is_last_and_ten_have_a_name_of_their_own(cast: Cast, login: Login) -> None:
    """Were an eleventh category named, the figure would have to fold: see reports.board.figures.categories."""
    assert len(Category) == 11
    answered_world(cast)
    cases = list(Suggestion.objects.all())
    for nth, case in enumerate(cases):
        case.category = Category.OTHER if nth % 2 else Category.values[nth % 5]
    Suggestion.objects.bulk_update(cases, ["category"])
    board = login(cast.leader).get("/board/?period=all").context["board"]
    rows = next(item.content for item in board.figures if item.key == "categories").rows
    assert rows[-1].label == "其他"
    named = [row.cells[0].number for row in rows[:-1]]
    assert named == sorted(named, reverse=True)


def test_satisfaction_says_how_many_rated_of_those_relayed(figures: dict[str, Figure]) -> None:
    assert "有效评价" in figures["satisfaction"].note
    assert "已转交" in figures["satisfaction"].note
    for row in figures["satisfaction"].rows:
        assert sum(cell.number for cell in row.cells[:3]) == row.cells[3].number


def test_the_page_has_every_table_without_a_script(cast: Cast, login: Login) -> None:
    answered_world(cast)
    page = login(cast.leader).get("/board/").content.decode()
    assert page.count('class="table-plain') == page.count("data-chart=") == page.count('role="img"') == 7
