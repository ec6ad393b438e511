"""A workbook on its way to a browser."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

REASON_ABOVE = 1000
"""So many rows leave without a reason, and no more (reliability.md, who may see what §7)."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, name: str) -> HttpResponse:
    """The workbook `content` to be saved as `name` with today's date (Asia/Shanghai)."""
    file_name = quote(f"{name}_{timezone.localdate():%Y%m%d}.xlsx")
    disposition = f"attachment; filename*=UTF-8''{file_name}"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
