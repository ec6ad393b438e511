"""An exported workbook opens in LibreOffice with the cells that were written."""

import csv
import os
import subprocess
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sheets.writer import listing

pytestmark = pytest.mark.libreoffice

HEADS = [("编号", 12), ("名称", 30), ("电话", 16), ("面积", 10), ("挂牌日期", 12), ("说明", 40)]
ROWS = [
    ["00012", "曲塘镇一村党代表工作室", "19900000001", 18.5, date(2024, 3, 1), "第一行\n第二行"],
    ["=1+1", "+86", "0513-88880000", 20, date(1980, 12, 31), '\'=HYPERLINK("x")'],
    ["１２３", "  空格  ", "", None, None, "字" * 2000],
]


def _converted(workbook: Path, kind: str) -> Path:
    """The workbook as LibreOffice saves it; its settings live and die with the test."""
    home, made = workbook.parent / "home", workbook.parent / "made"
    home.mkdir()
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{home}", "--headless", "--norestore",
            "--convert-to", kind, "--outdir", str(made), str(workbook),
        ],
        check=True, timeout=120, capture_output=True, env=os.environ | {"HOME": str(home)},
    )  # fmt: skip
    return made / f"{workbook.stem}.{kind.partition(':')[0]}"


def test_the_cells_are_the_same(tmp_path: Path) -> None:
    workbook = tmp_path / "清单.xlsx"
    workbook.write_bytes(listing(HEADS, ROWS, [("导出人", "党联办甲")]))
    shown = _converted(workbook, "csv:Text - txt - csv (StarCalc):44,34,76,1").read_text(encoding="utf8")
    assert list(csv.reader(StringIO(shown, newline=""))) == [
        [head for head, _width in HEADS],
        ["00012", "曲塘镇一村党代表工作室", "19900000001", "18.5", "2024-03-01", "第一行\n第二行"],
        ["'=1+1", "'+86", "0513-88880000", "20", "1980-12-31", "''=HYPERLINK(\"x\")"],
        ["１２３", "  空格  ", "", "", "", "字" * 2000],
    ]


def test_the_types_and_the_filter_are_the_same(tmp_path: Path) -> None:
    workbook = tmp_path / "清单.xlsx"
    row = ["00012", "19900000001", 3, Decimal("0.7707"), date(2024, 3, 1), datetime(2024, 3, 1, 9, 30), "=1+1", None]
    workbook.write_bytes(listing([(f"第{place}列", 12) for place in range(8)], [row, row], [("导出人", "党联办甲")]))
    book = load_workbook(_converted(workbook, "xlsx"))
    page = book["清单"]
    assert (page.auto_filter.ref, page.print_title_rows) == ("A1:H3", "$1:$1")
    assert [(cell.value, cell.data_type) for cell in page[3]] == [
        *(("00012", "s"), ("19900000001", "s"), (3, "n"), (0.7707, "n")),
        *((datetime(2024, 3, 1), "d"), (datetime(2024, 3, 1, 9, 30), "d"), ("'=1+1", "s"), (None, "n")),
    ]
    assert list(book["导出条件"].values) == [("导出人", "党联办甲")]
