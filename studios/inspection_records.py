"""One inspection as its page and the printed forms show it."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from studios.clocks import Light
from studios.enums import CheckOutcome
from studios.inspection_lists import light_of
from studios.models import ChecklistTemplate, Equipment, Inspection, InspectionResult, Rectification, Studio


@dataclass(frozen=True)
class ShownResult:
    """How one item was found, the 整改 it opened (with its light), and whether it closed one."""

    result: InspectionResult
    opened: Rectification | None
    light: Light | None
    has_closed: bool


@dataclass(frozen=True)
class RegistrationSheet:
    """What the 建设情况登记表 prints beside the registration: equipment in pairs, two a row, and the last look."""

    equipment: list[tuple[Equipment, Equipment | None]]
    inspection: Inspection | None
    results: list[InspectionResult]


def open_by_code(studio: Studio) -> dict[str, Rectification]:
    """What is to be mended in `studio`, by code of the item."""
    waiting = Rectification.objects.open().filter(studio=studio).select_related("opened_by")
    return {row.code: row for row in waiting}


def shown_results(inspection: Inspection, today: date) -> list[ShownResult]:
    """The results of one inspection in the order of its checklist (four queries)."""
    results = inspection.results.select_related("item").prefetch_related("photos").order_by("item__position")
    opened = {row.opened_by_id: row for row in Rectification.objects.filter(opened_by__inspection=inspection)}
    closed = set(Rectification.objects.filter(closed_by__inspection=inspection).values_list("closed_by", flat=True))
    return [
        ShownResult(
            result,
            opened.get(result.pk),
            light_of(opened[result.pk], today) if result.pk in opened else None,
            result.pk in closed,
        )
        for result in results
    ]


def registration_sheet(studio: Studio) -> RegistrationSheet:
    """Equipment of `studio`, and the last look at it (None where nobody has looked yet)."""
    things = list(studio.equipment.all())
    pairs = list(zip_longest(things[::2], things[1::2]))
    last = studio.inspections.select_related("inspector", "template").order_by("-inspected_on", "-pk").first()
    results = list(last.results.select_related("item").order_by("item__position")) if last else []
    return RegistrationSheet(pairs, last, results)


def earlier_versions(template: ChecklistTemplate) -> list[ChecklistTemplate]:
    """Every version of the same county's checklist, newest first."""
    return list(ChecklistTemplate.objects.filter(county=template.county_id).select_related("published_by"))


def failings_of(studios: list[Studio]) -> list[tuple[Studio, list[str]]]:
    """Each studio (with_compliance) and what its last look found wanting (one query)."""
    last = [studio.last_inspection_id for studio in studios]  # type: ignore[attr-defined]  # annotated
    failed = InspectionResult.objects.filter(inspection__in=last, outcome=CheckOutcome.FAIL).order_by("item__position")
    wanting: dict[int, list[str]] = {}
    for studio, text in failed.values_list("inspection__studio", "item__text"):
        wanting.setdefault(studio, []).append(text)
    return [(studio, wanting.get(studio.pk, [])) for studio in studios]
