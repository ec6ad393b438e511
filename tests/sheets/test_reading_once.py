"""A text that a sheet says again and again is read once, and never passed off as another one."""

import pytest

from sheets.columns import Choice, Column, Day, Words
from sheets.lookups import Related
from sheets.table import Typed


class Counted(Choice):
    """A choice that counts how often it is asked."""

    asked = 0

    def clean(self, value: str, row: object = None, **kwargs: object) -> str:
        self.asked += 1
        return super().clean(value)


def test_the_same_text_is_read_once() -> None:
    column = Column("state", "状态", Counted([("OPEN", "在办"), ("CLOSED", "已办结")]))
    assert [column.clean({"状态": text}) for text in ("在办", "已办结", "在办", "在办")] == [
        "OPEN",
        "CLOSED",
        "OPEN",
        "OPEN",
    ]
    assert column.widget.asked == 2


def test_a_number_is_not_passed_off_as_its_text() -> None:
    column = Column("state", "状态", Counted([("ONE", "1")]))
    assert (column.clean({"状态": "1"}), column.clean({"状态": Typed("1")})) == ("ONE", "ONE")
    assert column.widget.asked == 2


def test_a_wrong_text_is_refused_each_time() -> None:
    column = Column("day", "日期", Day())
    for _ in range(2):
        with pytest.raises(ValueError, match="日期：“昨天”不是日期"):
            column.clean({"日期": "昨天"})


def test_rows_learnt_anew_are_found_anew() -> None:
    related = Related("工作室")
    column = Column("studio_id", "工作室", related)
    related.load([(7, ("村工作室", "S1"))])
    assert column.clean({"工作室": "村工作室"}) == 7
    related.load([(8, ("村工作室", "S2"))])
    column.forget()
    assert column.clean({"工作室": "村工作室"}) == 8


def test_free_text_is_not_kept() -> None:
    column = Column("title", "标题", Words(80))
    assert column.clean({"标题": " 修路 "}) == "修路"
    assert column.read == {}
