"""The dossier as Word, in the layout of an official document.

The template is drawn here from our own words alone; what people typed is only ever filled in, escaped, as plain text.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from docxtpl import DocxTemplate

from representatives.dossier import Chapter, Dossier, chapters

BODY_FONT, HEAD_FONT, TITLE_FONT = "仿宋", "黑体", "宋体"
BODY_SIZE, TABLE_SIZE, TITLE_SIZE = Pt(14), Pt(11), Pt(22)
WIDTH = Mm(160)
FACTS_A_LINE, FACT_LINES = 2, 6
NUMERALS = "一二三四五六七八九十"
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, and the control characters docxtpl takes for page breaks."""


def dossier_docx(dossier: Dossier, printed_on: date) -> bytes:
    """The file. Every cell holds exactly the words the page shows."""
    template = DocxTemplate(BytesIO(_template()))
    context = {
        "title": _plain(dossier.title),
        "number": _plain(dossier.number),
        "facts": [_plain_row(fact) for fact in dossier.facts],
        "chapters": [
            {"rows": [_plain_row(row) for row in filled.rows], "sums": _plain(filled.sums)}
            for filled in dossier.chapters
        ],
        "printed_on": f"{printed_on.year} 年 {printed_on.month} 月 {printed_on.day} 日",
    }
    template.render(context, autoescape=True)
    file = BytesIO()
    template.save(file)
    return file.getvalue()


def _plain_row(row: Sequence[str]) -> list[str]:
    return [_plain(text) for text in row]


def _plain(text: str) -> str:
    return NOT_XML.sub("", text.replace("\r\n", "\n"))


@cache
def _template() -> bytes:
    """Title, facts, one table per registered chapter, signatures; drawn once per process."""
    document = Document()
    _set_up_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, "{{ title }}", TITLE_FONT, TITLE_SIZE).bold = True
    _add_facts(document)
    for place, chapter in enumerate(chapters()):
        _add_chapter(document, place, chapter)
    for line in ("党代表（签名）：", "代表队（盖章）：", "党联办（盖章）：", "填表日期：{{ printed_on }}"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_with_next = not line.startswith("填表")
        _write(paragraph, line, BODY_FONT, BODY_SIZE)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up_page(document: DocumentObject) -> None:
    about = document.core_properties
    about.author, about.title, about.comments = "党代表工作室", "党代表履职档案", ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(25)
    section.left_margin = section.right_margin = Mm(25)
    _set_font(document.styles["Normal"].element.get_or_add_rPr(), BODY_FONT)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(foot, "编号 {{ number }}　第 ", BODY_FONT, TABLE_SIZE)
    _add_field(foot, "PAGE")
    _write(foot, " 页　共 ", BODY_FONT, TABLE_SIZE)
    _add_field(foot, "NUMPAGES")
    _write(foot, " 页", BODY_FONT, TABLE_SIZE)


def _add_facts(document: DocumentObject) -> None:
    table = _grid(document, rows=FACT_LINES, shares=(2, 5, 2, 5))
    for number in range(FACT_LINES * FACTS_A_LINE):
        cells = table.rows[number // FACTS_A_LINE].cells
        place = number % FACTS_A_LINE * 2
        _write(cells[place].paragraphs[0], f"{{{{ facts[{number}][0] }}}}", HEAD_FONT, TABLE_SIZE)
        _write(cells[place + 1].paragraphs[0], f"{{{{ facts[{number}][1] }}}}", BODY_FONT, TABLE_SIZE)


def _add_chapter(document: DocumentObject, place: int, chapter: Chapter) -> None:
    head = document.add_paragraph()
    head.paragraph_format.space_before = Pt(14)
    head.paragraph_format.keep_with_next = True
    _write(head, f"{NUMERALS[place]}、{chapter.title}", HEAD_FONT, BODY_SIZE)
    table = _grid(document, rows=4, shares=[column.share for column in chapter.columns])
    heads, opening, body, closing = table.rows
    _repeat(heads)
    for cell, column in zip(heads.cells, chapter.columns, strict=True):
        _write(cell.paragraphs[0], column.label, HEAD_FONT, TABLE_SIZE)
    opening.cells[0].text = f"{{%tr for row in chapters[{place}].rows %}}"
    for number, cell in enumerate(body.cells):
        _write(cell.paragraphs[0], f"{{{{ row[{number}] }}}}", BODY_FONT, TABLE_SIZE)
    closing.cells[0].text = "{%tr endfor %}"
    _write(document.add_paragraph(), f"{{{{ chapters[{place}].sums }}}}", BODY_FONT, TABLE_SIZE)


def _grid(document: DocumentObject, rows: int, shares: Sequence[int]) -> Table:
    """A ruled table of fixed widths whose rows are never cut by a page."""
    table = document.add_table(rows=rows, cols=len(shares), style="Table Grid")
    assert isinstance(table, Table)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = WIDTH * share // sum(shares)
        for cell in column.cells:
            cell.width = column.width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _repeat(row: _Row) -> None:
    """Print this row again at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _write(paragraph: Paragraph, text: str, font: str, size: Pt) -> Run:
    run = paragraph.add_run(text)
    run.font.size = size
    _set_font(run._r.get_or_add_rPr(), font)
    return run


def _set_font(properties: object, font: str) -> None:
    """For Chinese and for Latin letters alike."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for letters in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{letters}"), font)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    """A number Word counts itself; 1 until it has counted."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    field.append(_write(paragraph, "1", BODY_FONT, TABLE_SIZE)._r)
    paragraph._p.append(field)
