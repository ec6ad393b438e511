"""One or two inspections of most studios: what was found, what is being mended, what is overdue."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from demo.county import County
from demo.meetings import at
from studios.enums import CheckOutcome, StudioStatus
from studios.models import (
    ChecklistItem,
    ChecklistTemplate,
    Inspection,
    InspectionResult,
    Rectification,
    Studio,
    StudioStandard,
)
from studios.notifications import schedule_rectification_reminders
from studios.services.checklists import ensure_checklist

CHECKED_SHARE, TWICE_SHARE, FAILED_SHARE, MENDED_SHARE, UNSHARED_SHARE = 0.94, 0.7, 0.03, 0.88, 0.04
FAULTS = {
    "one_sign": "室内没有张贴标语",
    "one_phone": "电话打不通，已报修",
    "one_notebook": "记录本缺最近两次接访",
    "one_roster": "值班表还是上个季度的",
    "one_rules": "代表简介没有上墙",
    "same_sign": "牌匾褪色，样式不统一",
    "same_rules": "上墙的联络员职责是旧文本",
    "same_layout": "版面没有用统一模板",
    "same_hours": "周六九点没有开门",
}


@dataclass
class Notebook:
    """Rows of one county, written together."""

    template: ChecklistTemplate
    items: list[ChecklistItem]
    days: int
    inspections: list[Inspection] = field(default_factory=list)
    results: list[InspectionResult] = field(default_factory=list)
    rectifications: list[Rectification] = field(default_factory=list)


def write_inspections(county: County, today: date, random: Random) -> None:
    """Checklist version 1, the looks at the county's active studios, their 整改 and reminders, in bulk."""
    template = ensure_checklist(county.root)
    days = StudioStandard.objects.in_force(county.root, today).rectification_days
    book = Notebook(template, list(template.items.all()), days)
    for studio in county.studios:
        if studio.status == StudioStatus.ACTIVE and random.random() < CHECKED_SHARE:
            _look(book, studio, county, today, random)
    Inspection.objects.bulk_create(book.inspections)
    InspectionResult.objects.bulk_create(book.results, batch_size=1000)
    Rectification.objects.bulk_create(book.rectifications)
    schedule_rectification_reminders(row for row in book.rectifications if row.closed_on is None)


def _look(book: Notebook, studio: Studio, county: County, today: date, random: Random) -> None:
    """One or two looks at a studio, the newest within the last three weeks."""
    days = [today - timedelta(days=random.randrange(1, 22))]
    if random.random() < TWICE_SHARE:
        days.insert(0, days[0] - timedelta(days=random.randrange(20, 120)))
    waiting: dict[str, Rectification] = {}
    for day in days:
        inspection = Inspection(
            studio=studio,
            template=book.template,
            inspected_on=day,
            inspector=county.offices[studio.delegation_id],
            submission_key=uuid.UUID(int=random.getrandbits(128), version=4),
            created_at=at(day, 15, random.randrange(60)),
        )
        book.inspections.append(inspection)
        for result in _results(book, inspection, waiting, random):
            book.results.append(result)
            _follow(book, result, waiting)


def _results(
    book: Notebook, inspection: Inspection, waiting: dict[str, Rectification], random: Random
) -> Iterator[InspectionResult]:
    for item in book.items:
        is_failed = random.random() < (1 - MENDED_SHARE if item.code in waiting else FAILED_SHARE)
        outcome = CheckOutcome.FAIL if is_failed else CheckOutcome.PASS
        if item.code == "same_layout" and not is_failed and random.random() < UNSHARED_SHARE:
            outcome = CheckOutcome.NOT_APPLICABLE
        note = FAULTS[item.code] if is_failed else ""
        yield InspectionResult(inspection=inspection, item=item, outcome=outcome, note=note)


def _follow(book: Notebook, result: InspectionResult, waiting: dict[str, Rectification]) -> None:
    """What the service would have opened and closed."""
    code, day = result.item.code, result.inspection.inspected_on
    if result.outcome == CheckOutcome.FAIL and code not in waiting:
        waiting[code] = Rectification(
            studio=result.inspection.studio,
            code=code,
            opened_by=result,
            opened_on=day,
            due_on=day + timedelta(days=book.days),
        )
        book.rectifications.append(waiting[code])
    elif result.outcome == CheckOutcome.PASS and code in waiting:
        mended = waiting.pop(code)
        mended.closed_by, mended.closed_on = result, day
