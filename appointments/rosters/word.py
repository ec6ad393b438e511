"""值班表 as Word: landscape, months of columns on as many tables as it takes, heads that repeat."""

from datetime import date

from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT

from appointments.rosters.facts import Facts
from appointments.rosters.grid import Grid
from appointments.rosters.papers import duty_of, words_of
from appointments.rosters.words import period_words
from sheets.word import (
    BODY_FONT,
    HEAD_FONT,
    Mm,
    Pt,
    content_of,
    day_words,
    new_document,
    number_pages,
    repeat,
    title_line,
    write,
)
from sheets.word import (
    grid as ruled,
)

DAYS_A_TABLE = 7
STUDIO_SHARE, DAY_SHARE, PAGE_MM = 2, 1, 257
TABLE_SIZE, TITLE_SIZE = Pt(11), Pt(22)


def roster_docx(facts: Facts, grid: Grid, printed_on: date) -> bytes:
    """The file; cells hold the words of the printed sheet as plain text."""
    roster = facts.roster
    document = new_document("党代表值班表", top=20, right=20, bottom=20, left=20)
    _turn(document)
    number_pages(document, "", TABLE_SIZE)
    title_line(document, f"{roster.delegation.name}党代表值班表", TITLE_SIZE)
    period = period_words(roster.first_on, roster.last_on)
    write(document.add_paragraph(), f"值班时间：{period}，{duty_of(facts)}", BODY_FONT, TABLE_SIZE)
    for start in range(0, len(grid.days), DAYS_A_TABLE):
        _add_table(document, grid, start)
        document.add_paragraph().paragraph_format.space_after = Pt(0)
    foot = f"代表队（盖章）：　　　　　　　　联系电话：　　　　　　　　制表日期：{day_words(printed_on)}"
    write(document.add_paragraph(), foot, BODY_FONT, TABLE_SIZE)
    return content_of(document)


def _turn(document: DocumentObject) -> None:
    """A4 landscape."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def _add_table(document: DocumentObject, grid: Grid, start: int) -> None:
    """One table of at most seven days; a studio without a session on them is left out."""
    days = grid.days[start : start + DAYS_A_TABLE]
    rows = [(row.studio.name, row.cells[start : start + DAYS_A_TABLE]) for row in grid.rows]
    rows = [(name, cells) for name, cells in rows if any(cells)]
    shares = [STUDIO_SHARE, *([DAY_SHARE] * len(days))]
    width = Mm(PAGE_MM * sum(shares) / (STUDIO_SHARE + DAY_SHARE * DAYS_A_TABLE))
    table = ruled(document, 1 + len(rows), shares, width)
    repeat(table.rows[0])
    heads = ["工作室", *(f"{day.on.month}月{day.on.day}日{f'（{day.note}）' if day.note else ''}" for day in days)]
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        write(cell.paragraphs[0], text, HEAD_FONT, TABLE_SIZE)
    for line, (name, cells) in zip(table.rows[1:], rows, strict=True):
        for place, text in enumerate([name, *(words_of(cell) for cell in cells)]):
            write(line.cells[place].paragraphs[0], text, BODY_FONT, TABLE_SIZE)
