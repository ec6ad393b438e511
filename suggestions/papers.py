"""《党代表约见党员群众收集建议意见表》: blank for a paper day, or as a case was written down."""

from appointments.enums import AppointmentKind, Category
from appointments.papers.form import Cell, Line, Paper, choice
from studios.models import Studio
from suggestions.documents.people import petitioners_of
from suggestions.enums import Level
from suggestions.models import Suggestion

TITLE = "党代表约见党员群众收集建议意见表"
CONSENT = (("True", "同意"), ("False", "不同意"))
SIGNATURES = ("党代表（签名）", "提出人（签名）", "填表日期")
DECISIONS = [
    Line([Cell("代表队意见")], rules=2),
    Line([Cell("党联办意见")], rules=2),
]


def blank_suggestion_paper(studio: Studio | None, address: str) -> Paper:
    """To be filled in by hand; without a studio its name is left open, too."""
    lines = [
        Line([Cell("党代表"), Cell("代表队", studio.delegation.short_name if studio else "")]),
        Line([Cell("约见日期", "　　　年　　月　　日"), Cell("归属", choice(Level.choices))]),
        Line([Cell("约见方式", choice(AppointmentKind.choices))]),
        Line([Cell("提出人"), Cell("联系电话")]),
        Line([Cell("单位或住址"), Cell("告知承办单位联系方式", choice(CONSENT))]),
        Line([Cell("标题")]),
        Line([Cell("类别", choice(Category.choices))]),
        Line([Cell("情况、分析和建议")], rules=6),
        *DECISIONS,
    ]
    return Paper(TITLE, "", studio.name if studio else "", lines, SIGNATURES, address)


def suggestion_paper(case: Suggestion, address: str, *, is_full: bool) -> Paper:
    """As written down. The petitioners stand in it masked unless `is_full`, which the caller has put on record."""
    people = petitioners_of(case, is_full=is_full)
    held, kind = case.created_at, case.appointment.kind if case.appointment else ""
    day = case.visit.received_on if case.visit else held.date()
    lines = [
        Line([Cell("党代表", case.representative.name), Cell("代表队", case.delegation.short_name)]),
        Line(
            [
                Cell("约见日期", f"{day.year}年{day.month}月{day.day}日"),
                Cell("归属", choice(Level.choices, case.level)),
            ]
        ),
        Line([Cell("约见方式", choice(AppointmentKind.choices, kind))]),
        Line([Cell("提出人", people.names or "不愿透露"), Cell("联系电话", people.phones or "未留")]),
        Line(
            [
                Cell("单位或住址", people.units or "未留"),
                Cell("告知承办单位联系方式", choice(CONSENT, str(case.releases_contact))),
            ]
        ),
        Line([Cell("标题", case.title)]),
        Line([Cell("类别", choice(Category.choices, case.category))]),
        Line([Cell("情况、分析和建议", case.content)]),
        *DECISIONS,
    ]
    return Paper(TITLE, case.number, case.studio.name if case.studio else "", lines, SIGNATURES, address)
