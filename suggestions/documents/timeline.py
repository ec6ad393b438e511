"""案件经过: what is on record about a case, in order, as Word for the file room."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from docx.document import Document as DocumentObject
from docx.table import Table

from sheets.word import (
    BODY_FONT,
    HEAD_FONT,
    Mm,
    Pt,
    content_of,
    grid,
    keep_whole,
    new_document,
    number_pages,
    repeat,
    title_line,
    write,
)
from studios.clocks import words
from suggestions.documents.people import petitioners_of
from suggestions.models import Suggestion, Supervision
from suggestions.timeline import timeline_of

WIDTH = Mm(178)
TEXT, HEAD, TITLE = Pt(11), Pt(14), Pt(20)
Row = Sequence[str]


def timeline_docx(case: Suggestion, notices: Iterable[Supervision], contents: Iterable[Row], *, is_full: bool) -> bytes:
    """Facts, steps, what the units recorded, notices, and `contents` (file name, what it is) of the archive."""
    document = new_document(f"案件经过 {case.number}", top=20, right=16, bottom=20, left=16)
    number_pages(document, f"{case.number}　", TEXT)
    title_line(document, "建议意见案件经过", TITLE)
    table = grid(document, 0, (3, 13), WIDTH)
    for fact in _facts(case, is_full=is_full):
        _add(table, fact)
    _chapter(document, "流转记录", ("时间", "步骤", "经办人", "说明"), (4, 6, 3, 5), _steps(case))
    _chapter(document, "办理记录", ("时间", "事项", "内容"), (4, 4, 10), _records(case))
    _chapter(document, "督办记录", ("时间", "方式", "要求和回复"), (4, 4, 10), map(_noticed, notices))
    _chapter(document, "卷内目录", ("文件", "内容"), (9, 9), contents)
    return content_of(document)


def _chapter(document: DocumentObject, title: str, heads: Row, shares: Sequence[int], rows: Iterable[Row]) -> None:
    """A table under its heading; left out where there is nothing to tell."""
    filled = list(rows)
    if not filled:
        return
    heading = document.add_paragraph()
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(4)
    heading.paragraph_format.keep_with_next = True
    write(heading, title, HEAD_FONT, HEAD)
    table = grid(document, 1, shares, WIDTH)
    repeat(table.rows[0])
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        write(cell.paragraphs[0], head, HEAD_FONT, TEXT)
    for row in filled:
        _add(table, row)


def _add(table: Table, texts: Row) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    keep_whole(row)
    for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
        cell.width = column.width
        write(cell.paragraphs[0], text, BODY_FONT, TEXT)


def _facts(case: Suggestion, *, is_full: bool) -> Iterator[Row]:
    people = petitioners_of(case, is_full=is_full)
    yield "编号", case.number
    yield "标题", case.title
    yield "状态", f"{case.get_state_display()}，第 {case.round} 次办理"
    yield "党代表", f"{case.representative.name}（{case.delegation.name}）"
    yield "提出人", "　".join(filter(None, (people.names or "不愿透露", people.phones, people.units)))
    yield "承办单位", "、".join(f"{row.get_kind_display()} {row.unit.name}" for row in case.assignments_in_force)
    if case.due_on and case.original_due_on:
        yield "办理期限", f"{words(case.due_on)}（原定{words(case.original_due_on)}）"
    yield "情况、分析和建议", case.content


def _steps(case: Suggestion) -> Iterator[Row]:
    """The steps of the case and what moved its deadline, in the order of time, as its page tells them."""
    for part in timeline_of(case):
        for step in part.steps:
            yield _moment(step.at), step.words, step.who, step.note


def _records(case: Suggestion) -> Iterator[Row]:
    """Contacts, consultations, replies and ratings of every round, by time."""
    return iter(row for _at, row in sorted(_dated(case), key=lambda pair: pair[0]))


def _dated(case: Suggestion) -> Iterator[tuple[datetime, Row]]:
    for contact in case.contacts.all():
        what = f"联系{contact.get_party_display()}（{contact.get_method_display()}）"
        yield contact.recorded_at, (words(contact.contacted_on), what, contact.note)
    for asked in case.consultations.all():
        said = " ".join(filter(None, (asked.get_opinion_display(), asked.opinion_reason)))
        text = f"{asked.measures}\n代表意见：{said or '尚未答复'}"
        yield asked.asked_at, (_moment(asked.asked_at), "研究措施、征询代表意见", text)
    for reply in case.replies.all():
        unit = f"{reply.assignment.unit}" if reply.assignment else ""
        text = (
            f"{reply.text}\n{reply.get_result_class_display()}；{reply.get_disclosure_display()}；签发人 {reply.signer}"
        )
        yield reply.submitted_at, (_moment(reply.submitted_at), f"{unit}答复（{reply.get_status_display()}）", text)
    for rating in case.evaluations.all():
        text = f"态度{rating.get_attitude_display()}，结果{rating.get_outcome_display()} {rating.reason}"
        yield rating.entered_at, (_moment(rating.entered_at), f"{rating.get_evaluator_display()}评价", text.strip())


def _noticed(notice: Supervision) -> Row:
    text = f"{notice.unit}：{notice.text}"
    if notice.reply_text:
        text += f"\n回复：{notice.reply_text}"
    if notice.lifted_at:
        text += f"\n{_moment(notice.lifted_at)}摘牌：{notice.lift_reason}"
    return _moment(notice.issued_at), notice.get_kind_display(), text


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
