"""The collective-day table of domain.md §8: the source's own quarterly paragraph, by delegation.

Every figure is one of the measures of appointments and suggestions, counted over rows the caller may see; the list
behind it uses the same measure and has exactly that many rows.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounts.models import Organization, User
from appointments.collective import read_delegations
from appointments.enums import Category
from appointments.quarters import Quarter
from reports.rows import Rows
from reports.stats import count, link
from studios.measures import Groups, Span
from studios.rates import percent

LISTS = {
    "expected": "collective_expected",
    "present": "collective_present",
    "people": "collective_people",
    "cases": "collective_cases",
    "county_cases": "collective_county_cases",
}
"""The measure behind each figure."""


@dataclass
class Figures:
    """What one delegation, or all of them together, brought back."""

    expected: int = 0
    present: int = 0
    people: int = 0
    cases: int = 0
    county_cases: int = 0
    categories: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def rate(self) -> Decimal | None:
        """约见参与率: present ÷ expected, a percent with two decimals; None where nobody was expected."""
        return percent(self.present, self.expected)

    @property
    def by_category(self) -> list[int]:
        """Cases of each category, in the order of the table."""
        return [self.categories[key] for key in Category.values]

    def add(self, other: "Figures") -> None:
        """Add the counts of `other`."""
        for name in LISTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for key, number in other.categories.items():
            self.categories[key] += number


@dataclass(frozen=True)
class Part:
    """A number with its word and its list: a category, or a unit."""

    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """One delegation, and the lists behind its figures."""

    name: str
    figures: Figures
    urls: dict[str, str]


@dataclass(frozen=True)
class Report:
    """The whole table of one quarter."""

    quarter: Quarter
    lines: list[Line]
    total: Line
    categories: list[Part]
    units: list[Part]


def report(user: User, quarter: Quarter, today: date) -> Report:
    """The table of `quarter` over what `user` sees, on `today`; delegations with nothing print zeros."""
    span, rows = Span(quarter.first, quarter.last, today), Rows.visible_to(user)
    delegations = list(read_delegations(user).order_by("code"))
    found = _figures(rows, span)
    lines = [Line(row.short_name, found[row.pk], _urls(span, {"delegation": row.pk})) for row in delegations]
    total = Figures()
    for line in lines:
        total.add(line.figures)
    covered = {row.pk for row in delegations}
    return Report(
        quarter, lines, Line("合计", total, _urls(span, {})), _categories(span, total), _units(rows, span, covered)
    )


def _figures(rows: Rows, span: Span) -> dict[object, Figures]:
    found: dict[object, Figures] = defaultdict(Figures)
    for (delegation,), numbers in count(rows, span, LISTS.values(), by=("delegation",)).items():
        for name, key in LISTS.items():
            setattr(found[delegation], name, numbers.get(key, 0))
    by_category = count(rows, span, ("collective_cases",), by=("delegation", "category"))
    for (delegation, category), numbers in by_category.items():
        found[delegation].categories[str(category)] = numbers["collective_cases"]
    return found


def _urls(span: Span, where: Groups) -> dict[str, str]:
    return {name: link(key, span, where) for name, key in LISTS.items()}


def _categories(span: Span, total: Figures) -> list[Part]:
    """Categories that have any, the most first."""
    parts = [
        Part(Category(key).label, number, link("collective_cases", span, {"category": key}))
        for key, number in total.categories.items()
    ]
    return sorted((part for part in parts if part.number), key=lambda part: -part.number)


def _units(rows: Rows, span: Span, delegations: set[int]) -> list[Part]:
    """Units that handle any, the most first; cases nobody was given yet are left out."""
    numbers: dict[int, int] = defaultdict(int)
    for (unit, delegation), counts in count(rows, span, ("collective_cases",), by=("unit", "delegation")).items():
        if isinstance(unit, int) and delegation in delegations:
            numbers[unit] += counts["collective_cases"]
    names = dict(Organization.objects.filter(pk__in=numbers).values_list("pk", "short_name"))
    ranked = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return [Part(names[unit], number, link("collective_cases", span, {"unit": unit})) for unit, number in ranked]
