"""The columns of the case list: one table that the page, the choice of columns and the exported sheet read.

Which of them a person sees is kept in their layout. The first names the case and is always there.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.kept_lists import CASES
from accounts.models import ListLayout, User
from suggestions.models import Suggestion
from suggestions.presentation import ShownCase

Value = str | date | None


@dataclass(frozen=True)
class SheetCell:
    """A column of the exported sheet: its head, its width, and what it holds of a case."""

    head: str
    width: int
    value: Callable[[Suggestion], Value]


@dataclass(frozen=True)
class CaseColumn:
    """A column of the list. `look`: how the page draws it (title, state, light, units, or the text of its first cell).

    On the page number, title and category stand in one cell; the sheet gives each its own.
    """

    key: str
    label: str
    cells: tuple[SheetCell, ...]
    look: str = "text"
    is_usual: bool = False
    """Whether those see it who have chosen nothing."""


@dataclass(frozen=True)
class ShownCell:
    """One cell of the page; `text` is empty for a title, a state and a light, which the row itself holds."""

    column: CaseColumn
    text: str


@dataclass(frozen=True)
class ShownRow:
    """A case with the cells of the columns that are shown."""

    shown: ShownCase
    cells: list[ShownCell]


@dataclass(frozen=True)
class Layout:
    """The columns one person sees, in the order of the table, and whether rows stand tightly."""

    columns: tuple[CaseColumn, ...]
    is_dense: bool

    @property
    def keys(self) -> list[str]:
        """Of the columns that can be chosen."""
        return [column.key for column in self.columns if column != TITLE]


def _column(
    key: str, label: str, width: int, value: Callable[[Suggestion], Value], *, usual: bool = False
) -> CaseColumn:
    return CaseColumn(key, label, (SheetCell(label, width, value),), is_usual=usual)


def _on_time(case: Suggestion) -> str:
    return {True: "按期", False: "逾期", None: ""}[case.was_on_time]


TITLE = CaseColumn(
    "title",
    "建议",
    (
        SheetCell("编号", 20, lambda case: case.number),
        SheetCell("标题", 40, lambda case: case.title),
        SheetCell("类别", 12, lambda case: case.get_category_display()),
    ),
    look="title",
    is_usual=True,
)
COLUMNS: tuple[CaseColumn, ...] = (
    TITLE,
    CaseColumn(
        "state", "状态", (SheetCell("状态", 14, lambda case: case.get_state_display()),), look="state", is_usual=True
    ),
    CaseColumn("due", "期限", (SheetCell("办理期限", 12, lambda case: case.due_on),), look="light", is_usual=True),
    CaseColumn(
        "unit", "承办单位", (SheetCell("承办单位", 20, lambda case: case.units_in_full),), look="units", is_usual=True
    ),
    _column("representative", "党代表", 10, lambda case: case.representative.name, usual=True),
    _column("delegation", "代表队", 12, lambda case: case.delegation.short_name, usual=True),
    _column("accepted", "受理日期", 12, lambda case: case.accepted_on),
    _column("assigned", "交办日期", 12, lambda case: case.assigned_on),
    _column("original_due", "原定期限", 12, lambda case: case.original_due_on),
    _column("replied", "答复日期", 12, lambda case: case.replied_on),
    _column("on_time", "是否按期", 10, _on_time),
    _column("result", "办理结果", 22, lambda case: case.get_result_class_display()),
    _column("closed", "办结日期", 12, lambda case: case.closed_on),
)
CHOICES = [(column.key, column.label) for column in COLUMNS if column != TITLE]


def layout_of(user: User) -> Layout:
    """What `user` has chosen, else the usual columns (one query). A column that is no more is left out."""
    kept = ListLayout.objects.visible_to(user).filter(list_key=CASES.key).first()
    if kept is None:
        return Layout(tuple(column for column in COLUMNS if column.is_usual), is_dense=False)
    return Layout(_chosen(kept.columns), kept.is_dense)


def rows_of(shown: Sequence[ShownCase], layout: Layout) -> list[ShownRow]:
    """The rows of the page."""
    return [ShownRow(row, [ShownCell(column, _text(column, row.case)) for column in layout.columns]) for row in shown]


def heads_of(layout: Layout) -> list[tuple[str, int]]:
    """Head and width of every column of the sheet."""
    return [(cell.head, cell.width) for column in layout.columns for cell in column.cells]


def line_of(case: Suggestion, layout: Layout) -> tuple[Value, ...]:
    """The line of the sheet about `case`."""
    return tuple(cell.value(case) for column in layout.columns for cell in column.cells)


def _chosen(keys: Collection[str]) -> tuple[CaseColumn, ...]:
    return tuple(column for column in COLUMNS if column == TITLE or column.key in keys)


def _text(column: CaseColumn, case: Suggestion) -> str:
    if column.look != "text":
        return ""
    value = column.cells[0].value(case)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value or ""
