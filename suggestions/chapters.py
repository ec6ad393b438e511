"""What the dossier of a representative says about suggestions, opinions given and ratings."""

from collections import Counter
from datetime import date

from django.utils import timezone

from representatives.dossier import Chapter, Column, Contents, register
from representatives.models import Representative
from suggestions.enums import Evaluator, State
from suggestions.models import Consultation, Evaluation, Suggestion


def cases(person: Representative, first: date, last: date) -> Contents:
    """建议意见: those submitted in these days, where they stand and what came of them; no drafts."""
    found = Suggestion.objects.filter(representative=person, submitted_on__range=(first, last))
    found = found.exclude(state=State.DRAFT).order_by("submitted_on", "pk").defer("content", "search_text")
    cases = list(found)
    rows = [
        (
            case.submitted_on.isoformat() if case.submitted_on else "—",
            case.number or "—",
            case.title,
            case.get_state_display(),
            case.get_result_class_display() or "—",
        )
        for case in cases
    ]
    closed = sum(case.state == State.CLOSED for case in cases)
    accepted = sum(case.accepted_on is not None for case in cases)
    return Contents(rows, f"共提出 {len(rows)} 件：受理 {accepted} 件，办结 {closed} 件")


def opinions(person: Representative, first: date, last: date) -> Contents:
    """征询意见: what the person answered when units asked."""
    found = Consultation.objects.filter(suggestion__representative=person, opinion_at__date__range=(first, last))
    found = (
        found.exclude(opinion="")
        .order_by("opinion_at", "pk")
        .select_related("suggestion")
        .defer("suggestion__content", "suggestion__search_text")
    )
    rows = [
        (
            timezone.localdate(asked.opinion_at).isoformat(),
            _named(asked.suggestion),
            asked.get_opinion_display(),
            asked.opinion_reason or "—",
            asked.get_opinion_source_display() or "—",
        )
        for asked in found
    ]
    return Contents(rows, _sums("答复征询", Counter(row[2] for row in rows)))


def ratings(person: Representative, first: date, last: date) -> Contents:
    """评价: how the person rated what was done."""
    found = Evaluation.objects.filter(suggestion__representative=person, evaluator=Evaluator.REPRESENTATIVE)
    found = found.filter(entered_at__date__range=(first, last)).order_by("entered_at", "pk")
    found = found.select_related("suggestion").defer("suggestion__content", "suggestion__search_text")
    rows = [
        (
            timezone.localdate(rating.entered_at).isoformat(),
            _named(rating.suggestion),
            rating.get_attitude_display(),
            rating.get_outcome_display(),
            rating.reason or "—",
        )
        for rating in found
    ]
    return Contents(rows, _sums("评价", Counter(f"结果{row[3]}" for row in rows)))


def _named(case: Suggestion) -> str:
    return f"{case.number} {case.title}".strip()


def _sums(what: str, counted: Counter[str]) -> str:
    parts = "，".join(f"{label} {number} 件" for label, number in counted.most_common())
    return f"共{what} {counted.total()} 件：{parts}"


DATE, CASE = Column("日期", 3), Column("建议", 6)
register(
    Chapter(
        "cases",
        "建议意见",
        40,
        (Column("提交日期", 3), Column("编号", 4), Column("标题", 6), Column("状态", 2), Column("办理结果", 3)),
        cases,
    )
)
register(
    Chapter(
        "opinions",
        "征询意见",
        50,
        (DATE, CASE, Column("意见", 2), Column("说明", 4), Column("填写方式", 3)),
        opinions,
    )
)
register(
    Chapter(
        "ratings",
        "评价",
        60,
        (DATE, CASE, Column("办理态度", 2), Column("办理结果", 2), Column("理由", 5)),
        ratings,
    )
)
