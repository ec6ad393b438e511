"""The strokes all Word files share: page, fonts, grid, code, page numbers. What people typed is plain text only."""

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO

import segno
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY_FONT, HEAD_FONT, TITLE_FONT = "仿宋", "黑体", "宋体"
CODE_SIZE = Mm(22)
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, and the control characters docxtpl takes for page breaks."""


def new_document(title: str, *, top: float, right: float, bottom: float, left: float) -> DocumentObject:
    """An empty A4 page with these margins in mm, in 仿宋."""
    document = Document()
    about = document.core_properties
    about.author, about.title, about.comments = "党代表工作室", plain(title)[:255], ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    normal = document.styles["Normal"].element.get_or_add_rPr()
    set_font(normal, BODY_FONT)
    _speak_chinese(normal)
    return document


def content_of(document: DocumentObject) -> bytes:
    """The file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def plain(text: str) -> str:
    """`text` as a Word file can hold it."""
    return NOT_XML.sub("", text.replace("\r\n", "\n"))


def write(paragraph: Paragraph, text: str, font: str, size: Length) -> Run:
    """Add `text`, as it was typed and never as anything else."""
    run = paragraph.add_run(plain(text))
    run.font.size = size
    set_font(run._r.get_or_add_rPr(), font)
    return run


def title_line(document: DocumentObject, text: str, size: Length) -> Paragraph:
    """The title of the paper, centred and bold."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, TITLE_FONT, size).bold = True
    return paragraph


def set_font(properties: object, font: str) -> None:
    """For Chinese and for Latin letters alike."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for letters in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{letters}"), font)


def _speak_chinese(properties: object) -> None:
    """So that commas and stops take their mainland forms whatever language the reader's Word is set to."""
    language = OxmlElement("w:lang")
    for name, value in (("val", "en-US"), ("eastAsia", "zh-CN")):
        language.set(qn(f"w:{name}"), value)
    properties.append(language)  # type: ignore[attr-defined]


def grid(document: DocumentObject, rows: int, shares: Sequence[int], width: Length) -> Table:
    """A ruled table of fixed widths whose rows are never cut by a page."""
    table = document.add_table(rows=rows, cols=len(shares), style="Table Grid")
    assert isinstance(table, Table)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(width * share // sum(shares))
        for cell in column.cells:
            cell.width = column.width
    for row in table.rows:
        keep_whole(row)
    return table


def keep_whole(row: _Row) -> None:
    """Let no page break cut the row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat(row: _Row) -> None:
    """Print this row again at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def rule(paragraph: Paragraph, sides: Sequence[str], colour: str = "B0121B", size: str = "16") -> None:
    """A rule above or below a paragraph: `sides` top, bottom."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "6"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def number_pages(document: DocumentObject, before: str, size: Length) -> None:
    """`before` and 第 1 页　共 2 页 at the foot of every page."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, f"{before}第 ", BODY_FONT, size)
    _add_field(foot, "PAGE", size)
    write(foot, " 页　共 ", BODY_FONT, size)
    _add_field(foot, "NUMPAGES", size)
    write(foot, " 页", BODY_FONT, size)


def add_code(document: DocumentObject, address: str, hint: str, size: Length) -> None:
    """A QR code that leads to `address`, at the right, with the words below it."""
    picture = BytesIO()
    segno.make_qr(address, error="m", boost_error=False).save(picture, kind="png", scale=8, border=4)
    picture.seek(0)
    place = document.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place.paragraph_format.keep_with_next = True
    place.add_run().add_picture(picture, width=CODE_SIZE)
    words = document.add_paragraph()
    words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write(words, hint, BODY_FONT, size)


def day_words(day: date) -> str:
    """2026 年 11 月 24 日, as forms have it."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _add_field(paragraph: Paragraph, instruction: str, size: Length) -> None:
    """A number Word counts itself; 1 until it has counted."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    field.append(write(paragraph, "1", BODY_FONT, size)._r)
    paragraph._p.append(field)


__all__ = [
    "BODY_FONT",
    "HEAD_FONT",
    "NOT_XML",
    "TITLE_FONT",
    "Mm",
    "Pt",
    "add_code",
    "content_of",
    "day_words",
    "grid",
    "keep_whole",
    "new_document",
    "number_pages",
    "plain",
    "repeat",
    "rule",
    "set_font",
    "title_line",
    "write",
]
