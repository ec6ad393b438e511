"""The rows of an upload come back from the store as they were read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets.package import MAX_ROWS, SheetError
from sheets.table import Table, Typed, typed, unpacked

HEADS = ["编号", "名称"]
CELLS = st.one_of(st.text(), st.floats().map(typed), st.integers(-(10**20), 10**20).map(typed))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_rows_come_back_as_they_were(rows: list[list[str]]) -> None:
    table = Table(rows, range(2, len(rows) + 2))
    kept = unpacked(table.packed(HEADS), HEADS)
    assert kept is not None
    assert kept.rows == rows
    assert [list(map(type, row)) for row in kept.rows] == [list(map(type, row)) for row in rows]
    assert list(kept.numbers) == list(table.numbers)


@pytest.mark.parametrize(
    ("number", "text"), [(12, "12"), (18.5, "18.5"), (-3.0, "-3"), (1e16, "1e+16"), (float("inf"), "inf")]
)
def test_numbers_as_text(number: float, text: str) -> None:
    assert typed(number) == text
    assert type(typed(number)) is Typed


def test_rows_of_another_template_are_not_used() -> None:
    assert unpacked(Table([["S1", "一村"]], [2]).packed(HEADS), ["编号", "简称"]) is None


def test_more_rows_than_one_import_takes() -> None:
    with pytest.raises(SheetError, match=f"这个文件有 {MAX_ROWS + 1} 行"):
        Table([["S1"]] * (MAX_ROWS + 1), range(MAX_ROWS + 1))
