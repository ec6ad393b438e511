"""党代表工作室年鉴: the chapters of one place and year. It names nobody who brought a matter."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from appointments.measures import HELD_OF_KIND
from reports.bulletin.counts import (
    categories_of,
    category_table,
    delegation_table,
    month_table,
    unit_table,
    units_of,
)
from reports.bulletin.issue import notes, numbered, office
from reports.bulletin.paper import Line, Paper, Piece, Section, Table, line
from reports.bulletin.prose import EARLIER_KEYS, STORY_KEYS, UNIT_KEYS, Earlier, Story, overview, top_categories
from reports.bulletin.reach import Counted, Reach
from reports.bulletin.terms import QUARTER, Term
from reports.stats import keys_of
from representatives.models import Representative
from studios.clocks import words
from studios.enums import StudioKind
from studios.measures import Span
from suggestions.answers import newest_answers
from suggestions.enums import Disclosure, Evaluator, ResultClass
from suggestions.measures import CASES, Aspect, Said, rating_key
from suggestions.models import Suggestion

KIND_HEADS = ("约见方式", "场次", "应到人次", "到岗人次", "参与率", "接访件次", "接访群众人次")
SAID = (Said.EVALUATED, Said.SATISFIED, Said.BASIC, Said.UNSATISFIED)
STUDIO_KEYS = ("studios_active", "studios_passing", "studios_failing", "studios_unchecked")
COLLECTIVE_CASES = ("collective_people", "collective_cases", "collective_county_cases")
COLLECTIVE_KEYS = (*keys_of("collective_participation"), *COLLECTIVE_CASES)
COLLECTIVE_HEADS = ("季度", "应到人次", "实到人次", "参与率", "党员群众人次", "收集建议", "其中县交办")
PEOPLE_HEADS = ("代表队", "姓名", "应到人次", "到岗人次", "参与率", "接访件次", "收集建议件数")
RESOLVED_HEADS = ("序号", "编号", "标题", "承办单位")
TOLD = frozenset({Disclosure.FULL, Disclosure.SUMMARY})
LONG_NUMBER = re.compile(r"\d{7,}")


def yearbook_of(reach: Reach, term: Term, today: date) -> Paper:
    """The year book of `term` over the rows of `reach`, as things stand on its last day or today."""
    span, place = term.span(today), reach.place
    now = reach.counted(STORY_KEYS, span)
    earlier = [Earlier(ago, reach.counted(EARLIER_KEYS, then)) for ago, then in term.compared(today)]
    until = words(span.as_of)
    sections = [
        Section("overview", "总体情况", overview(Story(now, earlier)), _delegations(reach, span, now)),
        Section("kinds", "约见接访", (), [_kinds(reach, span)]),
        _cases(reach, span, now),
        Section("ratings", "评价", (), [_ratings(reach, span)]),
        Section("studios", "工作室建设", (), [_studios(reach, span)]),
        Section("collective", "集中约见", (), [_collective(reach, term, today)]),
        Section("people", "党代表履职", (), [_people(reach, span)]),
        Section("resolved", "办结并已解决的建议意见", [line(RESOLVED_NOTE)], [_resolved(reach, span)]),
    ]
    return Paper(
        title_parts=(f"{place.short_name}党代表工作室年鉴", f"（{term.label}）"),
        office=office(reach),
        number="",
        to="",
        opening=(),
        sections=numbered(sections),
        notes=notes(until),
        copies="",
        day=words(today),
        until=until,
        is_book=True,
    )


RESOLVED_NOTE = "下列建议意见结果为“A 已解决”，答复已定为全文或摘要公开；定为不公开的不列。"


def _delegations(reach: Reach, span: Span, now: Counted) -> list[Table]:
    return [delegation_table(reach, span, now)] if reach.is_county else []


def _kinds(reach: Reach, span: Span) -> Table:
    """约见 of four kinds: held, expected, present, and who came."""
    keys = ("expected", "present", "visits", "people_received", *HELD_OF_KIND.values())
    found = reach.by("kind", keys, span)
    rows = []
    for kind, held in HELD_OF_KIND.items():
        part = found.get(kind.value) or reach.part("kind", kind.value, Counter(), span)
        counts = (part.number(key) for key in ("visits", "people_received"))
        seats = (part.number(held), part.number("expected"), part.number("present"), part.rate("participation"))
        rows.append((Piece(str(kind.label)), *seats, *counts))
    if other := found.get(None):
        dashes = (Piece("—"),) * 4
        rows.append((Piece("不属于约见的接访"), *dashes, other.number("visits"), other.number("people_received")))
    return Table("四种约见情况", KIND_HEADS, rows, shares=(3, 2, 2, 2, 2, 2, 3))


def _cases(reach: Reach, span: Span, now: Counted) -> Section:
    categories = categories_of(reach, span)
    tables = [
        category_table(categories, now, "按类别"),
        unit_table(units_of(reach, UNIT_KEYS, span), now),
        month_table(reach, span, now),
    ]
    return Section("cases", "建议意见", [top_categories(categories, now)], tables)


def _ratings(reach: Reach, span: Span) -> Table:
    """What people said of result and attitude in the last round."""
    rows = []
    keys = {
        (of, aspect): [rating_key(said, of=of, aspect=aspect) for said in SAID] for of in Evaluator for aspect in Aspect
    }
    whole = reach.counted([key for some in keys.values() for key in some], span)
    for (of, aspect), some in keys.items():
        rows.append((Piece(f"{of.label}·{aspect.label}"), *(whole.number(key) for key in some)))
    return Table("满意度测评（最后一轮办理）", ("评价人和方面", *(str(said.label) for said in SAID)), rows)


def _studios(reach: Reach, span: Span) -> Table:
    found = reach.by("studio_kind", STUDIO_KEYS, span)
    rows = [_studio_line(str(kind.label), found[kind.value]) for kind in StudioKind if kind.value in found]
    heads = ("类型", "启用", "达标", "不达标", "未检查", "达标率")
    return Table("工作室达标情况", heads, rows, _studio_line("合计", reach.counted(STUDIO_KEYS, span)))


def _studio_line(name: str, part: Counted) -> Line:
    return (Piece(name), *(part.number(key) for key in STUDIO_KEYS), part.rate("compliance"))


def _collective(reach: Reach, term: Term, today: date) -> Table:
    """The collective day of each quarter that has begun."""
    quarters = [Term(term.first, QUARTER).moved(step) for step in range(4)]
    rows = []
    for quarter in quarters:
        if quarter.first <= today:
            part = reach.counted(COLLECTIVE_KEYS, quarter.span(today))
            counts = (part.number(key) for key in COLLECTIVE_CASES)
            seats = (part.number("collective_expected"), part.number("collective_present"))
            rows.append((Piece(quarter.label), *seats, part.rate("collective_participation"), *counts))
    return Table("各季度集中约见日", COLLECTIVE_HEADS, rows, shares=(3, 2, 2, 2, 3, 2, 2))


def _people(reach: Reach, span: Span) -> Table:
    """Every representative somebody counted anything of, by delegation and name."""
    found = reach.by("representative", (*keys_of("participation"), "visits", "accepted"), span)
    people = Representative.objects.filter(pk__in=[key for key in found if key]).select_related("delegation")
    rows = []
    for person in people.order_by("delegation__code", "name", "pk"):
        part = found[person.pk]
        counts = (part.number(key) for key in ("visits", "accepted"))
        seats = (part.number("expected"), part.number("present"), part.rate("participation"))
        rows.append((Piece(person.delegation.short_name), Piece(person.name), *seats, *counts))
    return Table("党代表履职情况", PEOPLE_HEADS, rows, texts=2, shares=(4, 4, 3, 3, 3, 3, 3))


def _resolved(reach: Reach, span: Span) -> Table:
    """Closed cases of class A whose reply may be told, by number."""
    cases = CASES.rows(reach.rows.cases, "closed", span, reach.where).filter(result_class=ResultClass.A)
    related = cases.select_related("unit").prefetch_related("petitioners", "replies", "assignments__unit")
    told = [case for case in related if _is_told(case)]
    told.sort(key=lambda case: case.number)
    rows = [
        (Piece(str(place)), Piece(case.number), Piece(safe_title(case), case.get_absolute_url()), Piece(_unit(case)))
        for place, case in enumerate(told, start=1)
    ]
    return Table("办结并已解决的建议意见", RESOLVED_HEADS, rows, texts=4, shares=(1, 3, 7, 3))


def _is_told(case: Suggestion) -> bool:
    answers = newest_answers(case)
    return bool(answers) and all(answer.reply.disclosure in TOLD for answer in answers)


def safe_title(case: Suggestion) -> str:
    """The title without names and phones of the petitioners, and without any number as long as a phone's."""
    title = case.title
    for person in case.petitioners.all():
        for secret in (person.name, person.phone):
            if secret:
                title = title.replace(secret, "＊")
    return LONG_NUMBER.sub("＊", title)


def _unit(case: Suggestion) -> str:
    return case.unit.short_name if case.unit else "—"
