"""What is no honest workbook gets one sentence, within ten seconds, before anything is parsed."""

import time
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from sheets.package import MAX_BYTES, SheetError
from sheets.reader import read_table
from tests.sheets.books import SHEET, book_of, packed, raw_sheet, with_part

HEADS = ["编号", "名称"]
GOOD = [HEADS, ["S1", "一村"]]


def _bomb() -> bytes:
    """60 MB of nothing in 60 KB."""
    return with_part(book_of(GOOD), "xl/media/nothing.xml", b" " * 60 * 1024 * 1024)


def _many_bombs() -> bytes:
    """Each part is small enough, all together are not."""
    noise = bytes(range(256)) * 64 * 64
    parts = {f"xl/media/{number}.bin": noise for number in range(120)}
    return packed({"xl/workbook.xml": b"<workbook/>", **parts})


def _liar() -> bytes:
    """A part that says it holds 1,000 bytes, with the right checksum for those, and unpacks to 50 MB."""
    data = bytearray(with_part(book_of(GOOD), "xl/lie.xml", b"A" * 50 * 1024 * 1024))
    with ZipFile(BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("xl/lie.xml")
    honest = (entry.CRC).to_bytes(4, "little") + entry.compress_size.to_bytes(4, "little")
    honest += entry.file_size.to_bytes(4, "little")
    lie = zlib.crc32(b"A" * 1000).to_bytes(4, "little") + entry.compress_size.to_bytes(4, "little")
    lie += (1000).to_bytes(4, "little")
    assert bytes(data).count(honest) == 2
    return bytes(data).replace(honest, lie)


def _endless_sheet() -> bytes:
    """Two cells, one in the last corner: everything between them would be built."""
    corner = '<row r="1"><c r="A1" t="n"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_part(book_of(GOOD), SHEET, raw_sheet(corner))


def _cells_without_places() -> bytes:
    return with_part(book_of(GOOD), SHEET, raw_sheet("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>"))


def _repeated_text() -> bytes:
    """One text of 8 MB that 20,000 cells refer to."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    noise = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(900_000))
    shared = f'<sst xmlns="{space}"><si><t>{noise}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return with_part(with_part(book_of(GOOD), "xl/sharedStrings.xml", shared), SHEET, raw_sheet(rows))


def _entities() -> bytes:
    return with_part(book_of(GOOD), SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + raw_sheet(""))


def _encrypted_flag() -> bytes:
    data = bytearray(book_of(GOOD))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def _heavy() -> bytes:
    return b"PK\x03\x04" + bytes(MAX_BYTES)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "文件是空的"),
    "heavy": (_heavy, "文件超过 10 MB"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 500, "这个文件不是 Excel 工作簿"),
    "csv": (lambda: "编号,名称\nS1,一村\n".encode("gbk"), "这个文件不是 Excel 工作簿"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "这是旧格式（.xls）或加了密码的文件"),
    "docx": (lambda: packed({"word/document.xml": b"<x/>"}), "这个文件不是 Excel 工作簿"),
    "broken zip": (lambda: book_of(GOOD)[:-200], "这个文件不是 Excel 工作簿"),
    "macro": (lambda: with_part(book_of(GOOD), "xl/vbaProject.bin", b"x"), "文件里带有宏"),
    "bomb": (_bomb, "文件解开后太大"),
    "many bombs": (_many_bombs, "文件解开后太大"),
    "liar": (_liar, "文件解开后太大"),
    "many parts": (lambda: packed({f"xl/{n}": b"" for n in range(400)} | {"xl/workbook.xml": b""}), "文件解开后太大"),
    "endless sheet": (_endless_sheet, "表格太大"),
    "cells without places": (_cells_without_places, "文件已损坏或格式不常见"),
    "repeated text": (_repeated_text, "文件解开后太大"),
    "entities": (_entities, "文件已损坏或格式不常见"),
    "encrypted": (_encrypted_flag, "文件已损坏或格式不常见"),
    "no sheet": (lambda: packed({"xl/workbook.xml": b"<workbook/>"}), "文件已损坏或格式不常见"),
    "wide": (lambda: book_of([[f"列{n}" for n in range(70)]]), "60 列"),
    "long": (lambda: book_of([HEADS, *(["S1", "x"] for _ in range(20_001))]), "一次最多导入 20000 行，这个文件有 20001 行"),
    "far": (lambda: with_part(book_of(GOOD), SHEET, raw_sheet('<row r="90000"><c r="A90000"><v>1</v></c></row>')), "表格太大"),
    "only a head": (lambda: book_of([HEADS]), "表格里没有数据"),
    "nothing at all": (lambda: book_of([]), "表格是空的"),
    "merged nonsense": (
        lambda: with_part(
            book_of(GOOD),
            SHEET,
            raw_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="A900"><v>1</v></c></row>').replace(
                b"</worksheet>", b"<mergeCells>" + b'<mergeCell ref="A1:A900"/>' * 900 + b"</mergeCells></worksheet>"
            ),
        ),
        "文件已损坏或格式不常见",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_sentence_within_ten_seconds(name: str) -> None:
    build, sentence = FILES[name]
    data = build()
    started = time.monotonic()
    with pytest.raises(SheetError) as caught:
        read_table(data, HEADS)
    assert time.monotonic() - started < 10
    words = str(caught.value)
    assert sentence in words
    assert words.endswith("。")


def test_a_workbook_as_people_save_it_is_read() -> None:
    assert read_table(book_of(GOOD), HEADS).rows == [["S1", "一村"]]


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["编号"], ["缺少列“名称”"]),
        (["编号", "名称", "备注"], ["多出列“备注”"]),
        (["编号", "名字"], ["缺少列“名称”", "多出列“名字”"]),
        (["编号", "名称", "名称"], ["重复的列“名称”"]),
    ],
)
def test_a_wrong_template_names_its_heads(heads: list[str], said: list[str]) -> None:
    with pytest.raises(SheetError) as caught:
        read_table(book_of([heads, ["x"] * len(heads)]), HEADS)
    for words in said:
        assert words in str(caught.value)


def test_store_method_is_read_too() -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(book_of(GOOD))) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert read_table(buffer.getvalue(), HEADS).rows == [["S1", "一村"]]
