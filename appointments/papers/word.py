"""A paper form as Word. What people typed is only ever written as plain text."""

import re
from io import BytesIO

import segno
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from appointments.papers.form import Line, Paper

BODY_FONT, HEAD_FONT, TITLE_FONT = "仿宋", "黑体", "宋体"
TEXT, SMALL, TITLE = Pt(12), Pt(10), Pt(20)
WIDTHS = (Mm(28), Mm(60), Mm(28), Mm(60))
RULE_HEIGHT, CODE_SIZE = Mm(9), Mm(22)
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def paper_docx(paper: Paper) -> bytes:
    """The file, A4 portrait."""
    document = Document()
    _set_up(document, paper)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, paper.title, TITLE_FONT, TITLE)
    title.runs[0].bold = True
    _write(
        document.add_paragraph(), f"编号：{paper.number or '　　　　　　'}　　工作室：{paper.place}", BODY_FONT, TEXT
    )
    table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
    assert isinstance(table, Table)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for line in paper.lines:
        _add(table, line)
    signatures = document.add_paragraph()
    signatures.paragraph_format.space_before = Pt(12)
    _write(signatures, "　　　　　　　".join(f"{name}：" for name in paper.signatures), BODY_FONT, TEXT)
    if paper.address:
        _add_code(document, paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: DocumentObject, paper: Paper) -> None:
    about = document.core_properties
    about.author, about.title, about.comments = "党代表工作室", paper.title, ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(18)
    section.left_margin = section.right_margin = Mm(16)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    _set_font(normal.element.get_or_add_rPr(), BODY_FONT)


def _add(table: Table, line: Line) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(8)
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width = width
    if len(line.cells) == 1:
        row.cells[1].merge(row.cells[3])
    for place, asked in enumerate(line.cells):
        _write(row.cells[place * 2].paragraphs[0], asked.label, HEAD_FONT, TEXT)
        _answer(row.cells[place * 2 + 1], asked.words, len(line.blanks))


def _answer(cell: _Cell, words: str, blanks: int) -> None:
    lines = words.split("\n")
    for text in lines:
        paragraph = cell.paragraphs[0] if text is lines[0] else cell.add_paragraph()
        _write(paragraph, text, BODY_FONT, TEXT)
    for place in range(blanks):
        _rule(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), is_last=place == blanks - 1)


def _rule(paragraph: Paragraph, *, is_last: bool) -> None:
    """An empty line to write on; the last one stands on the border of the cell."""
    paragraph.paragraph_format.line_spacing = RULE_HEIGHT
    paragraph.paragraph_format.space_after = Pt(0)
    if is_last:
        return
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:between")
    for name, value in (("val", "dotted"), ("sz", "4"), ("space", "1"), ("color", "808080")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _add_code(document: DocumentObject, paper: Paper) -> None:
    picture = BytesIO()
    segno.make_qr(paper.address, error="m", boost_error=False).save(picture, kind="png", scale=8, border=4)
    picture.seek(0)
    place = document.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place.paragraph_format.keep_with_next = True
    place.add_run().add_picture(picture, width=CODE_SIZE)
    words = document.add_paragraph()
    words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(words, paper.hint, BODY_FONT, SMALL)


def _write(paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
    run = paragraph.add_run(NOT_XML.sub("", text))
    run.font.size = size
    _set_font(run._r.get_or_add_rPr(), font)


def _set_font(properties: object, font: str) -> None:
    """For Chinese and for Latin letters alike."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for letters in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{letters}"), font)
