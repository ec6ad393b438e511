"""The only writer of deadlines when the office calendar changes (domain.md §4, §6.2).

Only clocks that run are worked out anew: a closed case, one that was answered and its frozen verdict stay as they
are, and `original_due_on` keeps what was promised on the day of assignment. A due date that a person set (a granted
extension) stays, but never passes the new cap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from studios.clocks import end_of_day, words
from studios.dependents import CalendarShift, Effect
from studios.services.ladders import Moves, move_ladder, move_words
from suggestions.deadlines import Deadline, co_due, handling_deadline
from suggestions.enums import AssignmentKind, AssignmentStatus, Complexity
from suggestions.models import Assignment, DeadlinePolicy, Suggestion
from suggestions.notifications import DEADLINE, LADDER_LIFE, schedule_moved, subject_of

FIELDS = ("county", "number", "title", "round", "assigned_on", "complexity", "due_on", "cap_on")


@dataclass(frozen=True)
class Clock:
    """One running clock as the calendars before and after the change have it."""

    case: Suggestion
    due_on: date
    cap_on: date
    became_certain: bool

    @property
    def has_moved(self) -> bool:
        """Whether the case must be written."""
        return (self.due_on, self.cap_on) != (self.case.due_on, self.case.cap_on)


def recompute_deadlines(shift: CalendarShift) -> list[Effect]:
    """Move due dates, caps and reminders of running cases to the new calendar; returns what changed.

    Set-wise: cases that share their days are written together, and only those that move are loaded in full.
    """
    policies = _Policies()
    cases = Suggestion.objects.running().exclude(complexity="").select_for_update(of=("self",)).order_by("pk")
    clocks = list(_clocks(cases.only(*FIELDS), policies, shift))
    moved = [clock for clock in clocks if clock.has_moved]
    _write(moved)
    today = timezone.localdate(shift.now)
    ladders = policies.ladders(today)
    was_due = {clock.case.pk: was for clock in moved if (was := clock.case.due_on) and was != clock.due_on}
    schedule_moved(Suggestion.objects.filter(pk__in=was_due), was_due, ladders, shift.after, today)
    moves = _move_reminders(clocks, ladders, shift)
    return list(_effects(clocks, moves))


class _Policies:
    """The deadline settings of every county, read once."""

    def __init__(self) -> None:
        self.by_county: dict[int, list[DeadlinePolicy]] = defaultdict(list)
        for policy in DeadlinePolicy.objects.order_by("-effective_from"):
            self.by_county[policy.county_id].append(policy)

    def in_force(self, county_id: int, day: date) -> DeadlinePolicy:
        """As DeadlinePolicyQuerySet.in_force, without a query."""
        found = (policy for policy in self.by_county[county_id] if policy.effective_from <= day)
        return next(found, DeadlinePolicy(county_id=county_id, effective_from=day))

    def ladders(self, today: date) -> dict[int, tuple[int, ...]]:
        """The stages of each county's reminders today; a county without settings has the source's."""
        stages: dict[int, tuple[int, ...]] = defaultdict(lambda: DeadlinePolicy().rules.ladder)
        return stages | {county: self.in_force(county, today).rules.ladder for county in list(self.by_county)}


def _clocks(cases: Iterable[Suggestion], policies: _Policies, shift: CalendarShift) -> Iterator[Clock]:
    known: dict[tuple[int, date, str, int], tuple[Deadline, Deadline]] = {}
    for case in cases:
        assert case.assigned_on and case.due_on  # the clock-complete constraint
        key = case.county_id, case.assigned_on, case.complexity, case.round
        if key not in known:
            rules, complexity = policies.in_force(*key[:2]).rules_of(case.round), Complexity(case.complexity)
            known[key] = (
                handling_deadline(case.assigned_on, complexity, rules, shift.before),
                handling_deadline(case.assigned_on, complexity, rules, shift.after),
            )
        old, new = known[key]
        due_on = new.due_on if case.due_on == old.due_on else min(case.due_on, new.cap_on)
        yield Clock(case, due_on, new.cap_on, shift.became_certain(due_on, new.cap_on))


def _write(moved: Iterable[Clock]) -> None:
    groups: dict[tuple[date, date, date, date], list[int]] = defaultdict(list)
    for clock in moved:
        assert clock.case.assigned_on and clock.case.due_on
        groups[clock.case.assigned_on, clock.case.due_on, clock.due_on, clock.cap_on].append(clock.case.pk)
    for (assigned_on, was_due, due_on, cap_on), ids in groups.items():
        Suggestion.objects.filter(pk__in=ids).update(
            due_on=due_on, cap_on=cap_on, next_deadline_at=end_of_day(due_on), version=F("version") + 1
        )
        in_force = Assignment.objects.filter(suggestion__in=ids, status=AssignmentStatus.ACTIVE)
        in_force.exclude(kind=AssignmentKind.CO).update(due_on=due_on)
        helpers = in_force.filter(kind=AssignmentKind.CO, due_on=co_due(assigned_on, was_due))
        helpers.update(due_on=co_due(assigned_on, due_on))


def _move_reminders(clocks: Iterable[Clock], ladders: Mapping[int, tuple[int, ...]], shift: CalendarShift) -> Moves:
    """Also of cases whose due date stays: their reminders wait for a workday."""
    groups: dict[tuple[int, ...], dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for clock in clocks:
        groups[ladders[clock.case.county_id]][clock.due_on].append(subject_of(clock.case))
    moves: Moves = {}
    for ladder, due in groups.items():
        moves |= move_ladder(kind=DEADLINE, due=due, ladder=ladder, life=LADDER_LIFE, shift=shift)
    return moves


def _effects(clocks: Iterable[Clock], moves: Moves) -> Iterator[Effect]:
    for clock in clocks:
        case, days = clock.case, moves.get(subject_of(clock.case), [])
        if not (clock.has_moved or clock.became_certain or days):
            continue
        assert case.due_on and case.cap_on
        before, after = _words(case.due_on, case.cap_on), _words(clock.due_on, clock.cap_on)
        if clock.became_certain:
            before, after = f"{before}（暂定）", f"{after}（已确定）"
        if days:
            before, after = f"{before}；{move_words(days, 0)}", f"{after}；{move_words(days, 1)}"
        label = f"{case.number} {case.title}"
        yield Effect(case.county_id, subject_of(case), label, case.get_absolute_url(), before, after)


def _words(due_on: date, cap_on: date) -> str:
    return f"{words(due_on)}前答复，最迟{words(cap_on)}"
