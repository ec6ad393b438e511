"""全案归档: everything about one case in one zip file for the file room. Written to disk, never held in memory."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from suggestions.answers import answers_of
from suggestions.documents.catalogue import LETTER, papers_of
from suggestions.documents.letter import reply_letter
from suggestions.documents.notice import notice_letter, notice_title
from suggestions.documents.timeline import timeline_docx
from suggestions.documents.word import docx_of, letter_docx
from suggestions.models import Suggestion, Supervision
from suggestions.papers import suggestion_paper
from uploads.models import Upload

IN_MEMORY = 4 * 1024 * 1024
"""A larger archive goes to a temporary file."""
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
LONGEST_BYTES = 120
"""With number and folder well below the 255 bytes of a file name, in any encoding that people unpack with."""


def build_archive(
    case: Suggestion, notices: list[Supervision], uploads: list[Upload], now: datetime, *, is_full: bool
) -> tuple[IO[bytes], int]:
    """The archive, wound back, and how many files it holds. A file no longer on the disk is listed as missing."""
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - handed out, the response closes it
    moment = timezone.localtime(now)
    contents: list[tuple[str, str]] = []
    with ZipFile(spool, "w", ZIP_DEFLATED) as archive:
        for name, what, content in _papers(case, notices, is_full=is_full):
            archive.writestr(_entry(name, moment), content)
            contents.append((name, what))
        for number, upload in enumerate(uploads, start=1):
            name = f"附件/{number:02}_{safe_name(upload.original_name)}"
            is_kept = _copy(upload, archive, _entry(name, moment, is_packed=True))
            contents.append((name, f"附件：{upload.original_name}" if is_kept else "附件：文件已缺失，没有归入"))
        timeline = timeline_docx(case, notices, contents, is_full=is_full)
        archive.writestr(_entry("00_案件经过.docx", moment), timeline)
        size = len(archive.namelist())
    spool.seek(0)
    return spool, size


def safe_name(name: str) -> str:
    """`name` as every system can unpack it: no path, nothing hidden, nothing reserved, not too long, never empty.

    Reserved words (CON, NUL) are harmless behind the number every name in the archive begins with.
    """
    visible = "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char)[0] != "C")
    flat = FORBIDDEN.sub("_", visible).strip(" .")
    suffix = PurePosixPath(flat).suffix[:10]
    stem = flat.removesuffix(suffix).strip(" .")
    while len(stem.encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return f"{stem or '附件'}{suffix}".strip(" .")


def _papers(case: Suggestion, notices: list[Supervision], *, is_full: bool) -> Iterator[tuple[str, str, bytes]]:
    """Name, what it is, and content of every paper, numbered in the order of a file."""
    yield "01_建议意见表.docx", "建议意见表", docx_of(suggestion_paper(case, "", is_full=is_full))
    number = 1
    for kind in papers_of(case):
        if kind.key != LETTER:
            number += 1
            yield f"{number:02}_{kind.label}.docx", kind.label, docx_of(kind.build(case, None, is_full))
    for answer in answers_of(case):
        number += 1
        unit = f"_{safe_name(answer.unit.short_name)}" if answer.is_part else ""
        kept = "_兑现后" if answer.reply.fulfils_id else ""
        content = letter_docx(reply_letter(case, answer, is_full=is_full))
        name = f"{number:02}_答复函_第{answer.reply.round}次办理{unit}{kept}.docx"
        yield name, f"答复函（{answer.unit}，第 {answer.reply.round} 次办理{'，兑现后' if kept else ''}）", content
    for notice in reversed(notices):
        number += 1
        day = timezone.localdate(notice.issued_at)
        title = notice_title(notice)
        yield f"{number:02}_{title}_{day:%Y%m%d}.docx", f"{title}（{notice.unit}）", letter_docx(notice_letter(notice))


def _entry(name: str, moment: datetime, *, is_packed: bool = False) -> ZipInfo:
    """Word files, photos and PDFs are packed already."""
    entry = ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _copy(upload: Upload, archive: ZipFile, entry: ZipInfo) -> bool:
    """Whether the file was there to be copied, a piece at a time."""
    try:
        source = upload.file.open("rb")
    except FileNotFoundError:
        return False
    with source, archive.open(entry, "w", force_zip64=True) as target:
        copyfileobj(source, target)
    return True
