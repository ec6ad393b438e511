"""五个一 and 四统一 as the source states them: what every county's checklist begins with (domain.md §2)."""

from dataclasses import dataclass

from studios.enums import ChecklistGroup


@dataclass(frozen=True)
class Item:
    """One line of a checklist; `code` is the same thing in every version, "" while it has none yet."""

    code: str
    text: str
    hint: str = ""
    group: ChecklistGroup = ChecklistGroup.OWN


ONES, UNITIES = ChecklistGroup.FIVE_ONES, ChecklistGroup.FOUR_UNITIES
SOURCE_ITEMS = (
    Item("one_sign", "一套标识", "门外挂牌匾，室内有“知民情·解民忧·惠民生”标语", ONES),
    Item("one_phone", "一部电话", "有专用电话，能打通，号码对外公布", ONES),
    Item("one_notebook", "一本记录本", "接访记录本在用，内容完整", ONES),
    Item("one_roster", "一张值班表", "本期值班表张贴在门口", ONES),
    Item("one_rules", "一套制度", "工作流程、联络员职责、代表简介上墙", ONES),
    Item("same_sign", "统一标志", "牌匾和标志按全县统一样式制作", UNITIES),
    Item("same_rules", "统一制度内容", "上墙制度与全县统一文本一致", UNITIES),
    Item("same_layout", "统一包装模板", "版面、颜色、字体用全县统一模板", UNITIES),
    Item("same_hours", "统一值班时间", "按全县统一的值班时间开门", UNITIES),
)
OWN_PREFIX = "own_"
"""Codes of a county's own items: own_1, own_2 …, never given twice."""


def next_own_code(used: set[str]) -> str:
    """The first code after every own code in `used`, all versions counted."""
    numbers = [int(code.removeprefix(OWN_PREFIX)) for code in used if code.startswith(OWN_PREFIX)]
    return f"{OWN_PREFIX}{max(numbers, default=0) + 1}"
