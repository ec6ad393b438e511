"""The headline counted the slow way: plain loops over plain lists, written from domain.md §8 alone."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from accounts.models import Organization
from tests.reports.worlds import World

Where = Callable[[Organization], bool]


def naive_headline(world: World, first: date, last: date, where: Where) -> dict[str, object]:
    """The ten figures of the rows whose delegation `where` accepts."""
    collected = [
        case
        for case in world.cases
        if case.accepted_on
        and first <= case.accepted_on <= last
        and case.state not in ("WITHDRAWN", "REJECTED")
        and where(case.delegation)
    ]
    closed = [case for case in collected if case.state == "CLOSED"]
    rated = [row for row in world.ratings if row.suggestion in collected and row.round == row.suggestion.round]
    content = [row for row in rated if row.outcome in ("SATISFIED", "BASIC")]
    held = [
        item
        for item in world.appointments
        if item.status == "HELD" and first <= item.held_on <= last and where(item.delegation)
    ]
    visits = [item for item in world.visits if first <= item.received_on <= last and where(item.delegation)]
    present = [
        row
        for row in world.attendances
        if row.status == "PRESENT"
        and row.appointment.kind == "REGULAR"
        and first <= row.appointment.held_on <= last
        and where(row.appointment.delegation)
    ]
    return {
        "regular_attendances": len(present),
        "themed_held": sum(item.kind == "THEMED" for item in held),
        "collective_held": sum(item.kind == "COLLECTIVE" for item in held),
        "people_met": sum(visit.people for visit in visits) + sum(item.headcount for item in held),
        "onsite_handled": sum(visit.outcome in ("ANSWERED_ON_SITE", "RESOLVED_ON_SITE") for visit in visits),
        "suggestions_accepted": len(collected),
        "suggestions_closed": len(closed),
        "closing_rate": _percent(len(closed), len(collected)),
        "satisfaction_rate": _percent(len(content), len(rated)),
        "satisfaction_n": len(rated),
    }


def _percent(part: int, whole: int) -> float | None:
    if not whole:
        return None
    return float(Decimal(10000 * part / whole).quantize(Decimal(1), ROUND_HALF_UP) / 100)
