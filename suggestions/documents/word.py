"""Papers of a case as Word: letters after the margins of an official document, forms as forms."""

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from appointments.papers.form import Paper
from appointments.papers.word import paper_docx
from sheets.word import BODY_FONT, TITLE_FONT, Mm, Pt, content_of, new_document, number_pages, rule, title_line, write
from suggestions.documents.letter import Letter

BODY, LONG_BODY, SMALL, HEAD, TITLE = Pt(16), Pt(14), Pt(12), Pt(26), Pt(20)
LEADING, LONG_LEADING = Pt(28), Pt(24)
RED = RGBColor(0xB0, 0x12, 0x1B)
STAMP_SPACE = Mm(16)


def docx_of(paper: Paper | Letter) -> bytes:
    """The file of a form or of a letter."""
    return letter_docx(paper) if isinstance(paper, Letter) else paper_docx(paper)


def letter_docx(letter: Letter) -> bytes:
    """The letter: margins 37/26/35/28 mm, 仿宋 16 pt (14 for a long one), 28 pt from line to line."""
    document = new_document(letter.title, top=37, right=26, bottom=35, left=28)
    number_pages(document, "", Pt(14))
    for mark in letter.marks:
        _line(document, letter, mark, WD_ALIGN_PARAGRAPH.RIGHT, size=SMALL).paragraph_format.line_spacing = Pt(18)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_before = Pt(14) if letter.marks else Pt(0)
    run = write(head, letter.office, TITLE_FONT, HEAD)
    run.bold, run.font.color.rgb = True, RED
    rule(_line(document, letter, letter.number, WD_ALIGN_PARAGRAPH.CENTER), ("bottom",))
    title = title_line(document, letter.title, TITLE)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(10)
    _line(document, letter, f"{letter.to}：")
    for text in letter.paragraphs:
        for part in text.split("\n"):
            _line(document, letter, part).paragraph_format.first_line_indent = 2 * _size(letter)
    for place, text in enumerate(letter.signers):
        signed = _line(document, letter, text, WD_ALIGN_PARAGRAPH.RIGHT)
        signed.paragraph_format.right_indent = 2 * _size(letter)
        signed.paragraph_format.keep_with_next = place + 1 < len(letter.signers)
        if not place:
            signed.paragraph_format.space_before = STAMP_SPACE
    if letter.copies:
        copies = _line(document, letter, f"抄送：{letter.copies}", size=Pt(14))
        copies.paragraph_format.space_before, copies.paragraph_format.first_line_indent = Pt(20), Pt(14)
        rule(copies, ("top", "bottom"), colour="000000", size="6")
    return content_of(document)


def _size(letter: Letter) -> Pt:
    return LONG_BODY if letter.is_long else BODY


def _line(
    document: DocumentObject,
    letter: Letter,
    text: str,
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    size: Pt | None = None,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing_rule = Pt(0), WD_LINE_SPACING.EXACTLY
    form.line_spacing = LONG_LEADING if letter.is_long else LEADING
    write(paragraph, text, BODY_FONT, size or _size(letter))
    return paragraph
