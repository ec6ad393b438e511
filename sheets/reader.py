"""The only reader of sheets: the first sheet of a workbook as rows of text, within limits, under expected heads."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sheets.cells import unguarded
from sheets.package import BROKEN, MAX_COLUMNS, SheetError, refuse_unsafe
from sheets.table import Table, typed

ERROR_HEAD = "错误"
MIDNIGHT = time()


def plain(value: Any) -> str:
    """A cell as text: whole numbers without “.0”, midnights as days, 是 or 否; numbers are marked as Typed."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return typed(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def read_table(data: bytes, heads: Sequence[str], example: str = "") -> Table:
    """Read the first sheet of the workbook `data` whose first filled row must be `heads`, in any order.

    A column 「错误」 is left out, blank rows and rows that begin with `example` are skipped, vertically merged cells
    all have the value of their first.
    Raises SheetError with a sentence for the person who uploads.
    """
    refuse_unsafe(data)
    cells = _first_sheet(data)
    head = next((place for place, row in enumerate(cells) if any(value != "" for value in row)), None)
    if head is None:
        raise SheetError("表格是空的。请下载模板，填好后再上传。")
    places = _places([plain(value).strip().rstrip("*＊") for value in cells[head]], heads)
    first = places[0]
    rows, numbers = [], []
    for number, row in enumerate(cells[head + 1 :], start=head + 2):
        texts = [unguarded(value) if type(value) is str else plain(value) for value in (row[at] for at in places)]
        if any(texts) and not (example and row[first] == example) and not _is_blank(texts):
            rows.append(texts)
            numbers.append(number)
    if not rows:
        raise SheetError("表格里没有数据。请在标题行下面填写，再上传。")
    return Table(rows, numbers)


def _is_blank(texts: list[str]) -> bool:
    return not any(text.strip() for text in texts)


def _first_sheet(data: bytes) -> list[list[Any]]:
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, ValueError, OSError):
        raise SheetError(BROKEN) from None
    if cells and len(cells[0]) > MAX_COLUMNS:
        raise SheetError(f"表格最多 {MAX_COLUMNS} 列。请删去模板以外的列，再上传。")
    _fill_down(cells, merged)
    return cells


def _fill_down(cells: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """One town written once beside ten merged rows is meant for all ten."""
    budget = len(cells) * MAX_COLUMNS
    for (top, left), (bottom, _right) in merged:
        last = min(bottom, len(cells) - 1)
        budget -= max(last - top, 0)
        if budget < 0:
            raise SheetError(BROKEN)
        for row in range(top + 1, last + 1):
            if left < len(cells[row]) and cells[row][left] == "":
                cells[row][left] = cells[top][left]


def _places(found: list[str], heads: Sequence[str]) -> list[int]:
    """Where each head stands. Raises SheetError naming the heads that are missing, unknown or there twice."""
    known = {*heads, ERROR_HEAD, ""}
    missing = [head for head in heads if head not in found]
    unknown = [head for head in found if head not in known]
    twice = sorted({head for head in found if head and found.count(head) > 1})
    problems = [
        f"{words}“{'”“'.join(name[:20] for name in names[:8])}”"
        for words, names in (("缺少列", missing), ("多出列", unknown), ("重复的列", twice))
        if names
    ]
    if problems:
        raise SheetError(f"表头和模板不一致：{'，'.join(problems)}。请用新下载的模板填写，不要改动标题行。")
    return [found.index(head) for head in heads]
