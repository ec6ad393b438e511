"""Text goes into a cell and comes back as it was; no cell is ever a formula."""

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sheets.cells import writable
from sheets.reader import read_table
from sheets.writer import listing

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(TEXT, min_size=1, max_size=8))
@example(["=1+1", "'=1+1", "''=1+1", "'", "+86", "-1", "@SUM(A1)", "\t=1"])
@example(["_x000D_", "_x0041_x0041_", "_x005F_x0041_", "a\r\nb", "\x00\x0b\ufffe"])
@example(["00012", "１２３", "  空格  ", "\u3000全角\u3000", "\ud7ff", "&lt;&#13;", "字" * 2000])
def test_text_survives_the_sheet(texts: list[str]) -> None:
    data = listing([("键", 8), ("文", 8)], [[f"k{place}", text] for place, text in enumerate(texts)], [])
    assert [row[1] for row in read_table(data, ["键", "文"]).rows] == [writable(text) for text in texts]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_nothing_is_a_formula(text: str) -> None:
    page = load_workbook(BytesIO(listing([("文", 8)], [[text]], [("说明", text)]))).worksheets
    for cell in (page[0]["A2"], page[1]["B1"]):
        assert (cell.data_type, cell.value) == ("s", f"'{text}")


def test_numbers_and_phones_keep_their_kind() -> None:
    page = load_workbook(BytesIO(listing([("电", 8), ("数", 8)], [["19900000001", 18.5]], []))).worksheets[0]
    assert (page["A2"].data_type, page["A2"].number_format, page["B2"].value) == ("s", "@", 18.5)
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:B2")


def test_a_list_without_rows_is_a_list() -> None:
    page = load_workbook(BytesIO(listing([("电", 8)], [], []))).worksheets[0]
    assert (page.max_row, page.auto_filter.ref) == (1, "A1:A1")
