"""Every measure of domain.md §8 as a function of scope, period and as-of day: typed, with its basis and its lists.

The counts are the domain's own measures (studios.measures), one query per kind of rows; a rate is two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Any

from django.urls import reverse

from appointments import measures as received
from reports import tallies
from reports.rows import Rows
from studios.compliance_measures import STUDIOS
from studios.measures import Groups, Measure, Source, Span
from studios.rates import percent, percent_words
from suggestions import charge_measures as charged
from suggestions import measures as collected
from suggestions.measures import Said, rating_key

Key = tuple[object, ...]
Numbers = Counter[str]
"""What was counted, by measure; what nobody has is 0."""
Tally = Mapping[Key, Numbers]


@dataclass(frozen=True)
class Place:
    """Where the rows of a source come from, and the list that shows them."""

    source: Source
    rows: str
    url_name: str


PLACES = (
    Place(received.SEATS, "attendances", "appointments:attendance_list"),
    Place(received.EXPECTED, "attendances", "appointments:attendance_list"),
    Place(received.COLLECTIVE_SEATS, "attendances", "appointments:attendance_list"),
    Place(received.APPOINTMENTS, "appointments", "appointments:list"),
    Place(received.VISITS, "visits", "appointments:visit_list"),
    Place(collected.CASES, "cases", "suggestions:list"),
    Place(collected.COLLECTIVE_CASES, "cases", "suggestions:list"),
    Place(collected.RATINGS, "ratings", "suggestions:evaluation_list"),
    Place(charged.ASSIGNMENTS, "assignments", "suggestions:assignment_list"),
    Place(charged.OWED, "assignments", "suggestions:assignment_list"),
    Place(STUDIOS, "studios", "studios:compliance_studios"),
)
MEASURES: dict[str, Measure] = {key: measure for place in PLACES for key, measure in place.source.measures.items()}
PLACE_OF: dict[str, Place] = {key: place for place in PLACES for key in place.source.measures}


@dataclass(frozen=True)
class Ratio:
    """One count over another: in percent, or per piece where `is_mean` (平均办理天数)."""

    label: str
    numerator: str
    denominator: str
    is_mean: bool = False

    @property
    def formula(self) -> str:
        """办结率＝已办结÷收集建议意见: how it is worked out, in the words of its measures; for notes and tooltips."""
        return f"{self.label}＝{MEASURES[self.numerator].label}÷{MEASURES[self.denominator].label}"


def _satisfaction(label: str, said: Said, **which: Any) -> Ratio:
    return Ratio(label, rating_key(said, **which), rating_key(Said.EVALUATED, **which))


RATIOS: dict[str, Ratio] = {
    "closing": Ratio("办结率", "closed", "accepted"),
    "reply": Ratio("答复率", "replied", "assigned"),
    "on_time": Ratio("按时答复率", "on_time", "judged"),
    "on_time_by_original": Ratio("按原定期限答复率", "on_time_by_original", "judged_by_original"),
    "late": Ratio("逾期率", "late", "judged"),
    "met": Ratio("见面率", "met", "replied"),
    "contacted": Ratio("沟通率", "contacted", "replied"),
    "satisfaction": _satisfaction("满意率（含基本满意）", Said.CONTENTED),
    "pure_satisfaction": _satisfaction("纯满意率", Said.SATISFIED),
    "returned_ratings": Ratio("评价回收率", "returned_ratings", "forwarded"),
    "resolved": Ratio("解决率", "answered_a", "replied"),
    "resolved_by_now": Ratio("动态解决率", "resolved_by_now", "replied"),
    "promise_kept": Ratio("承诺兑现率", "promise_kept", "promise_due"),
    "adopted": Ratio("采纳率", "adopted", "replied"),
    "signed_in_time": Ratio("及时签收率", "signed_in_time", "sign_judged"),
    "handed_back": Ratio("退办率", "handed_back", "assignments"),
    "redone": Ratio("重办率", "redone", "evaluated_cases"),
    "handling_days": Ratio("平均办理天数", "handling_days", "replied", is_mean=True),
    "onsite": Ratio("当场解决率", "onsite_handled", "onsite_or_suggestion"),
    "presence": Ratio("到岗率", "present", "not_excused"),
    "participation": Ratio("约见参与率", "present", "expected"),
    "collective_participation": Ratio("集中约见参与率", "collective_present", "collective_expected"),
    "announced": Ratio("公示及时率", "announced_in_time", "to_announce"),
    "compliance": Ratio("达标率", "studios_passing", "studios_active"),
}


@dataclass(frozen=True)
class Value:
    """A ratio worked out: `rate` in percent or in days, half up to two decimals; None where nothing divides it."""

    ratio: Ratio
    numerator: int
    denominator: int

    @property
    def rate(self) -> Decimal | None:
        if self.ratio.is_mean and self.denominator:
            return (Decimal(self.numerator) / self.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return percent(self.numerator, self.denominator)

    @property
    def words(self) -> str:
        """77.07% ; 6.25 天 ; — where nothing divides it."""
        return f"{self.rate} 天" if self.ratio.is_mean and self.denominator else percent_words(self.rate)


def count(rows: Rows, span: Span, keys: Iterable[str], by: Collection[str] = (), where: Groups | None = None) -> Tally:
    """The measures `keys` over `rows`, for every value of the dimensions `by` that has any rows.

    `where` narrows the rows to values of dimensions, as it does for `link`.

    One query per kind of rows; where tallies know most of it (reports.tallies), up to three, and one to ask what they
    know. Raises KeyError for a measure that does not exist, or has no such dimension.
    """
    wanted: dict[int, list[str]] = {}
    for key in dict.fromkeys(keys):
        wanted.setdefault(PLACES.index(PLACE_OF[key]), []).append(key)
    found: dict[Key, Counter[str]] = {}
    for place, some in wanted.items():
        kept, left = tallies.read(rows, span, PLACES[place], some, by, where)
        rest = _counted(left, span, PLACES[place], some, by, where or {}) if left else ()
        for group, numbers in chain(kept, rest):
            found.setdefault(group, Counter()).update(numbers)
    return found


def total(tally: Tally) -> Numbers:
    """The sum over all groups; a measure nobody has is 0."""
    whole: Counter[str] = Counter()
    for numbers in tally.values():
        whole.update(numbers)
    return whole


def value(numbers: Numbers, key: str) -> Value:
    """The ratio `key` of `numbers`; what was not counted is 0."""
    ratio = RATIOS[key]
    return Value(ratio, numbers[ratio.numerator], numbers[ratio.denominator])


def keys_of(*ratios: str) -> list[str]:
    """The measures the ratios are made of."""
    return [key for name in ratios for key in (RATIOS[name].numerator, RATIOS[name].denominator)]


def link(key: str, span: Span, where: Groups | None = None) -> str:
    """The list of exactly the rows that the measure `key` counts, narrowed to the values of `where`."""
    return f"{reverse(PLACE_OF[key].url_name)}?{span.query(key, where or {})}"


def _counted(
    rows: Rows, span: Span, place: Place, keys: list[str], by: Collection[str], where: Groups
) -> Iterator[tuple[Key, dict[str, int]]]:
    source = place.source
    groups = {f"by_{name}": source.dimensions[name] for name in by}
    numbers = {f"n_{key}": source.measures[key].aggregate(span) for key in keys}
    found = source.narrowed(source.base(getattr(rows, place.rows), span), where).order_by()
    if not by:
        yield (), {key: _plain(number) for key, number in zip(keys, found.aggregate(**numbers).values(), strict=True)}
        return
    for row in found.annotate(**groups).values(*groups).annotate(**numbers):
        yield tuple(row[name] for name in groups), {key: _plain(row[f"n_{key}"]) for key in keys}


def _plain(number: int | timedelta | None) -> int:
    return number.days if isinstance(number, timedelta) else number or 0
