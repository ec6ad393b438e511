"""A year's holidays as a workbook: out, the empty template, and back in as lines of text."""

from collections.abc import Iterable
from datetime import date

from sheets.package import SheetError
from sheets.reader import read_table
from sheets.writer import Cell, FormColumn, form, listing
from studios.calendar_days import Entry
from studios.calendar_text import LONGEST_NAME, read_calendar
from studios.enums import HolidayKind

HEADS = (("日期", 14), ("类型", 12), ("名称", 24))
EXAMPLE = "例：2027-01-01"


def calendar_template() -> bytes:
    """The empty workbook with an example row and drop-downs."""
    kinds = list(HolidayKind.labels)
    columns = [
        FormColumn("日期", 16, True, "日期", "写成 2027-01-01", EXAMPLE, [], False),  # noqa: FBT003
        FormColumn("类型", 12, True, "放假或调休上班", "从下拉框选", kinds[0], kinds, True),  # noqa: FBT003
        FormColumn("名称", 24, True, f"节日名称，不超过 {LONGEST_NAME} 个字", "", "元旦", [], False),  # noqa: FBT003
    ]
    notes = [
        "第 2 行是例子，导入时会跳过。",
        "一行一天。假期里的周六、周日也要写上；平常的周末不用写。",
        "文件里要有全年的安排：文件里没有的日子，导入时会从这一年删去。",
    ]
    return form("办公日历", columns, notes)


def calendar_export(year: int, days: Iterable[tuple[date, Entry]], terms: list[tuple[str, str]]) -> bytes:
    """The days of `year`, in the columns of the template."""
    rows: list[list[Cell]] = [[day, str(HolidayKind(entry.kind).label), entry.name] for day, entry in days]
    return listing(HEADS, rows, [("范围", f"{year}年办公日历"), *terms])


def lines_of(data: bytes, year: int) -> str:
    """The rows of an uploaded workbook as lines of a table.

    Raises SheetError with a sentence for a file that is refused, and for the first rows that name no day.
    """
    table = read_table(data, [head for head, _width in HEADS], EXAMPLE)
    lines, wrong = [], []
    for number, cells in zip(table.numbers, table.rows, strict=True):
        line = "\t".join(" ".join(cell.split()) for cell in cells)
        if len(read_calendar(line, year).found) == 1:
            lines.append(line)
        else:
            wrong.append(str(number))
    if wrong:
        raise SheetError(
            f"第 {'、'.join(wrong[:10])} 行读不出日期、类型或名称。日期写成 2027-01-01，类型写“放假”或“调休上班”，"
            f"名称不超过 {LONGEST_NAME} 个字，改好后再上传。"
        )
    return "\n".join(lines)
