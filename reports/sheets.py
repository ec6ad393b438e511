"""What goes into the sheet of the list of cases."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from accounts.models import User
from sheets.writer import listing
from suggestions.lists import CaseList
from suggestions.models import Suggestion

CASE_HEADS = (
    ("编号", 20),
    ("标题", 40),
    ("类别", 12),
    ("状态", 14),
    ("代表队", 12),
    ("党代表", 10),
    ("承办单位", 20),
    ("受理日期", 12),
    ("交办日期", 12),
    ("办理期限", 12),
    ("答复日期", 12),
    ("是否按期", 10),
    ("办理结果", 22),
    ("办结日期", 12),
)


def case_sheet(user: User, found: CaseList, conditions: Iterable[tuple[str, str]]) -> bytes:
    """Exactly the cases of the list on screen, in its order."""
    order = [found.order, "-id" if found.order.startswith("-") else "id"]
    cases = found.cases.with_sheet_related().order_by(*dict.fromkeys(order))
    terms = [
        ("导出人", str(user)),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        *conditions,
        ("说明", "姓名和电话不导出；是否按期以首次提交答复之日为准"),
    ]
    return listing(CASE_HEADS, _case_rows(cases.iterator(chunk_size=2000)), terms)


def _case_rows(cases: Iterable[Suggestion]) -> Iterator[tuple[str | date | None, ...]]:
    for case in cases:
        on_time = {True: "按期", False: "逾期", None: ""}[case.was_on_time]
        yield (
            case.number,
            case.title,
            case.get_category_display(),
            case.get_state_display(),
            case.delegation.short_name,
            case.representative.name,
            str(case.unit or ""),
            case.accepted_on,
            case.assigned_on,
            case.due_on,
            case.replied_on,
            on_time,
            case.get_result_class_display(),
            case.closed_on,
        )
