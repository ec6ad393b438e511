"""An exported workbook opens in LibreOffice with the cells that were written."""

import csv
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from sheets.writer import listing

pytestmark = pytest.mark.libreoffice

HEADS = [("编号", 12), ("名称", 30), ("电话", 16), ("面积", 10), ("挂牌日期", 12), ("说明", 40)]
ROWS = [
    ["00012", "曲塘镇一村党代表工作室", "19900000001", 18.5, date(2024, 3, 1), "第一行\n第二行"],
    ["=1+1", "+86", "0513-88880000", 20, date(1980, 12, 31), '\'=HYPERLINK("x")'],
    ["１２３", "  空格  ", "", None, None, "字" * 2000],
]


def _as_csv(workbook: Path) -> list[list[str]]:
    """The first sheet as LibreOffice shows it; its settings live and die with the test."""
    home = workbook.parent / "home"
    home.mkdir()
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{home}", "--headless", "--norestore",
            "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(workbook.parent), str(workbook),
        ],
        check=True, timeout=120, capture_output=True, env=os.environ | {"HOME": str(home)},
    )  # fmt: skip
    with workbook.with_suffix(".csv").open(encoding="utf8", newline="") as file:
        return list(csv.reader(file))


def test_the_cells_are_the_same(tmp_path: Path) -> None:
    workbook = tmp_path / "清单.xlsx"
    workbook.write_bytes(listing(HEADS, ROWS, [("导出人", "党联办甲")]))
    assert _as_csv(workbook) == [
        [head for head, _width in HEADS],
        ["00012", "曲塘镇一村党代表工作室", "19900000001", "18.5", "2024-03-01", "第一行\n第二行"],
        ["'=1+1", "'+86", "0513-88880000", "20", "1980-12-31", "''=HYPERLINK(\"x\")"],
        ["１２３", "  空格  ", "", "", "", "字" * 2000],
    ]
