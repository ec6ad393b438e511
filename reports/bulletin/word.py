"""A bulletin or a year book as Word, on the page of GB/T 9704: 37/26/35/28 mm, 仿宋 16 pt, 28 pt from line to line."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import count

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import RGBColor
from docx.table import Table as DrawnTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

from reports.bulletin.paper import Line, Paper, Section, Table, text_of
from sheets.word import (
    BODY_FONT,
    HEAD_FONT,
    TITLE_FONT,
    Mm,
    Pt,
    content_of,
    grid,
    new_document,
    number_pages,
    plain,
    repeat,
    rule,
    title_line,
    write,
)

BODY, SMALL, CELL, SMALL_CELL, HEAD, TITLE = Pt(16), Pt(12), Pt(10), Pt(9), Pt(26), Pt(22)
MANY = 7
"""Tables with more columns are set smaller."""
LEADING, SMALL_LEADING = Pt(28), Pt(18)
WIDTH = Mm(156)
OFFICIAL = {"top": 37, "right": 26, "bottom": 35, "left": 28}
BOOK = {"top": 25, "right": 26, "bottom": 22, "left": 28}
SMALL_MARGIN = "45"
"""Between the words of a cell and its border, in twentieths of a point."""
RED = RGBColor(0xB0, 0x12, 0x1B)
STAMP_SPACE = Mm(14)


def paper_docx(paper: Paper) -> bytes:
    """The file. A book lists its chapters on the first page, each with its page."""
    document = new_document(paper.title, **(BOOK if paper.is_book else OFFICIAL))
    number_pages(document, "", SMALL)
    _head(document, paper)
    if paper.is_book:
        _contents(document, paper)
    if paper.to:
        _text(document, f"{paper.to}：")
    for some in paper.opening:
        _indented(document, some)
    numbers = count(1)
    for section in paper.sections:
        _section(document, section, next(numbers), begins_page=paper.is_book and section is paper.sections[0])
    _foot(document, paper)
    return content_of(document)


def _head(document: DocumentObject, paper: Paper) -> None:
    head = _text(document, "", WD_ALIGN_PARAGRAPH.CENTER)
    head.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    run = write(head, paper.office, TITLE_FONT, HEAD)
    run.bold, run.font.color.rgb = True, RED
    under = _text(document, paper.number, WD_ALIGN_PARAGRAPH.CENTER) if paper.number else head
    under.paragraph_format.space_before = Pt(14) if paper.number else Pt(0)
    rule(under, ("bottom",))
    title = title_line(document, "\n".join(paper.title_parts), TITLE)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(18), Pt(14)


def _contents(document: DocumentObject, paper: Paper) -> None:
    """One line a chapter. The pages are fields: LibreOffice counts them on opening, Word when asked to (F9)."""
    for number, section in enumerate(paper.sections, start=1):
        entry = _text(document, f"{section.title}\t", size=Pt(14))
        entry.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" PAGEREF {_mark(number)} \\h ")
        field.set(qn("w:dirty"), "true")
        field.append(write(entry, "1", BODY_FONT, Pt(14))._r)
        entry._p.append(field)


def _section(document: DocumentObject, section: Section, number: int, *, begins_page: bool) -> None:
    head = _text(document, "")
    head.paragraph_format.page_break_before = begins_page
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.first_line_indent = 2 * BODY
    _open_mark(head, number)
    write(head, section.title, HEAD_FONT, BODY)
    for some in section.lines:
        _indented(document, some)
    for table in section.tables:
        _table(document, table)


def _table(document: DocumentObject, table: Table) -> None:
    caption = _text(document, table.title, WD_ALIGN_PARAGRAPH.CENTER, Pt(14))
    caption.paragraph_format.keep_with_next = True
    if not table.rows:
        _text(document, "本期没有。", WD_ALIGN_PARAGRAPH.CENTER, SMALL)
        return
    drawn = grid(document, 3 if table.total else 2, table.widths, WIDTH)
    _narrow(drawn)
    heads, model, *totals = drawn.rows
    repeat(heads)
    _write_cells(heads, list(table.heads), HEAD_FONT, texts=0)
    _write_cells(model, ["0"] * len(table.heads), BODY_FONT, texts=table.texts)
    for some in table.rows:
        model._tr.addprevious(_filled(model, some))
    drawn._tbl.remove(model._tr)
    for row in totals:
        _write_cells(row, [piece.text for piece in table.total], HEAD_FONT, texts=table.texts)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _narrow(drawn: DrawnTable) -> None:
    """Less room beside the words, so that 100.00% stays on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), SMALL_MARGIN)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = drawn._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")


def _filled(model: _Row, some: Line) -> CT_Row:
    """A copy of the row with these words: ten times as fast as drawing each, and a year book has thousands."""
    copy = deepcopy(model._tr)
    for text, piece in zip(copy.iter(qn("w:t")), some, strict=True):
        text.text = plain(piece.text)
    return copy


def _write_cells(row: _Row, words: Sequence[str], font: str, *, texts: int) -> None:
    size = SMALL_CELL if len(words) > MANY else CELL
    for place, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if place < texts else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, text, font, size)


def _foot(document: DocumentObject, paper: Paper) -> None:
    for place, words in enumerate((paper.office, paper.day)):
        signed = _text(document, words, WD_ALIGN_PARAGRAPH.RIGHT)
        signed.paragraph_format.right_indent = 2 * BODY
        signed.paragraph_format.keep_with_next = True
        if not place:
            signed.paragraph_format.space_before = STAMP_SPACE
    for place, note in enumerate(paper.notes, start=1):
        said = _text(document, f"{'附：统计口径　' if place == 1 else ''}{place}．{note}。", size=SMALL)
        said.paragraph_format.line_spacing = SMALL_LEADING
        said.paragraph_format.space_before = Pt(12) if place == 1 else Pt(0)
    if paper.copies:
        copies = _text(document, f"抄送：{paper.copies}。", size=Pt(14))
        copies.paragraph_format.space_before, copies.paragraph_format.left_indent = Pt(16), Pt(14)
        rule(copies, ("top", "bottom"), colour="000000", size="6")


def _indented(document: DocumentObject, some: Line) -> None:
    _text(document, text_of(some)).paragraph_format.first_line_indent = 2 * BODY


def _text(
    document: DocumentObject, text: str, alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT, size: Pt = BODY
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing_rule, form.line_spacing = Pt(0), WD_LINE_SPACING.EXACTLY, LEADING
    write(paragraph, text, BODY_FONT, size)
    return paragraph


def _mark(number: int) -> str:
    return f"chapter{number}"


def _open_mark(paragraph: Paragraph, number: int) -> None:
    """A bookmark the contents refer to."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), _mark(number))
        paragraph._p.append(mark)
