"""值班表 as Word: landscape, months of columns on as many tables as it takes, heads that repeat."""

from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table

from appointments.rosters.facts import Facts
from appointments.rosters.grid import Grid
from appointments.rosters.papers import duty_of, words_of
from appointments.rosters.words import period_words
from representatives.word import (
    BODY_FONT,
    HEAD_FONT,
    TABLE_SIZE,
    TITLE_FONT,
    TITLE_SIZE,
    add_field,
    plain,
    repeat,
    set_font,
    write,
)

DAYS_A_TABLE = 7
STUDIO_WIDTH, WIDTH = Mm(57), Mm(257)


def roster_docx(facts: Facts, grid: Grid, printed_on: date) -> bytes:
    """The file; cells hold the words of the printed sheet as plain text."""
    document, roster = Document(), facts.roster
    _set_up_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(title, plain(f"{roster.delegation.name}党代表值班表"), TITLE_FONT, TITLE_SIZE).bold = True
    line = document.add_paragraph()
    period = period_words(roster.first_on, roster.last_on)
    write(line, plain(f"值班时间：{period}，{duty_of(facts)}"), BODY_FONT, TABLE_SIZE)
    for start in range(0, len(grid.days), DAYS_A_TABLE):
        _add_table(document, grid, start)
        document.add_paragraph().paragraph_format.space_after = Pt(0)
    made = f"{printed_on.year} 年 {printed_on.month} 月 {printed_on.day} 日"
    foot = f"代表队（盖章）：　　　　　　　　联系电话：　　　　　　　　制表日期：{made}"
    write(document.add_paragraph(), foot, BODY_FONT, TABLE_SIZE)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up_page(document: DocumentObject) -> None:
    about = document.core_properties
    about.author, about.title, about.comments = "党代表工作室", "党代表值班表", ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(20)
    set_font(document.styles["Normal"].element.get_or_add_rPr(), BODY_FONT)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, "第 ", BODY_FONT, TABLE_SIZE)
    add_field(foot, "PAGE")
    write(foot, " 页　共 ", BODY_FONT, TABLE_SIZE)
    add_field(foot, "NUMPAGES")
    write(foot, " 页", BODY_FONT, TABLE_SIZE)


def _add_table(document: DocumentObject, grid: Grid, start: int) -> None:
    """One table of at most seven days; a studio without a session on them is left out."""
    days = grid.days[start : start + DAYS_A_TABLE]
    rows = [(row.studio.name, row.cells[start : start + DAYS_A_TABLE]) for row in grid.rows]
    rows = [(name, cells) for name, cells in rows if any(cells)]
    table = document.add_table(rows=1 + len(rows), cols=1 + len(days), style="Table Grid")
    assert isinstance(table, Table)
    _set_widths(table)
    repeat(table.rows[0])
    heads = ["工作室", *(f"{day.on.month}月{day.on.day}日{f'（{day.note}）' if day.note else ''}" for day in days)]
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        write(cell.paragraphs[0], text, HEAD_FONT, TABLE_SIZE)
    for line, (name, cells) in zip(table.rows[1:], rows, strict=True):
        for place, text in enumerate([name, *(words_of(cell) for cell in cells)]):
            write(line.cells[place].paragraphs[0], plain(text), BODY_FONT, TABLE_SIZE)


def _set_widths(table: Table) -> None:
    table.autofit = False
    each = (WIDTH - STUDIO_WIDTH) // DAYS_A_TABLE
    for place, column in enumerate(table.columns):
        column.width = each if place else STUDIO_WIDTH
        for cell in column.cells:
            cell.width = column.width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
