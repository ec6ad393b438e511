"""The dossier as Word, in the layout of an official document.

The template is drawn here from our own words alone; what people typed is only ever filled in, escaped, as plain text.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from docxtpl import DocxTemplate

from representatives.dossier import Chapter, Dossier, chapters
from representatives.word import (
    BODY_FONT,
    BODY_SIZE,
    HEAD_FONT,
    TABLE_SIZE,
    TITLE_FONT,
    TITLE_SIZE,
    add_field,
    plain,
    plain_row,
    repeat,
    set_font,
    write,
)

WIDTH = Mm(160)
FACTS_A_LINE, FACT_LINES = 2, 6
NUMERALS = "一二三四五六七八九十"


def dossier_docx(dossier: Dossier, printed_on: date) -> bytes:
    """The file. Every cell holds exactly the words the page shows."""
    template = DocxTemplate(BytesIO(_template()))
    context = {
        "title": plain(dossier.title),
        "number": plain(dossier.number),
        "facts": [plain_row(fact) for fact in dossier.facts],
        "chapters": [
            {"rows": [plain_row(row) for row in filled.rows], "sums": plain(filled.sums)} for filled in dossier.chapters
        ],
        "printed_on": f"{printed_on.year} 年 {printed_on.month} 月 {printed_on.day} 日",
    }
    template.render(context, autoescape=True)
    file = BytesIO()
    template.save(file)
    return file.getvalue()


@cache
def _template() -> bytes:
    """Title, facts, one table per registered chapter, signatures; drawn once per process."""
    document = Document()
    _set_up_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(title, "{{ title }}", TITLE_FONT, TITLE_SIZE).bold = True
    _add_facts(document)
    for place, chapter in enumerate(chapters()):
        _add_chapter(document, place, chapter)
    for line in ("党代表（签名）：", "代表队（盖章）：", "党联办（盖章）：", "填表日期：{{ printed_on }}"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_with_next = not line.startswith("填表")
        write(paragraph, line, BODY_FONT, BODY_SIZE)
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
    set_font(document.styles["Normal"].element.get_or_add_rPr(), BODY_FONT)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, "编号 {{ number }}　第 ", BODY_FONT, TABLE_SIZE)
    add_field(foot, "PAGE")
    write(foot, " 页　共 ", BODY_FONT, TABLE_SIZE)
    add_field(foot, "NUMPAGES")
    write(foot, " 页", BODY_FONT, TABLE_SIZE)


def _add_facts(document: DocumentObject) -> None:
    table = _grid(document, rows=FACT_LINES, shares=(2, 5, 2, 5))
    for number in range(FACT_LINES * FACTS_A_LINE):
        cells = table.rows[number // FACTS_A_LINE].cells
        place = number % FACTS_A_LINE * 2
        write(cells[place].paragraphs[0], f"{{{{ facts[{number}][0] }}}}", HEAD_FONT, TABLE_SIZE)
        write(cells[place + 1].paragraphs[0], f"{{{{ facts[{number}][1] }}}}", BODY_FONT, TABLE_SIZE)


def _add_chapter(document: DocumentObject, place: int, chapter: Chapter) -> None:
    head = document.add_paragraph()
    head.paragraph_format.space_before = Pt(14)
    head.paragraph_format.keep_with_next = True
    write(head, f"{NUMERALS[place]}、{chapter.title}", HEAD_FONT, BODY_SIZE)
    table = _grid(document, rows=4, shares=[column.share for column in chapter.columns])
    heads, opening, body, closing = table.rows
    repeat(heads)
    for cell, column in zip(heads.cells, chapter.columns, strict=True):
        write(cell.paragraphs[0], column.label, HEAD_FONT, TABLE_SIZE)
    opening.cells[0].text = f"{{%tr for row in chapters[{place}].rows %}}"
    for number, cell in enumerate(body.cells):
        write(cell.paragraphs[0], f"{{{{ row[{number}] }}}}", BODY_FONT, TABLE_SIZE)
    closing.cells[0].text = "{%tr endfor %}"
    write(document.add_paragraph(), f"{{{{ chapters[{place}].sums }}}}", BODY_FONT, TABLE_SIZE)


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
