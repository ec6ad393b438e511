"""A paper form as Word. What people typed is only ever written as plain text."""

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from appointments.papers.form import Line, Paper
from sheets.word import (
    BODY_FONT,
    HEAD_FONT,
    Mm,
    Pt,
    add_code,
    content_of,
    keep_whole,
    new_document,
    title_line,
    write,
)

TEXT, SMALL, TITLE = Pt(12), Pt(10), Pt(20)
WIDTHS = (Mm(26), Mm(63), Mm(26), Mm(63))
RULE_HEIGHT = Mm(9)


def paper_docx(paper: Paper) -> bytes:
    """The file, A4 portrait."""
    document = new_document(paper.title, top=18, right=16, bottom=18, left=16)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    title_line(document, paper.title, TITLE)
    head = document.add_paragraph()
    head.paragraph_format.tab_stops.add_tab_stop(Length(sum(WIDTHS)), WD_TAB_ALIGNMENT.RIGHT)
    write(head, f"编号：{paper.number or '　　　　　　'}\t{paper.where}", BODY_FONT, TEXT)
    table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
    assert isinstance(table, Table)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    for line in paper.lines:
        _add(table, line)
    signatures = document.add_paragraph()
    signatures.paragraph_format.space_before = Pt(12)
    for place in range(1, len(paper.signatures)):
        signatures.paragraph_format.tab_stops.add_tab_stop(Length(sum(WIDTHS) * place // len(paper.signatures)))
    write(signatures, "\t".join(f"{name}：" for name in paper.signatures), BODY_FONT, TEXT)
    if paper.address:
        add_code(document, paper.address, paper.hint, SMALL)
    return content_of(document)


def _add(table: Table, line: Line) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    keep_whole(row)
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(8)
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    if len(line.cells) == 1:
        row.cells[1].merge(row.cells[3])
    for place, asked in enumerate(line.cells):
        write(row.cells[place * 2].paragraphs[0], asked.label, HEAD_FONT, TEXT)
        _answer(row.cells[place * 2 + 1], asked.words, len(line.blanks))


def _answer(cell: _Cell, words: str, blanks: int) -> None:
    lines = words.split("\n")
    for text in lines:
        paragraph = cell.paragraphs[0] if text is lines[0] else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, text, BODY_FONT, TEXT)
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
