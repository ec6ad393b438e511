"""What goes into the sheet of the list of cases."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from sheets.writer import listing
from suggestions.columns import heads_of, layout_of, line_of
from suggestions.lists import CaseList


def case_sheet(user: User, found: CaseList, conditions: Iterable[tuple[str, str]]) -> bytes:
    """Exactly the cases of the list on screen, in its order, with the columns `user` sees."""
    layout = layout_of(user)
    order = [found.order, "-id" if found.order.startswith("-") else "id"]
    cases = found.cases.with_sheet_related().order_by(*dict.fromkeys(order))
    terms = [
        ("导出人", str(user)),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        *conditions,
        ("说明", "姓名和电话不导出；是否按期以首次提交答复之日为准"),
    ]
    lines = (line_of(case, layout) for case in cases.iterator(chunk_size=2000))
    return listing(heads_of(layout), lines, terms)
