"""Heads of several levels: every place is covered once, and what is alike side by side stands in one cell."""

from hypothesis import given
from hypothesis import strategies as st

from sheets.heads import head_rows

LEVELS = st.lists(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4).map(tuple), min_size=1, max_size=12)


@given(LEVELS)
def test_the_cells_tile_the_head_and_say_what_stands_above_each_column(columns: list[tuple[str, ...]]) -> None:
    above: dict[tuple[int, int], str] = {}
    for number, row in enumerate(head_rows(columns)):
        for cell in row:
            assert cell.row == number
            for line in range(cell.row, cell.row + cell.rows):
                for place in range(cell.column, cell.column + cell.columns):
                    assert (line, place) not in above
                    above[line, place] = cell.text
    height = max(map(len, columns))
    assert set(above) == {(line, place) for line in range(height) for place in range(len(columns))}
    for place, levels in enumerate(columns):
        words = [above[line, place] for line in range(height)]
        assert tuple(words[: len(levels)]) == levels
        assert set(words[len(levels) :]) <= {levels[-1]}


def test_groups_join_within_their_own_group_only() -> None:
    columns = [("序号",), ("党代表", "结果", "满意"), ("党代表", "结果", "满意率"), ("群众", "结果", "满意")]
    cells = [(cell.text, cell.column, cell.rows, cell.columns) for row in head_rows(columns) for cell in row]
    assert cells == [
        *(("序号", 0, 3, 1), ("党代表", 1, 1, 2), ("群众", 3, 1, 1)),
        *(("结果", 1, 1, 2), ("结果", 3, 1, 1)),
        *(("满意", 1, 1, 1), ("满意率", 2, 1, 1), ("满意", 3, 1, 1)),
    ]
