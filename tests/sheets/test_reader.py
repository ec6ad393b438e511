"""Cells as people type them: numbers, dates, merged cells, blank rows, formulas."""

from datetime import date, datetime, time

import pytest

from sheets.reader import read_table
from sheets.table import Typed
from tests.sheets.books import SHEET, book_of, raw_sheet, with_part

HEADS = ["编号", "名称"]


def _read(*rows: list[object], **how: object) -> list[list[str]]:
    return read_table(book_of([HEADS, *rows], **how), HEADS).rows  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (19900000000, "19900000000"),
        (12, "12"),
        (18.5, "18.5"),
        ("00012", "00012"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),
        (time(9, 30), "09:30:00"),
        (True, "是"),
        (False, "否"),
        ("'=1+1", "=1+1"),
        ("'''=1+1", "''=1+1"),
        ("'quoted'", "'quoted'"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("  空格  ", "  空格  "),
    ],
)
def test_cells_become_text(cell: object, text: str) -> None:
    assert _read(["S1", cell]) == [["S1", text]]


def test_numbers_stay_recognisable() -> None:
    (row,) = _read([12, "00012"])
    assert [type(cell) for cell in row] == [Typed, str]


def test_a_number_too_long_for_a_number_is_not_made_up() -> None:
    assert _read([320685100001123456, "x"])[0][0] == "3.206851000011235e+17"


def test_blank_rows_are_skipped_and_numbers_are_those_of_the_sheet() -> None:
    table = read_table(book_of([HEADS, ["S1", "一"], [None, None], ["  ", ""], ["S2", "二"]]), HEADS)
    assert table.rows == [["S1", "一"], ["S2", "二"]]
    assert table.numbers == [2, 5]


def test_the_example_row_is_skipped() -> None:
    assert read_table(book_of([HEADS, ["示例-1", "x"], ["S1", "一"]]), HEADS, "示例-1").numbers == [3]


def test_columns_may_stand_in_any_order_and_errors_are_left_out() -> None:
    data = book_of([["名称*", "错误", "编号"], ["一村", "太长", "S1"]])
    assert read_table(data, HEADS).rows == [["S1", "一村"]]


def test_a_head_below_blank_rows_is_found() -> None:
    table = read_table(book_of([[], [], HEADS, ["S1", "一"]]), HEADS)
    assert (table.rows, table.numbers) == ([["S1", "一"]], [4])


def test_vertically_merged_cells_all_have_the_value() -> None:
    rows = _read(["曲塘镇", "一"], [None, "二"], [None, "三"], ["李堡镇", "四"], merged=["A2:A4"])
    assert [row[0] for row in rows] == ["曲塘镇", "曲塘镇", "曲塘镇", "李堡镇"]


def test_a_formula_is_read_as_its_value() -> None:
    head = '<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" t="str"><v>名称</v></c></row>'
    row = '<row r="2"><c r="A2" t="str"><f>"S"&amp;1</f><v>S1</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    data = with_part(book_of([HEADS]), SHEET, raw_sheet(head + row))
    assert read_table(data, HEADS).rows == [["S1", "2"]]


def test_infinite_numbers_are_no_crash() -> None:
    head = '<row r="1"><c r="A1" t="str"><v>编号</v></c><c r="B1" t="str"><v>名称</v></c></row>'
    data = with_part(book_of([HEADS]), SHEET, raw_sheet(head + '<row r="2"><c r="A2"><v>1e999</v></c></row>'))
    assert read_table(data, HEADS).rows == [["inf", ""]]
