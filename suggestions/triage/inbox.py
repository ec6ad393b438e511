"""The rows of the triage page with what is known about each: past assignments and likely duplicates.

Runs a fixed number of queries for any number of rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from accounts.models import User
from appointments.enums import Category
from studios.clocks import words
from suggestions.enums import DROPPED_STATES, OPEN_STATES, AssignmentKind, Level, State
from suggestions.lists import clocks_of
from suggestions.models import Assignment, Suggestion
from suggestions.presentation import ShownCase, show_all
from suggestions.querysets import SuggestionQuerySet
from suggestions.triage.duplicates import LIKELY, Likeness, Matter, likeness, score_of, shortlists
from suggestions.triage.precedents import Precedent, precedent
from suggestions.triage.units import Reach, UnitBook

PAST = timedelta(days=365)
RECENT = timedelta(days=180)
TWINS_COMPARED, TWINS_SHOWN = 8, 3
MOST_TITLES = 2000
"""More than a county of a million people brings in two months; the newest are looked at."""

Kind = tuple[str, str, int]
"""Category, level, town."""

LEFT_OUT = DROPPED_STATES | {State.DRAFT, State.MERGED}

MOST_PAST = 3000
"""More than a county of a million people assigns in three months; beyond it the evidence says since when it counts."""


@dataclass(frozen=True)
class Past:
    """How many cases there were by category, level and town (0: the whole county), how many of them each unit took,
    alone or with others, and since when, in words."""

    totals: Counter[Kind]
    counts: dict[Kind, Counter[int]]
    since: str

    def precedent_of(self, kind: Kind, open_to: set[int]) -> Precedent | None:
        """The unit cases of the kind went to; None where there were none, or few, or they point nowhere."""
        return precedent(self.counts.get(kind, {}), open_to, self.totals[kind])


@dataclass(frozen=True)
class Advice:
    """The unit past cases point to; `short` for the chip of a row, `words` is the evidence."""

    unit_id: int
    short: str
    words: str


@dataclass(frozen=True)
class Twin:
    """Another case that is probably about the same matter, and why."""

    case: Suggestion
    likeness: Likeness


@dataclass(frozen=True)
class InboxRow:
    """One case to be triaged with everything known about it."""

    shown: ShownCase
    advice: Advice | None
    twins: list[Twin]

    @property
    def case(self) -> Suggestion:
        return self.shown.case

    @property
    def group_key(self) -> str:
        """Rows with the same key go to the same unit unless somebody changes it."""
        unit_id = self.advice.unit_id if self.advice else 0
        return f"{Reach.of(self.case).key}-{self.case.category}-{unit_id}"


@dataclass(frozen=True)
class Group:
    """Rows of one category that past cases send to one unit."""

    key: str
    label: str
    rows: list[InboxRow]
    reach: Reach
    unit_id: int


def inbox_rows(cases: Sequence[Suggestion], user: User, today: date, units: UnitBook) -> list[InboxRow]:
    """`cases` (with studio, delegation, unit, representative) in their order."""
    past = _past(cases, user, today)
    twins = likely_twins(cases, user, today)
    shown = show_all(cases, today, clocks_of(user, today))
    return [InboxRow(row, advice_for(row.case, past, units), twins[row.case.pk]) for row in shown]


def grouped(rows: Iterable[InboxRow]) -> list[Group]:
    """Groups with a suggested unit first, large ones before small ones."""
    found: dict[str, list[InboxRow]] = defaultdict(list)
    for row in rows:
        found[row.group_key].append(row)
    groups = [
        Group(
            key,
            Category(members[0].case.category).label,
            members,
            Reach.of(members[0].case),
            members[0].advice.unit_id if members[0].advice else 0,
        )
        for key, members in found.items()
    ]
    return sorted(groups, key=lambda group: (not group.unit_id, -len(group.rows)))


def advice_for(case: Suggestion, past: Past, units: UnitBook) -> Advice | None:
    """Where cases like this one went: those of its own town first, then those of the whole county."""
    level = Level.COUNTY if case.state == State.ESCALATED else Level.TOWN
    open_to = units.open_to(Reach.of(case))
    places = [(case.delegation_id, case.delegation.short_name)]
    if level == Level.COUNTY:
        places.append((0, "全县"))
    for place_id, place in places:
        found = past.precedent_of((case.category, level, place_id), open_to)
        if found:
            return _advice(found, f"{past.since}{place}{Category(case.category).label}", units)
    return None


def likely_twins(cases: Sequence[Suggestion], user: User, today: date) -> dict[int, list[Twin]]:
    """For each of `cases` by key the visible open or recent cases that are probably the same matter, best first.

    Other categories of other towns never reach the threshold: the database leaves them out.
    """
    near = Q(category__in={case.category for case in cases}) | Q(delegation__in={case.delegation_id for case in cases})
    lively = Q(state__in=OPEN_STATES) | Q(accepted_on__gte=today - RECENT)
    others = Suggestion.objects.visible_to(user).filter(near, lively).exclude(state__in=LEFT_OUT)
    matters = {case.pk: _matter(case) for case in cases}
    titles = others.values_list("pk", "title").order_by("-id")[:MOST_TITLES]
    lists = shortlists(matters.values(), titles, TWINS_COMPARED)
    wanted = {key for keys in lists.values() for key in keys}
    found = {case.pk: case for case in others.with_twin_related().filter(pk__in=wanted)}
    texts = {key: _matter(case) for key, case in found.items()}
    return {
        key: [
            Twin(found[other], likeness(matters[key], texts[other]))
            for other in _likeliest(matters[key], [texts[other] for other in keys if other in texts])
        ]
        for key, keys in lists.items()
    }


def _likeliest(matter: Matter, others: Iterable[Matter]) -> list[int]:
    scored = sorted(((score_of(matter, other), other.key) for other in others), reverse=True)
    return [key for score, key in scored if score >= LIKELY][:TWINS_SHOWN]


def _matter(case: Suggestion) -> Matter:
    village = case.studio.village if case.studio else ""
    return Matter(case.pk, case.title, case.content, case.category, case.delegation_id, village)


def _advice(found: Precedent, which: str, units: UnitBook) -> Advice:
    name = units.name_of(found.unit)
    evidence = f"{which}类 {found.total} 件中 {found.times} 件交给{name}"
    return Advice(found.unit, f"{name} {found.times}/{found.total}", evidence)


def _past(cases: Sequence[Suggestion], user: User, today: date) -> Past:
    """The newest cases of a year, read by an index that holds all of it."""
    found = _assigned_since(today - PAST, user).filter(category__in={case.category for case in cases})
    names = ("id", "category", "assigned_level", "delegation_id", "unit_id", "accepted_on")
    rows = list(found.order_by("-accepted_on", "-id").values_list(*names)[:MOST_PAST])
    shares = _shares([row[0] for row in rows])
    totals: Counter[Kind] = Counter()
    counts: dict[Kind, Counter[int]] = defaultdict(Counter)
    for key, category, level, town, unit, _day in rows:
        for kind in ((category, level, town), (category, level, 0)):
            totals[kind] += 1
            counts[kind].update({unit} | shares[key])
    is_cut = len(rows) == MOST_PAST
    return Past(totals, counts, f"{words(rows[-1][-1])}以来" if is_cut else "近一年")


def _shares(cases: list[int]) -> dict[int, set[int]]:
    """By case the units that share it."""
    found: dict[int, set[int]] = defaultdict(set)
    shared = Assignment.objects.answering().filter(kind=AssignmentKind.SPLIT, suggestion__in=cases)
    for key, unit in shared.values_list("suggestion", "unit"):
        found[key].add(unit)
    return found


def _assigned_since(day: date, user: User) -> SuggestionQuerySet:
    return Suggestion.objects.visible_to(user).accepted().filter(accepted_on__gte=day, unit__isnull=False)
