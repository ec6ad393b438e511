"""Months, quarters and years: their names, days, neighbours, and what they are compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.bulletin.terms import MONTH, QUARTER, YEAR, Term, offered

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
LENGTHS = st.sampled_from([MONTH, QUARTER, YEAR])


@given(DAYS, LENGTHS)
def test_a_term_holds_its_day_and_is_found_by_its_name(day: date, months: int) -> None:
    term = Term.around(day, months)
    assert term.first <= day <= term.last
    assert Term.named(term.key) == term
    assert term.moved(1).first == term.last + timedelta(days=1)
    assert term.moved(-1).moved(1) == term


@pytest.mark.parametrize(
    ("key", "label", "last"),
    [
        ("2026-02", "2026年2月", date(2026, 2, 28)),
        ("2024-02", "2024年2月", date(2024, 2, 29)),
        ("2026Q3", "2026年第三季度", date(2026, 9, 30)),
        ("2026", "2026年", date(2026, 12, 31)),
    ],
)
def test_names(key: str, label: str, last: date) -> None:
    term = Term.named(key)
    assert term
    assert (term.key, term.label, term.last) == (key, label, last)


@pytest.mark.parametrize(
    "text", ["", "x", "2026Q5", "2026Q0", "2026-13", "2026-9", "26", "1999", "2026Q3 ", "２０２６"]
)
def test_nonsense_names_nothing(text: str) -> None:
    assert Term.named(text) is None


def test_a_term_that_is_over_is_compared_whole() -> None:
    term = Term(date(2026, 7, 1), QUARTER)
    (ago, before), (year_ago, same) = term.compared(date(2026, 10, 8))
    assert (ago, before.first, before.last, before.as_of) == (
        "上季度",
        date(2026, 4, 1),
        date(2026, 6, 30),
        date(2026, 6, 30),
    )
    assert (year_ago, same.first, same.as_of) == ("上年同期", date(2025, 7, 1), date(2025, 9, 30))


def test_a_running_term_is_compared_as_far_as_it_has_come() -> None:
    term = Term(date(2026, 3, 1), MONTH)
    (ago, before), (_year_ago, same) = term.compared(date(2026, 3, 30))
    assert ago == "上月同期"
    assert before.as_of == date(2026, 2, 28)
    assert same.as_of == date(2025, 3, 30)


def test_a_year_has_one_comparison() -> None:
    found = Term(date(2026, 1, 1), YEAR).compared(date(2026, 11, 24))
    assert [(ago, span.first, span.as_of) for ago, span in found] == [
        ("上年同期", date(2025, 1, 1), date(2025, 11, 24))
    ]


def test_nothing_to_come_is_offered() -> None:
    term = Term(date(2026, 7, 1), QUARTER)
    keys = [near.key for near in offered(term, date(2026, 11, 24))]
    assert keys == ["2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    assert offered(term, date(2026, 9, 30))[-1] == term
