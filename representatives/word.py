"""What Word papers share: fonts of an official document, plain text, heads that repeat, numbers Word counts itself."""

import re
from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY_FONT, HEAD_FONT, TITLE_FONT = "仿宋", "黑体", "宋体"
BODY_SIZE, TABLE_SIZE, TITLE_SIZE = Pt(14), Pt(11), Pt(22)
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, and the control characters docxtpl takes for page breaks."""


def plain_row(row: Sequence[str]) -> list[str]:
    """Each text of a row as `plain` leaves it."""
    return [plain(text) for text in row]


def plain(text: str) -> str:
    """`text` without what a Word file cannot hold."""
    return NOT_XML.sub("", text.replace("\r\n", "\n"))


def repeat(row: _Row) -> None:
    """Print this row again at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def write(paragraph: Paragraph, text: str, font: str, size: Pt) -> Run:
    """Add `text` to the paragraph in that font and size."""
    run = paragraph.add_run(text)
    run.font.size = size
    set_font(run._r.get_or_add_rPr(), font)
    return run


def set_font(properties: object, font: str) -> None:
    """For Chinese and for Latin letters alike."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for letters in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{letters}"), font)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A number Word counts itself; 1 until it has counted."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    field.append(write(paragraph, "1", BODY_FONT, TABLE_SIZE)._r)
    paragraph._p.append(field)
