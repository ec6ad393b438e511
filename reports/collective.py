"""The collective-day table of domain.md §8: the source's own quarterly paragraph, by delegation.

Every figure is one of the measures of appointments and suggestions, counted over rows the caller may see; the list
behind it uses the same measure and has exactly that many rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from accounts.models import Organization, User
from appointments import measures as gathered
from appointments.collective import read_delegations
from appointments.enums import Category
from appointments.models import Attendance
from appointments.quarters import Quarter
from studios.rates import percent
from suggestions import measures as collected
from suggestions.models import Assignment, Suggestion

ATTENDANCES, CASES = "appointments:attendance_list", "suggestions:list"
LISTS = {
    "expected": (ATTENDANCES, "collective_expected"),
    "present": (ATTENDANCES, "collective_present"),
    "people": (ATTENDANCES, "collective_people"),
    "cases": (CASES, "collective_cases"),
    "county_cases": (CASES, "collective_county_cases"),
}
"""The list behind each figure: address name and measure."""


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


def report(user: User, quarter: Quarter) -> Report:
    """The table of `quarter` over what `user` sees; delegations with nothing print zeros (seven queries)."""
    delegations = list(read_delegations(user).order_by("code"))
    found = _figures(user, quarter)
    lines = [Line(row.short_name, found[row.pk], _urls(quarter, row)) for row in delegations]
    total = Figures()
    for line in lines:
        total.add(line.figures)
    covered = [row.pk for row in delegations]
    return Report(
        quarter, lines, Line("合计", total, _urls(quarter)), _categories(quarter, total), _units(user, quarter, covered)
    )


def _figures(user: User, quarter: Quarter) -> dict[int, Figures]:
    days = quarter.first, quarter.last
    found: dict[int, Figures] = defaultdict(Figures)
    seats, cases = Attendance.objects.visible_to(user), Suggestion.objects.visible_to(user)
    counts: Iterable[tuple[str, QuerySet[Any], str, Any]] = (
        ("expected", gathered.collective_expected(seats, *days), "appointment__delegation", Count("pk")),
        ("present", gathered.collective_present(seats, *days), "appointment__delegation", Count("pk")),
        ("people", gathered.collective_people(seats, *days), "appointment__delegation", Sum("people_met")),
        ("county_cases", collected.collective_county_cases(cases, *days), "delegation", Count("pk")),
    )
    for name, rows, town, number in counts:
        for delegation, value in rows.order_by().values_list(town).annotate(number=number):
            setattr(found[delegation], name, value)
    by_category = collected.collective_cases(cases, *days).order_by().values_list("delegation", "category")
    for delegation, category, value in by_category.annotate(number=Count("pk")):
        found[delegation].categories[category] = value
        found[delegation].cases += value
    return found


def _urls(quarter: Quarter, delegation: Organization | None = None) -> dict[str, str]:
    where = f"&delegation={delegation.pk}" if delegation else ""
    return {name: f"{_list(place, measure, quarter)}{where}" for name, (place, measure) in LISTS.items()}


def _list(place: str, measure: str, quarter: Quarter) -> str:
    return f"{reverse(place)}?measure={measure}&{quarter.query}"


def _categories(quarter: Quarter, total: Figures) -> list[Part]:
    """Categories that have any, the most first."""
    address = _list(CASES, "collective_cases", quarter)
    parts = [Part(Category(key).label, number, f"{address}&category={key}") for key, number in total.categories.items()]
    return sorted((part for part in parts if part.number), key=lambda part: -part.number)


def _units(user: User, quarter: Quarter, delegations: list[int]) -> list[Part]:
    """Units that handle any, the most first; cases nobody was given yet are left out, shared ones count with each."""
    cases = collected.collective_cases(Suggestion.objects.visible_to(user), quarter.first, quarter.last)
    charged = Assignment.objects.answering().filter(suggestion__in=cases.filter(delegation__in=delegations)).order_by()
    grouped = charged.values("unit", "unit__short_name")
    address = _list(CASES, "collective_cases", quarter)
    counted = grouped.annotate(number=Count("suggestion")).order_by("-number", "unit")
    return [Part(row["unit__short_name"], row["number"], f"{address}&unit={row['unit']}") for row in counted]
