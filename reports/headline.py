"""The headline of domain.md §8: the source's own results paragraph for any period and scope."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.rows import Rows
from reports.stats import Numbers, count, total, value
from studios.measures import Span
from suggestions.measures import Said, rating_key

PEOPLE_MET = ("people_received", "events_with_people")
"""约见党员群众人次: people over visits, and the headcount of events."""
TOLD = (
    *("regular_attendances", "themed_held", "collective_held", *PEOPLE_MET),
    *("onsite_handled", "accepted", "closed"),
)
"""What the paragraph counts; its rates stand on some of these, and on the ratings."""
KEYS = (*TOLD, rating_key(Said.EVALUATED), rating_key(Said.CONTENTED))


@dataclass(frozen=True)
class Headline:
    """The counts of one scope and period under the names of the source; rates are percents with two decimals."""

    numbers: Numbers

    @property
    def people_met(self) -> int:
        return sum(self.numbers[key] for key in PEOPLE_MET)

    @property
    def closing_rate(self) -> Decimal | None:
        return value(self.numbers, "closing").rate

    @property
    def satisfaction_rate(self) -> Decimal | None:
        return value(self.numbers, "satisfaction").rate

    @property
    def satisfaction_n(self) -> int:
        return value(self.numbers, "satisfaction").denominator

    def as_json(self) -> dict[str, int | float | None]:
        """The keys operators read; rates are percents such as 77.07, None where nothing divides them."""
        names = {
            "regular_attendances": "regular_attendances",
            "themed_held": "themed_held",
            "collective_held": "collective_held",
            "onsite_handled": "onsite_handled",
            "suggestions_accepted": "accepted",
            "suggestions_closed": "closed",
        }
        return {name: self.numbers[key] for name, key in names.items()} | {
            "people_met": self.people_met,
            "closing_rate": _plain(self.closing_rate),
            "satisfaction_rate": _plain(self.satisfaction_rate),
            "satisfaction_n": self.satisfaction_n,
        }


def headline(rows: Rows, span: Span) -> Headline:
    """The headline of all `rows` in `span`."""
    return Headline(total(count(rows, span, KEYS)))


def _plain(rate: Decimal | None) -> float | None:
    return None if rate is None else float(rate)
