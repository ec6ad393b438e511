"""The red list: who is late now, whatever the period; and the late cases of one unit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from accounts.models import User
from reports.board.places import Place, address
from reports.stats import link
from studios.measures import Span
from studios.periods import BEGINNING
from suggestions.lists import clocks_of
from suggestions.measures import CASES
from suggestions.models import Suggestion
from suggestions.presentation import ShownCase, show_all
from suggestions.querysets import SuggestionQuerySet

SHOWN = 10
NOBODY = "未定单位"


@dataclass(frozen=True)
class LateUnit:
    """One unit: how many cases are late, the worst by how many days, their list and the unit's own board."""

    name: str
    count: int
    worst_days: int
    url: str
    board_url: str


@dataclass(frozen=True)
class RedList:
    """The units that are late, the worst first: the first few, how many more, and all their cases."""

    units: list[LateUnit]
    more: int
    count: int
    url: str


def red_list(user: User, place: Place, today: date, shown: int = SHOWN) -> RedList:
    """Exactly the rows of the measure 逾期未答复 up to today, by unit (one query)."""
    span = _until(today)
    grouped = _late(user, place, today).order_by().values("unit", "unit__short_name")
    found = grouped.annotate(n=Count("pk"), oldest=Min("due_on")).order_by("oldest", "-n", "unit")
    units = [
        LateUnit(
            row["unit__short_name"] or NOBODY,
            row["n"],
            (today - row["oldest"]).days,
            link("overdue", span, {**place.where, "unit": row["unit"]}),
            address("unit", row["unit"]) if row["unit"] else "",
        )
        for row in found
    ]
    url = link("overdue", span, place.where)
    return RedList(units[:shown], max(len(units) - shown, 0), sum(unit.count for unit in units), url)


def late_cases(user: User, place: Place, today: date) -> tuple[list[ShownCase], int, str]:
    """The latest cases of a unit as lists show them, how many there are, and the list of them all."""
    late = _late(user, place, today)
    shown = late.with_list_related().order_by("due_on", "id")[:SHOWN]
    return show_all(shown, today, clocks_of(user, today)), late.count(), link("overdue", _until(today), place.where)


def _until(today: date) -> Span:
    return Span(BEGINNING, today, today)


def _late(user: User, place: Place, today: date) -> SuggestionQuerySet:
    rows: SuggestionQuerySet = CASES.rows(Suggestion.objects.visible_to(user), "overdue", _until(today), place.where)
    return rows
