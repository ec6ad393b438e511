"""Streamed rows hold what was given, whatever it is: types, looks, spaces, control characters; and nothing is kept."""

import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from sheets.cells import FIRST_DAY, Cell, unguarded, writable
from sheets.writer import listing, write_listing

HEADS = [("一", 12), ("二", 12)]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
DAYS = st.dates(FIRST_DAY, date(2200, 1, 1))


def _cells(*values: Cell) -> list[Any]:
    """What openpyxl finds in a row of `values`."""
    heads = [(str(number), 10) for number in range(len(values))]
    return list(load_workbook(BytesIO(listing(heads, [values], [])))["清单"][2])


@given(st.lists(st.tuples(TEXTS, DAYS), min_size=1, max_size=8))
def test_texts_and_days_come_back(rows: list[tuple[str, date]]) -> None:
    found = CalamineWorkbook.from_filelike(BytesIO(listing(HEADS, rows, []))).get_sheet_by_index(0).to_python()[1:]
    assert [(unguarded(text), day) for text, day in found] == [(writable(text), day) for text, day in rows]


@pytest.mark.parametrize(
    ("value", "expected", "kind", "look"),
    [
        (3, 3, "n", "General"),
        (0.1, 0.1, "n", "General"),
        (Decimal("0.7707"), 0.7707, "n", "0.00%"),
        (date(2026, 10, 1), datetime(2026, 10, 1), "d", "yyyy-mm-dd"),
        (datetime(2026, 10, 1, 9, 30), datetime(2026, 10, 1, 9, 30), "d", "yyyy-mm-dd hh:mm"),
        (datetime(2026, 10, 1, 1, 30, tzinfo=UTC), datetime(2026, 10, 1, 9, 30), "d", "yyyy-mm-dd hh:mm"),
        (date(1899, 1, 1), "1899-01-01", "s", "@"),
        (datetime(1899, 1, 1, 8), "1899-01-01 08:00", "s", "@"),
        ("00012", "00012", "s", "@"),
        ("19900000001", "19900000001", "s", "@"),
        ("=1+1", "'=1+1", "s", "@"),
        ("a<b>&amp;\x00\x0b_x000D_", "a<b>&amp;_x005F_x000D_", "s", "@"),  # the format's own escape
        (" 前后 ", " 前后 ", "s", "@"),
        (None, None, "n", "General"),
        ("", None, "n", "@"),
    ],
)
def test_each_kind_has_its_type_and_look(value: Cell, expected: object, kind: str, look: str) -> None:
    [cell] = _cells(value)
    assert (cell.value, cell.data_type, cell.number_format) == (expected, kind, look)
    assert cell.border.left.style == "thin"


def test_what_looks_alike_in_python_is_not_mixed_up() -> None:
    assert [cell.value for cell in _cells(1, "1", 1.0, Decimal(1), "2026-01-01", date(2026, 1, 1))] == [
        *(1, "1", 1, 1, "2026-01-01", datetime(2026, 1, 1)),
    ]


def test_head_filter_and_print_titles_fit_the_rows() -> None:
    page = load_workbook(BytesIO(listing(HEADS, [["a", 1]] * 7, [("导出人", "党联办甲")])))["清单"]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("B2", "A1:B8", "$1:$1")
    assert [cell.value for cell in page[1]] == ["一", "二"]
    assert page["A1"].font.b
    assert page.column_dimensions["A"].width == 12


def test_memory_does_not_grow_with_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheets.stream.KEPT", 100)

    def peak(count: int) -> int:
        rows = ((f"第{number}件，每行都不一样", number) for number in range(count))
        with TemporaryFile() as target:
            tracemalloc.start()
            assert write_listing(target, HEADS, rows, []) == count
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    assert peak(8_000) < 1.2 * peak(1_000)
