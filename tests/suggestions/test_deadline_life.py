"""A case's clock through random lives: assigned, extended, sent back, assigned anew, redone, merged, recomputed.

A small simulator, moved by the real pure functions; no database.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studios.calendar import OfficeCalendar
from suggestions.deadlines import Deadline, Rules, clock_deadline, is_on_time, recomputed
from suggestions.enums import Complexity
from tests.suggestions.calendars import calendars, days, rules


@dataclass
class Life:
    """One case: None in `assigned_on` while no clock runs or stands."""

    today: date
    rules: Rules
    calendar: OfficeCalendar
    assigned_on: date | None = None
    complexity: Complexity = Complexity.SIMPLE
    round: int = 1
    original_due_on: date = date.min
    due_on: date = date.min
    cap_on: date = date.min
    is_promised: bool = False
    replied_on: date | None = None
    was_on_time: bool | None = None
    is_over: bool = False
    verdicts: list[tuple[date, date, bool]] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        return self.assigned_on is not None and self.replied_on is None and not self.is_over

    @property
    def by_rule(self) -> Deadline:
        assert self.assigned_on is not None
        return clock_deadline(self.assigned_on, self.complexity, self.round, self.rules, self.calendar)

    def wait(self, number: int) -> None:
        self.today += timedelta(days=number)

    def assign(self, number: int) -> None:
        if self.is_over or self.assigned_on is not None:
            return
        self.complexity = Complexity.COMPLEX if number % 3 == 0 else Complexity.SIMPLE
        self._start()

    def extend(self, number: int) -> None:
        """Before the due date, once, to a later day up to the cap."""
        if not self.is_running or self.is_promised or self.today > self.due_on or self.due_on == self.cap_on:
            return
        until = self.due_on + timedelta(days=1 + number % (self.cap_on - self.due_on).days)
        before = self.due_on
        self.due_on, self.is_promised = until, True
        assert before < self.due_on <= self.cap_on

    def send_back(self, _number: int) -> None:
        """退办 and 撤回: the clock stops; the next assignment starts another."""
        if self.is_running:
            self.assigned_on, self.is_promised = None, False

    def reply(self, _number: int) -> None:
        if self.is_running:
            self.replied_on, self.was_on_time = self.today, is_on_time(self.today, self.due_on)
            self.verdicts.append((self.today, self.due_on, self.was_on_time))

    def redo(self, _number: int) -> None:
        if self.replied_on is not None and self.round == 1 and not self.is_over:
            self.round, self.complexity = 2, Complexity.SIMPLE
            self._start()

    def merge(self, _number: int) -> None:
        """Into another case, as long as nobody handles it."""
        if self.assigned_on is None:
            self.is_over = True

    def recompute(self, rule: Rules, calendar: OfficeCalendar) -> None:
        """The settings or the calendar are others from now on; only a running clock follows."""
        self.rules, self.calendar = rule, calendar
        if not self.is_running:
            return
        promised = self.due_on
        self.due_on, self.cap_on = recomputed(self.due_on, self.by_rule, is_promised=self.is_promised)
        assert not self.is_promised or self.due_on >= promised
        again = recomputed(self.due_on, self.by_rule, is_promised=self.is_promised)
        assert again == (self.due_on, self.cap_on)

    def _start(self) -> None:
        self.assigned_on, self.replied_on, self.was_on_time, self.is_promised = self.today, None, None, False
        self.due_on, self.cap_on = self.by_rule.due_on, self.by_rule.cap_on
        self.original_due_on = self.due_on

    def check(self) -> None:
        """What holds at every moment of every life."""
        if self.assigned_on is None:
            return
        assert self.assigned_on < self.due_on <= self.cap_on
        assert self.assigned_on < self.original_due_on
        if self.replied_on is not None:
            assert self.was_on_time == is_on_time(self.replied_on, self.due_on)


NAMES = ("wait", "assign", "extend", "send_back", "reply", "redo", "merge")
acts = st.tuples(st.sampled_from(NAMES), st.integers(0, 40))
changes = st.tuples(st.just("recompute"), rules, calendars)
lives = st.lists(acts | changes, min_size=5, max_size=40)


@given(days, rules, calendars, lives)
def test_every_life_keeps_the_promises(day: date, rule: Rules, calendar: OfficeCalendar, life: list[object]) -> None:
    case = Life(day, rule, calendar)
    case.assign(1)
    given_verdicts: list[tuple[date, date, bool]] = []
    for name, *numbers in life:  # type: ignore[misc]
        stood = case.replied_on, case.due_on, case.cap_on, case.original_due_on, case.was_on_time
        original = case.original_due_on if case.is_running else None
        getattr(case, name)(*numbers)
        case.check()
        if name == "recompute" and stood[0] is not None:
            assert (case.replied_on, case.due_on, case.cap_on, case.original_due_on, case.was_on_time) == stood
        if name in {"extend", "recompute", "wait"} and original:
            assert case.original_due_on == original
        assert case.verdicts[: len(given_verdicts)] == given_verdicts
        given_verdicts = list(case.verdicts)


@given(days, st.integers(0, 60), st.booleans(), st.integers(1, 2), rules, calendars)
def test_a_later_clock_never_ends_earlier(
    day: date, later: int, is_complex: bool, round_number: int, rule: Rules, calendar: OfficeCalendar
) -> None:
    complexity = Complexity.COMPLEX if is_complex else Complexity.SIMPLE
    first = clock_deadline(day, complexity, round_number, rule, calendar)
    second = clock_deadline(day + timedelta(days=later), complexity, round_number, rule, calendar)
    assert first.due_on <= second.due_on
    assert first.cap_on <= second.cap_on


@given(days, rules, calendars, rules, calendars, st.integers(0, 40))
def test_recomputing_a_promise_never_shortens_it(
    day: date, rule: Rules, calendar: OfficeCalendar, new_rule: Rules, new_calendar: OfficeCalendar, more: int
) -> None:
    old = clock_deadline(day, Complexity.SIMPLE, 1, rule, calendar)
    granted = min(old.due_on + timedelta(days=more), old.cap_on)
    by_rule = clock_deadline(day, Complexity.SIMPLE, 1, new_rule, new_calendar)
    due_on, cap_on = recomputed(granted, by_rule, is_promised=True)
    assert granted <= due_on <= cap_on
    assert due_on in {granted, by_rule.due_on}
    assert cap_on in {by_rule.cap_on, granted}
    assert recomputed(granted, by_rule, is_promised=False) == (by_rule.due_on, by_rule.cap_on)


@given(days, rules, calendars)
def test_a_setting_that_is_no_matter_of_the_clock_moves_nothing(
    day: date, rule: Rules, calendar: OfficeCalendar
) -> None:
    other = replace(rule, yellow_days=9, sign_days=9, review_days=9, ladder=(0,), co_share=9)
    for round_number in (1, 2):
        was = clock_deadline(day, Complexity.SIMPLE, round_number, rule, calendar)
        assert clock_deadline(day, Complexity.SIMPLE, round_number, other, calendar) == was
