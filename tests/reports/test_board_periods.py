"""The periods of the board: their days, their neighbours, and what they are compared with. No database."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from reports.board.periods import Choice, chosen, offered, running
from representatives.terms import Term
from studios.periods import BEGINNING

TODAY = date(2026, 11, 24)
TERMS = [Term(12, date(2016, 9, 1), date(2021, 9, 1)), Term(13, date(2021, 8, 20), date(2026, 12, 31))]
DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2040, 12, 31))


def _choice(query: str, today: date = TODAY) -> Choice:
    return chosen(QueryDict(query), today, TERMS)[0]


def _days(query: str, today: date = TODAY) -> tuple[date, date]:
    period = _choice(query, today).period
    return period.first, period.last


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", date(2026, 1, 1), TODAY),
        ("period=month", date(2026, 11, 1), TODAY),
        ("period=month&on=2026-02-10", date(2026, 2, 1), date(2026, 2, 28)),
        ("period=quarter", date(2026, 10, 1), TODAY),
        ("period=quarter&on=2025-12-31", date(2025, 10, 1), date(2025, 12, 31)),
        ("period=year&on=2025-05-05", date(2025, 1, 1), date(2025, 12, 31)),
        ("period=term", date(2021, 8, 20), TODAY),
        ("period=term&on=2020-01-01", date(2016, 9, 1), date(2021, 8, 19)),
        ("period=all", BEGINNING, TODAY),
        ("from=2026-02-01&to=2026-03-31", date(2026, 2, 1), date(2026, 3, 31)),
        ("from=2026-02-01", date(2026, 2, 1), TODAY),
        ("to=2026-02-01", BEGINNING, date(2026, 2, 1)),
        ("period=month&on=2027-05-01", date(2026, 11, 1), TODAY),  # what has not begun is not shown
        ("period=nonsense", date(2026, 1, 1), TODAY),
        ("period=month&on=nonsense", date(2026, 1, 1), TODAY),
        ("period=month&on=0001-01-01", date(2026, 1, 1), TODAY),
        ("period=term&on=2001-01-01", date(2026, 1, 1), TODAY),  # before the first term
        ("from=2026-07-01&to=2026-01-01", date(2026, 1, 1), TODAY),
    ],
)
def test_days(query: str, first: date, last: date) -> None:
    assert _days(query) == (first, last)


@pytest.mark.parametrize(
    ("query", "label", "first", "last", "as_of"),
    [
        ("period=month", "上月同期", date(2026, 10, 1), date(2026, 10, 24), date(2026, 10, 24)),
        ("period=month&on=2026-10-05", "上月", date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 24)),
        ("period=quarter", "上季同期", date(2026, 7, 1), date(2026, 8, 24), date(2026, 8, 24)),
        ("period=year", "上年同期", date(2025, 1, 1), date(2025, 11, 24), date(2025, 11, 24)),
        ("from=2026-11-11&to=2026-11-20", "上期", date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 14)),
    ],
)
def test_like_is_compared_with_like(query: str, label: str, first: date, last: date, as_of: date) -> None:
    before = _choice(query).before
    assert before
    assert (before.label, before.span.first, before.span.last, before.span.as_of) == (label, first, last, as_of)


def test_a_longer_month_is_compared_with_all_of_a_shorter_one() -> None:
    before = _choice("period=month", date(2026, 3, 30)).before
    assert before
    assert (before.span.first, before.span.last) == (date(2026, 2, 1), date(2026, 2, 28))
    over = _choice("period=month", date(2026, 3, 31)).before
    assert over
    assert over.label == "上月"


@pytest.mark.parametrize("query", ["period=all", "to=2026-02-01"])
def test_what_has_no_beginning_has_no_neighbours(query: str) -> None:
    choice = _choice(query)
    assert (choice.before, choice.back, choice.forth) == (None, None, None)


def test_the_first_term_has_nothing_before_it() -> None:
    choice = _choice("period=term&on=2020-01-01")
    assert (choice.before, choice.back) == (None, None)
    assert choice.forth


def test_the_term_is_offered_where_one_runs() -> None:
    assert [label for _key, label in offered(TERMS, TODAY)] == ["本月", "本季", "本年", "本届", "全部"]
    assert [key for key, _label in offered([], TODAY)] == ["month", "quarter", "year", "all"]
    assert "term" not in dict(offered(TERMS, date(2028, 1, 1)))
    assert chosen(QueryDict("period=term"), TODAY, [])[0].period.key == "year"


@given(today=DAYS, on=DAYS, key=st.sampled_from(["month", "quarter", "year"]))
def test_steps_lead_to_the_neighbours_and_back(today: date, on: date, key: str) -> None:
    choice = _choice(f"period={key}&on={on}", today)
    assert choice.period.first <= choice.period.last <= today
    assert _days(choice.query, today) == (choice.period.first, choice.period.last)
    assert choice.back
    earlier = _choice(choice.back.query, today)
    assert earlier.period.last == choice.period.first - timedelta(days=1)
    assert earlier.forth
    assert _days(earlier.forth.query, today) == (choice.period.first, choice.period.last)
    assert (choice.forth is None) == (choice.period.last == today or _is_running(choice, today))


@given(today=DAYS, on=DAYS, key=st.sampled_from(["month", "quarter", "year"]))
def test_the_comparison_is_no_longer_and_got_no_more_time(today: date, on: date, key: str) -> None:
    choice = _choice(f"period={key}&on={on}", today)
    assert choice.before
    span = choice.before.span
    assert span.last < choice.period.first
    assert span.as_of - span.last == today - choice.period.last
    if choice.before.label.endswith("同期"):
        assert span.last - span.first <= choice.period.last - choice.period.first


def test_what_runs_is_what_is_chosen_without_a_day() -> None:
    assert {key: _choice(f"period={key}") for key in ("month", "quarter", "year", "all")} == running(TODAY)


def _is_running(choice: Choice, today: date) -> bool:
    return choice.forth is None and choice.period.last == today
