"""The official sheet cell by cell, as it comes back from the file."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from sheets.official import Column, Sheet, official

COLUMNS = (
    Column("", "序号", 6),
    Column("", "承办单位", 16),
    Column("", "办理期限", 12),
    Column(("评价", "办理结果"), "满意", 8),
    Column(("评价", "办理结果"), "满意率", 9, "0.00%"),
    Column("办理", "平均天数", 9, "0.00"),
)
ROWS = (
    (1, "交通局", date(2026, 9, 30), 3, Decimal("0.7707"), 6.5),
    (2, "=1+1", None, 0, None, None),
    ("", "合计", "", 3, Decimal("0.7707"), 6.5),
)


@pytest.fixture(scope="module")
def page() -> Any:
    sheet = Sheet("满意度测评统计表", "海安党联办", "2026年", COLUMNS, ROWS, ("甲＝乙÷丙", "丁"), unit="份", sums={2})
    return load_workbook(BytesIO(official(sheet)))["统计表"]


def test_title_and_second_row(page: Any) -> None:
    assert (page["A1"].value, page["A1"].font.size, page["A1"].alignment.horizontal) == (
        *("满意度测评统计表", 18),
        "center",
    )
    assert page["A2"].value == "填报单位（盖章）：海安党联办"
    assert (page["D2"].value, page["D2"].alignment.horizontal) == ("统计时间：2026年　单位：份", "right")
    assert {"A1:F1", "A2:C2", "D2:F2"} <= {str(area) for area in page.merged_cells.ranges}


def test_three_levels_of_head(page: Any) -> None:
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A3:A5", "B3:B5", "C3:C5", "D3:E3", "D4:E4", "F4:F5"} <= merged
    said = {place: page[place].value for place in ("A3", "D3", "D4", "D5", "E5", "F3", "F4")}
    assert list(said.values()) == ["序号", "评价", "办理结果", "满意", "满意率", "办理", "平均天数"]
    assert all(page[place].font.bold for place in said)
    assert [page.column_dimensions[letter].width for letter in "ABCDEF"] == [6, 16, 12, 8, 9, 9]


def test_values_are_real_and_formatted(page: Any) -> None:
    assert [cell.value for cell in page[6]] == [1, "交通局", datetime(2026, 9, 30), 3, 0.7707, 6.5]
    formats = [cell.number_format for cell in page[6]]
    assert formats == ["General", "@", "yyyy-mm-dd", "General", "0.00%", "0.00"]
    assert [cell.value for cell in page[7]] == [2, "'=1+1", "—", 0, "—", "—"]
    assert {cell.data_type for cell in page[7]} == {"n", "s"}


def test_sums_are_bold_and_every_cell_has_borders(page: Any) -> None:
    assert [bool(page.cell(row, 4).font.bold) for row in (6, 7, 8)] == [False, False, True]
    for row in page["A6:F8"]:
        for cell in row:
            assert cell.border.left.style == cell.border.bottom.style == "thin", cell.coordinate
    edges = (page["D3"].border.left, page["E3"].border.right, page["E4"].border.right, page["C5"].border.bottom)
    assert {edge.style for edge in edges} == {"thin"}


def test_signatures_then_notes_come_last(page: Any) -> None:
    signs = page["A9"].value
    assert [signs.find(word) >= 0 for word in ("单位负责人", "填表人", "联系电话", "填表日期")] == [True] * 4
    assert page["A10"].value == "说明：甲＝乙÷丙；丁"
    assert page.max_row == 10


def test_paper(page: Any) -> None:
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.print_title_rows, page.oddFooter.center.text) == ("$3:$5", "第&P页 共&N页")


def test_a_long_text_gets_the_height_it_needs() -> None:
    rows = [("", "很长的单位名称" * 6, "", 1, None, None), ("", "短", "", 1, None, None)]
    page = load_workbook(BytesIO(official(Sheet("表", "办", "2026年", COLUMNS, rows, ()))))["统计表"]
    assert page.row_dimensions[6].height > 3 * page.row_dimensions[7].height


@pytest.mark.parametrize("title", ["=1+1", "+镇", "@甲"])
def test_no_title_becomes_a_formula(title: str) -> None:
    page = load_workbook(BytesIO(official(Sheet(title, "办", "2026年", COLUMNS, ROWS, ()))))["统计表"]
    assert (page["A1"].data_type, page["A1"].value) == ("s", f"'{title}")
