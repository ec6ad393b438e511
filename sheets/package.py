"""What a workbook may be, judged from its zip directory and its raw parts before anything builds cells from it.

A small file can unpack to gigabytes, name the last cell of an endless sheet, or repeat one long text a million times.
Nothing here trusts what the file says about itself: every part is unpacked against its declared size.
"""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_ENTRIES = 300
MAX_UNPACKED = 100 * MEGABYTE
MAX_RATIO = 150
MAX_TEXT = 200 * MEGABYTE
MAX_ROWS = 20_000
MAX_COLUMNS = 60
FURTHEST_ROW = 50_000
LOCAL_HEADER = 30

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
TOO_FAR = re.compile(rb"""r=["'](?:[A-Z]{3,}\d|B[I-Z]\d|[C-Z][A-Z]\d|[A-Z]{1,2}(?:[5-9]\d{4}|\d{6,})["'])""")
UNPLACED = re.compile(rb"""<(?:\w+:)?c(?=[\s/>])(?![^<>]*?\sr=["'][A-Z])""")
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
SHARED = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)<""")
TEXT_ENDS = re.compile(rb"</(?:\w+:)?si>")

GENERIC = "这个文件不是 Excel 工作簿（.xlsx）。请下载模板，填好后再上传。"
BROKEN = "文件已损坏或格式不常见。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"
TOO_LARGE = "文件解开后太大，不能导入。请把数据复制到新下载的模板里，再上传。"


class SheetError(Exception):
    """A file that is refused; the message is one sentence that says what to do."""


def refuse_unsafe(data: bytes) -> None:
    """Raise SheetError unless `data` is a workbook without macros that stays within every limit when unpacked."""
    _refuse_foreign(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        raise SheetError(GENERIC) from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise SheetError(GENERIC)
    if any("vbaproject" in name.lower() for name in names):
        raise SheetError("文件里带有宏，为了安全不能导入。请另存为“Excel 工作簿（.xlsx）”，再上传。")
    _refuse_bomb(entries)
    parts = {entry.filename: _unpacked(data, entry) for entry in entries}
    for content in parts.values():
        _refuse_endless(content)
    _refuse_repetition(parts)


def _refuse_foreign(data: bytes) -> None:
    if not data:
        raise SheetError("文件是空的，请重新选择。")
    if len(data) > MAX_BYTES:
        raise SheetError(f"文件超过 {MAX_BYTES // MEGABYTE} MB。请删去无关内容，或分成几个文件上传。")
    if data.startswith(OLD_OFFICE):
        raise SheetError("这是旧格式（.xls）或加了密码的文件。请用 Excel 或 WPS 打开，另存为不加密的 .xlsx 再上传。")


def _refuse_bomb(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise SheetError(TOO_LARGE)
    for entry in entries:
        if entry.file_size > MEGABYTE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise SheetError(TOO_LARGE)
        if entry.flag_bits & 1 or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise SheetError(BROKEN)


def _unpacked(data: bytes, entry: ZipInfo) -> bytes:
    """The content of one part, which must be exactly as long as the directory says."""
    head = data[entry.header_offset : entry.header_offset + LOCAL_HEADER]
    if len(head) < LOCAL_HEADER:
        raise SheetError(BROKEN)
    start = entry.header_offset + LOCAL_HEADER + int.from_bytes(head[26:28], "little")
    start += int.from_bytes(head[28:30], "little")
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == ZIP_STORED:
        content, is_whole = packed, True
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, entry.file_size + 1)
        except zlib.error:
            raise SheetError(BROKEN) from None
        is_whole = inflater.eof
    if len(content) > entry.file_size:
        raise SheetError(TOO_LARGE)
    if not is_whole or len(content) < entry.file_size:
        raise SheetError(BROKEN)
    return content


def _refuse_endless(content: bytes) -> None:
    """No cell beyond the limits, none without its place, no definitions that multiply."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise SheetError(BROKEN)
    if TOO_FAR.search(content):
        raise SheetError(
            f"表格太大：一次最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列。请把数据复制到新下载的模板里，或分成几个文件。"
        )
    if b"sheetData" in content and (UNPLACED.search(content) or len(ROW.findall(content)) > FURTHEST_ROW):
        raise SheetError(BROKEN)


def _refuse_repetition(parts: dict[str, bytes]) -> None:
    """Every use of a shared text becomes a text of its own when read: count what that adds up to."""
    texts = [len(text) for name, part in parts.items() if "sharedStrings" in name for text in TEXT_ENDS.split(part)]
    sheets = [content for content in parts.values() if b"sheetData" in content]
    if not texts or max(texts) * sum(content.count(b"<v>") for content in sheets) <= MAX_TEXT:
        return
    uses = (int(found) for content in sheets for found in SHARED.findall(content))
    if sum(texts[use] if use < len(texts) else 0 for use in uses) > MAX_TEXT:
        raise SheetError(TOO_LARGE)
