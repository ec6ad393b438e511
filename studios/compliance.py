"""达标率: studios whose last inspection passes every applicable item ÷ active studios (domain.md §2, §8)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization, User
from studios.compliance_measures import STUDIOS
from studios.enums import Compliance, StudioKind
from studios.measures import Span
from studios.models import Studio
from studios.periods import BEGINNING
from studios.rates import percent

Cell = tuple[int, str, str]
STATES = {
    Compliance.PASSING: "studios_passing",
    Compliance.FAILING: "studios_failing",
    Compliance.UNCHECKED: "studios_unchecked",
}
"""The measure behind each column: the same that statistics count."""


@dataclass(frozen=True)
class Number:
    """A count and the list of exactly its studios."""

    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """The figures of one town, one kind, or all."""

    label: str
    active: Number
    passing: Number
    failing: Number
    unchecked: Number

    @property
    def rate(self) -> Decimal | None:
        return percent(self.passing.count, self.active.count)


@dataclass(frozen=True)
class ComplianceTable:
    """Lines by town and by kind with their common total. `kind` narrows the towns ("" for every kind)."""

    total: Line
    kinds: list[Line]
    towns: list[Line]


def compliance_table(user: User, kind: str = "") -> ComplianceTable:
    """The figures of the studios whose work `user` reads (two queries, whatever their number)."""
    cells = _cells(user)
    delegations = Organization.objects.visible_to(user).delegations().order_by("code").values_list("pk", "short_name")
    seen = {town for town, of_kind, _state in cells if kind in {"", of_kind}}
    return ComplianceTable(
        _line("合计", cells, kind=kind),
        [_line(str(label), cells, kind=value) for value, label in StudioKind.choices],
        [_line(name, cells, town=pk, kind=kind) for pk, name in delegations if pk in seen],
    )


def _cells(user: User) -> Counter[Cell]:
    today = timezone.localdate()
    span = Span(BEGINNING, today, today)
    numbers = {state: STUDIOS.measures[key].aggregate(span) for state, key in STATES.items()}
    studios = STUDIOS.base(Studio.objects.worked_in_by(user), span).order_by()
    rows = studios.values("delegation_id", "kind").annotate(**numbers)
    return Counter({(row["delegation_id"], row["kind"], state): row[state] for row in rows for state in STATES})


def _line(label: str, cells: Counter[Cell], *, town: int = 0, kind: str = "") -> Line:
    counts: Counter[str] = Counter()
    for (of_town, of_kind, state), count in cells.items():
        if town in {0, of_town} and kind in {"", of_kind}:
            counts[state] += count
    asked = {name: value for name, value in (("town", town), ("kind", kind)) if value}
    return Line(label, _number(counts, asked, Compliance.values), *(_number(counts, asked, [s]) for s in Compliance))


def _number(counts: Counter[str], asked: Mapping[str, object], states: Iterable[str]) -> Number:
    chosen = list(states)
    query = {**asked} | ({"state": str(chosen[0])} if len(chosen) == 1 else {})
    address = reverse("studios:compliance_studios")
    return Number(sum(counts[state] for state in chosen), f"{address}?{urlencode(query)}" if query else address)
