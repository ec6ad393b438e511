"""The register of visits as a sheet: exactly the rows of the list on screen, visitors masked."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from accounts.masking import mask_name, mask_phone
from accounts.models import User
from appointments.lists import Register
from appointments.models import Visit
from sheets.writer import Cell, listing

HEADS = (
    ("反映事项", 40),
    ("日期", 12),
    ("处理", 14),
    ("类别", 12),
    ("党代表", 10),
    ("工作室", 26),
    ("人数", 8),
    ("答复情况", 40),
    ("来访方式", 10),
    ("来访人", 10),
    ("联系电话", 14),
    ("党员", 8),
    ("登记人", 12),
)
"""Those of the page first, in its order."""


def visit_sheet(user: User, found: Register, conditions: Iterable[tuple[str, str]]) -> bytes:
    """The file, with who, when and which conditions on its second sheet."""
    rows = found.rows.select_related("studio", "representative", "recorded_by").order_by("-received_on", "-id")
    terms = [
        ("导出人", str(user)),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        *conditions,
        ("说明", "来访人姓名和电话已遮盖"),
    ]
    return listing(HEADS, _rows(rows.iterator(chunk_size=2000)), terms)


def _rows(visits: Iterable[Visit]) -> Iterator[tuple[Cell, ...]]:
    for visit in visits:
        yield (
            visit.matter,
            visit.received_on,
            visit.get_outcome_display(),
            visit.get_category_display(),
            visit.representative.name,
            visit.studio.name,
            visit.people,
            visit.answer,
            visit.get_method_display(),
            mask_name(visit.visitor_name),
            mask_phone(visit.visitor_phone),
            "是" if visit.is_party_member else "",
            visit.recorded_by.name,
        )
