"""Every measure and ratio of domain.md §8 counted the slow way: plain loops over plain lists.

Written from domain.md and docs/decisions alone; it imports nothing of what it checks.
"""

from collections import Counter
from collections.abc import Callable, Collection
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.reports.naive_cases import (
    OUR_CASES,
    OUR_CHARGES,
    SAID,
    head_of,
    is_charge,
    is_ours,
    is_owed_late,
    is_rating,
    was_collected,
)
from tests.reports.naive_days import Asked, Row, Test
from tests.reports.naive_meetings import MEETINGS
from tests.reports.world import World

Group = tuple[object, ...]


def both(base: Test, test: Test) -> Test:
    return lambda w, r, a: test(w, r, a) if base(w, r, a) else 0


COUNTS: dict[str, tuple[str, Test]] = (
    MEETINGS
    | {key: ("cases", both(is_ours, test)) for key, test in OUR_CASES.items()}
    | {key: ("assignments", both(is_charge, test)) for key, test in OUR_CHARGES.items()}
    | {"owed_late": ("assignments", is_owed_late)}
    | {
        "collective_cases": ("cases", was_collected),
        "collective_county_cases": ("cases", both(was_collected, lambda w, c, a: c.assigned_level == "COUNTY")),
    }
    | {
        f"{said}_{aspect}_{evaluator}_{which}": ("ratings", is_rating(said, aspect, evaluator, which))
        for said in SAID
        for aspect in ("outcome", "attitude")
        for evaluator in ("all", "representative", "petitioner")
        for which in ("final", "first")
    }
)
RATIOS = {
    "closing": ("closed", "accepted"),
    "reply": ("replied", "assigned"),
    "on_time": ("on_time", "judged"),
    "on_time_by_original": ("on_time_by_original", "judged_by_original"),
    "late": ("late", "judged"),
    "met": ("met", "replied"),
    "contacted": ("contacted", "replied"),
    "satisfaction": ("contented_outcome_all_final", "evaluated_outcome_all_final"),
    "pure_satisfaction": ("satisfied_outcome_all_final", "evaluated_outcome_all_final"),
    "returned_ratings": ("returned_ratings", "forwarded"),
    "resolved": ("answered_a", "replied"),
    "resolved_by_now": ("resolved_by_now", "replied"),
    "promise_kept": ("promise_kept", "promise_due"),
    "adopted": ("adopted", "replied"),
    "signed_in_time": ("signed_in_time", "sign_judged"),
    "handed_back": ("handed_back", "assignments"),
    "redone": ("redone", "evaluated_cases"),
    "handling_days": ("handling_days", "replied"),
    "onsite": ("onsite_handled", "onsite_or_suggestion"),
    "presence": ("present", "not_excused"),
    "participation": ("present", "expected"),
    "collective_participation": ("collective_present", "collective_expected"),
    "announced": ("announced_in_time", "to_announce"),
    "compliance": ("studios_passing", "studios_active"),
}
"""The formulas of the table of domain.md §8."""


def _of_case(row: Row) -> dict[str, object]:
    return {
        **_of_place(row),
        "category": row.category,
        "kind": row.appointment.kind if row.appointment else None,
        "representative": row.representative_id,
        "unit": row.unit_id,
        "owner": _owner_of(row.unit),
    }


def _owner_of(unit: Row) -> object:
    return (unit.delegation_id or unit.county_id) if unit else None


def _days(row: Row) -> object:
    return row.replied_on - row.assigned_on if row.replied_on and row.assigned_on else None


def _of_place(row: Row) -> dict[str, object]:
    studio = {"studio": row.studio_id, "studio_kind": row.studio.kind if row.studio else None}
    return {"county": row.county_id, "delegation": row.delegation_id, **studio}


def _of_rating(row: Row) -> dict[str, object]:
    case, head = row.suggestion, head_of(row.suggestion)
    unit = case.unit or (case.parent.unit if case.parent else None)
    units = {"unit": unit.pk if unit else None, "owner": _owner_of(unit)}
    return _of_case(case) | units | {"month": head.accepted_on.replace(day=1)}


def _of_charge(row: Row) -> dict[str, object]:
    return _of_case(row.suggestion) | {
        "unit": row.unit_id,
        "owner": _owner_of(row.unit),
        "month": row.assigned_on.replace(day=1),
    }


PLACES: dict[str, Callable[[Row], dict[str, object]]] = {
    "attendances": lambda r: PLACES["appointments"](r.appointment) | {"representative": r.representative_id},
    "appointments": lambda r: _of_place(r) | {"kind": r.kind, "month": r.held_on.replace(day=1)},
    "visits": lambda r: (
        _of_place(r)
        | {"kind": r.appointment.kind if r.appointment else None, "category": r.category}
        | {"representative": r.representative_id, "month": r.received_on.replace(day=1)}
    ),
    "studios": lambda r: {"county": r.county_id, "delegation": r.delegation_id, "studio": r.pk, "studio_kind": r.kind},
    "cases": lambda r: _of_case(r) | {"month": r.accepted_on.replace(day=1), "days": _days(r)},
    "ratings": _of_rating,
    "assignments": _of_charge,
}
"""The values of every dimension a row of each list has."""


def naive_count(
    world: World, asked: Asked, keys: Collection[str], by: tuple[str, ...], sees: Callable[[Row], bool]
) -> dict[Group, Counter[str]]:
    """The measures `keys` of the rows `sees` accepts, by the values of the dimensions `by`; groups of zeros left out."""
    found: dict[Group, Counter[str]] = {}
    for key in keys:
        rows, test = COUNTS[key]
        for row in getattr(world, rows):
            if sees(_owner(row)) and (number := int(test(world, row, asked))):
                values = PLACES[rows](row)
                found.setdefault(tuple(values[name] for name in by), Counter())[key] += number
    return found


def _owner(row: Row) -> Row:
    """What says whose a row is: itself, the gathering it belongs to, or the case."""
    if hasattr(row, "delegation_id"):
        return row
    return row.suggestion if hasattr(row, "suggestion") else row.appointment


def naive_rate(numbers: Counter[str], ratio: str) -> Decimal | None:
    """In percent, or in days for the mean; half up to two decimals; None where nothing divides."""
    part, whole = (numbers[key] for key in RATIOS[ratio])
    if whole == 0:
        return None
    exact = Fraction(part, whole) * (1 if ratio == "handling_days" else 100)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
