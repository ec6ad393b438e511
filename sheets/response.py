"""Workbooks and Word files on their way to a browser."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

REASON_ABOVE = 1000
"""So many rows leave without a reason, and no more (reliability.md, who may see what §7)."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(content: bytes, name: str) -> HttpResponse:
    """The workbook `content` to be saved as `name` with today's date (Asia/Shanghai)."""
    return _attached(content, dated(name), XLSX)


def dated(name: str) -> str:
    """The file name of a workbook of today."""
    return f"{name}_{timezone.localdate():%Y%m%d}.xlsx"


def download_word(content: bytes, name: str) -> HttpResponse:
    """The Word file `content` to be saved as `name`."""
    return _attached(content, f"{name}.docx", DOCX)


def _attached(content: bytes, file_name: str, content_type: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(file_name)}"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
