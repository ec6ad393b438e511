"""The source's own quarterly paragraph over the collective-day table: how many came, what about, and who handles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Organization
from appointments.enums import Category
from reports.rows import Rows
from reports.stats import Numbers, count, link, total, value
from studios.measures import Groups, Span

CASES = "collective_cases"
KEYS = ("collective_expected", "collective_present", "collective_people", CASES, "collective_county_cases")


@dataclass(frozen=True)
class Part:
    """A number with its word and its list: a category, or a unit."""

    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Summary:
    """What all delegations together brought back; `rate` in percent, None where nobody was called."""

    numbers: Numbers
    rate: Decimal | None
    categories: list[Part]
    units: list[Part]


def summary(rows: Rows, span: Span, where: Groups) -> Summary:
    """The paragraph over `rows`, of one delegation where `where` names it (five queries)."""
    numbers = total(count(rows, span, KEYS, where=where))
    units = _by("unit", rows, span, where)
    names: dict[object, str] = dict(
        Organization.objects.units().filter(pk__in=filter(None, units)).values_list("pk", "short_name")
    )
    return Summary(
        numbers,
        value(numbers, "collective_participation").rate,
        _parts(_by("category", rows, span, where), dict(Category.choices), span, where, "category"),
        _parts(units, names, span, where, "unit"),
    )


def _by(name: str, rows: Rows, span: Span, where: Groups) -> dict[object, Numbers]:
    """The cases brought back, by the dimension `name`."""
    return {key: numbers for (key,), numbers in count(rows, span, (CASES,), by=(name,), where=where).items()}


def _parts(
    counted: Mapping[object, Numbers], names: Mapping[object, str], span: Span, where: Groups, by: str
) -> list[Part]:
    """Those that have a name and any cases, the most first; cases nobody was given yet are left out."""
    found = [
        Part(names[key], numbers[CASES], link(CASES, span, {**where, by: key}))
        for key, numbers in counted.items()
        if key in names and numbers[CASES]
    ]
    return sorted(found, key=lambda part: (-part.number, part.label))
