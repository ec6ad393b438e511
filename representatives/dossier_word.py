"""The dossier as Word, in the layout of an official document.

The template is drawn here from our own words alone; what people typed is only ever filled in, escaped, as plain text.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO

from docx.document import Document as DocumentObject
from docxtpl import DocxTemplate

from representatives.dossier import Chapter, Dossier, chapters
from sheets.word import (
    BODY_FONT,
    HEAD_FONT,
    Mm,
    Pt,
    content_of,
    day_words,
    grid,
    new_document,
    number_pages,
    plain,
    repeat,
    title_line,
    write,
)

BODY_SIZE, TABLE_SIZE, TITLE_SIZE = Pt(14), Pt(11), Pt(22)
WIDTH = Mm(160)
FACTS_A_LINE, FACT_LINES = 2, 6
NUMERALS = "一二三四五六七八九十"


def dossier_docx(dossier: Dossier, printed_on: date) -> bytes:
    """The file. Every cell holds exactly the words the page shows."""
    template = DocxTemplate(BytesIO(_template()))
    context = {
        "title": plain(dossier.title),
        "number": plain(dossier.number),
        "facts": [_plain_row(fact) for fact in dossier.facts],
        "chapters": [
            {"rows": [_plain_row(row) for row in filled.rows], "sums": plain(filled.sums)}
            for filled in dossier.chapters
        ],
        "printed_on": day_words(printed_on),
    }
    template.render(context, autoescape=True)
    file = BytesIO()
    template.save(file)
    return file.getvalue()


def _plain_row(row: Sequence[str]) -> list[str]:
    return [plain(text) for text in row]


@cache
def _template() -> bytes:
    """Title, facts, one table per registered chapter, signatures; drawn once per process."""
    document = new_document("党代表履职档案", top=30, right=25, bottom=25, left=25)
    number_pages(document, "编号 {{ number }}　", TABLE_SIZE)
    title_line(document, "{{ title }}", TITLE_SIZE)
    _add_facts(document)
    for place, chapter in enumerate(chapters()):
        _add_chapter(document, place, chapter)
    for line in ("党代表（签名）：", "代表队（盖章）：", "党联办（盖章）：", "填表日期：{{ printed_on }}"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_with_next = not line.startswith("填表")
        write(paragraph, line, BODY_FONT, BODY_SIZE)
    return content_of(document)


def _add_facts(document: DocumentObject) -> None:
    table = grid(document, FACT_LINES, (2, 5, 2, 5), WIDTH)
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
    table = grid(document, 4, [column.share for column in chapter.columns], WIDTH)
    heads, opening, body, closing = table.rows
    repeat(heads)
    for cell, column in zip(heads.cells, chapter.columns, strict=True):
        write(cell.paragraphs[0], column.label, HEAD_FONT, TABLE_SIZE)
    opening.cells[0].text = f"{{%tr for row in chapters[{place}].rows %}}"
    for number, cell in enumerate(body.cells):
        write(cell.paragraphs[0], f"{{{{ row[{number}] }}}}", BODY_FONT, TABLE_SIZE)
    closing.cells[0].text = "{%tr endfor %}"
    write(document.add_paragraph(), f"{{{{ chapters[{place}].sums }}}}", BODY_FONT, TABLE_SIZE)
