"""关于2026年第三季度党代表工作室工作情况的通报: the whole paper of one place and term."""

from __future__ import annotations

from datetime import date

from reports.bulletin.counts import categories_of, category_table, delegation_table, unit_table, units_of
from reports.bulletin.paper import Line, Paper, Section, line
from reports.bulletin.prose import (
    EARLIER_KEYS,
    STORY_KEYS,
    UNIT_KEYS,
    Earlier,
    Story,
    commended_units,
    overdue_units,
    overview,
    top_categories,
    top_of,
    troubles,
)
from reports.bulletin.reach import Counted, Reach
from reports.bulletin.terms import Term
from reports.models import BulletinText
from reports.stats import RATIOS
from studios.clocks import words
from studios.measures import Span
from studios.periods import BEGINNING
from suggestions.documents.people import office_of

NUMERALS = "一二三四五六七八九十"
RATES = ("closing", "reply", "on_time", "satisfaction", "participation", "presence", "compliance")
REQUIREMENTS = (
    "一是按时到岗。按公示的值班表到工作室接待党员群众，因故不能到岗的提前请假，及时安排他人接替。",
    "二是按期答复。在期限内与党代表和群众见面沟通，把办理结果书面答复清楚；已经逾期的抓紧办结。",
    "三是跟踪到底。群众不满意的重新办理，列入计划的按承诺的时间兑现，同类问题较多的研究一并解决。",
)


def bulletin_of(reach: Reach, term: Term, text: BulletinText | None, today: date) -> Paper:
    """The bulletin of `term` over the rows of `reach`, with the words the office kept for it."""
    span, place = term.span(today), reach.place
    now = reach.counted(STORY_KEYS, span)
    earlier = [Earlier(ago, reach.counted(EARLIER_KEYS, then)) for ago, then in term.compared(today)]
    scope = "" if reach.is_county else place.short_name
    until = words(span.as_of)
    intro = (text.intro if text else "") or f"现将{term.label}{scope}党代表工作室工作情况通报如下。"
    return Paper(
        title_parts=(f"关于{term.label}{scope}", "党代表工作室工作情况的通报"),
        office=office(reach),
        number=f"〔{today.year}〕　　号",
        to="各代表队、各承办单位" if reach.is_county else "各党代表工作室、各承办单位",
        opening=paragraphs(intro),
        sections=_sections(reach, Story(now, earlier), text, until),
        notes=notes(until),
        copies=(text.copies if text else "") or _copies(reach),
        day=words(today),
        until=until,
    )


def office(reach: Reach) -> str:
    """Who signs."""
    return office_of(reach.place) if reach.is_county else reach.place.name


def notes(until: str) -> list[str]:
    """How the numbers were counted."""
    return [
        f"统计截至{until}；收集建议意见按受理日期计，不含撤回和不予受理的",
        *(RATIOS[key].formula for key in RATES),
        "满意率只计最后一轮办理的评价；“—”表示没有可以计算的基数",
    ]


def paragraphs(text: str) -> list[Line]:
    """Typed text, a paragraph a line."""
    return [line(part.strip()) for part in text.split("\n") if part.strip()]


def numbered(sections: list[Section]) -> list[Section]:
    """Headings with 一、二、三 before them."""
    return [
        Section(row.key, f"{NUMERALS[place]}、{row.title}", row.lines, row.tables) for place, row in enumerate(sections)
    ]


def _copies(reach: Reach) -> str:
    county = reach.place.county
    return "本级党委领导、组织部门" if reach.is_county or county is None else office_of(county)


def _sections(reach: Reach, story: Story, text: BulletinText | None, until: str) -> list[Section]:
    now, span = story.now, story.now.span
    standing_span = Span(BEGINNING, span.last, span.as_of)
    standing = reach.counted(("overdue",), standing_span)
    late = units_of(reach, ("overdue",), standing_span)
    categories = categories_of(reach, span)
    found = [Section("overview", "总体情况", overview(story))]
    if reach.is_county:
        found.append(Section("delegations", "各代表队情况", (), [delegation_table(reach, span, now)]))
    top = [category_table(top_of(categories), now, "反映最多的类别")] if top_of(categories) else []
    asked = (text.requirements if text else "") or "\n".join(REQUIREMENTS)
    found += [
        _units(reach, now, late, standing, until),
        Section("categories", "群众反映的主要问题", [top_categories(categories, now)], top),
        Section("problems", "存在问题", [troubles(now, standing), *paragraphs(text.problems if text else "")]),
        Section("requirements", "下一步工作要求", paragraphs(asked)),
    ]
    return numbered(found)


def _units(reach: Reach, now: Counted, late: list[tuple[str, Counted]], standing: Counted, until: str) -> Section:
    units = units_of(reach, UNIT_KEYS, now.span)
    table = [unit_table(units, now)] if now.numbers["accepted"] else []
    lines = [commended_units(units), overdue_units(late, standing, until)]
    return Section("units", "承办单位办理情况", lines, table)
