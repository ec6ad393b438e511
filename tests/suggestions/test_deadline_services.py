"""The promises of test_deadline_life.py, kept by the services on a database: fewer lives, real rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest
import time_machine

from studios.clocks import SHANGHAI
from studios.enums import HolidayKind
from studios.models import Holiday
from suggestions import services
from suggestions.enums import HANDLING_STATES, State
from suggestions.integrity import RULES
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.services.recompute import open_job, sweep_jobs
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths

START = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
FROZEN = ("original_due_on", "due_on", "cap_on", "replied_on", "was_on_time")


@dataclass
class Life:
    """One case, what may happen to it, and the day somebody was promised; what is not lawful does not happen."""

    case: Suggestion
    cast: Cast
    policy: DeadlinePolicy
    dice: Random
    granted: date | None = None

    def holiday(self) -> None:
        day = date(2026, 11, 25) + timedelta(days=self.dice.randint(0, 40))
        Holiday.objects.update_or_create(date=day, defaults={"kind": self.dice.choice(HolidayKind.values)})
        open_job(county=self.cast.county, cause="办公日历调整")

    def correct(self) -> None:
        days = self.dice.randint(1, 20)
        DeadlinePolicy.objects.filter(pk=self.policy.pk).update(simple_days=days, redo_days=days)
        open_job(county=self.cast.county, cause="更正", policy=self.policy)

    def extend(self) -> None:
        case = self.case
        assert case.due_on and case.cap_on
        if case.state == State.HANDLING and not self.granted and case.due_on < case.cap_on:
            self.granted = case.due_on + timedelta(days=self.dice.randint(1, (case.cap_on - case.due_on).days))
            paths.grant_extension(case, self.cast, self.granted)

    def reply(self) -> None:
        if self.case.state == State.HANDLING:
            paths.reply(self.case, self.cast)

    def send_back(self) -> None:
        if self.case.state == State.REPLY_REVIEW:
            office = self.cast.county_office
            services.return_reply(suggestion=self.case, actor=office, version=None, reason="补充")

    def forward(self) -> None:
        if self.case.state == State.REPLY_REVIEW:
            paths.forward(self.case, self.cast)

    def redo(self) -> None:
        if self.case.state == State.AWAIT_EVALUATION and self.case.round == 1:
            paths.rate(self.case, self.cast, paths.DISCONTENT)
            office = self.cast.county_office
            services.redo_suggestion(suggestion=self.case, actor=office, version=None, reason="重办")
            self.granted = None

    def check(self) -> None:
        """What holds at every moment."""
        case = self.case
        case.refresh_from_db()
        assert case.assigned_on and case.due_on and case.cap_on
        assert case.assigned_on < case.due_on <= case.cap_on
        assert self.granted is None or case.due_on >= self.granted
        assert case.replied_on is None or case.was_on_time == (case.replied_on <= case.due_on)
        assert [row.due_on for row in case.assignments_in_force] == [case.due_on]


ACTS = ("holiday", "correct", "extend", "reply", "send_back", "forward", "redo")


@pytest.mark.parametrize("seed", range(8))
def test_every_life_keeps_the_promises(cast: Cast, case_in: CaseIn, seed: int) -> None:
    dice = Random(seed)
    policy = DeadlinePolicy.objects.create(
        county=cast.county,
        effective_from=date(2026, 1, 1),
        counts_workdays=dice.random() < 0.5,
        rolls_forward=dice.random() < 0.5,
    )
    with time_machine.travel(START, tick=False) as clock:
        life = Life(case_in(State.HANDLING), cast, policy, dice)
        for _ in range(12):
            clock.shift(timedelta(days=dice.randint(0, 3)))
            stood, act = [getattr(life.case, name) for name in FROZEN], dice.choice(ACTS)
            getattr(life, act)()
            sweep_jobs()
            life.check()
            if act in {"holiday", "correct"}:
                kept = len(FROZEN) if life.case.state not in HANDLING_STATES else 1
                assert [getattr(life.case, name) for name in FROZEN[:kept]] == stood[:kept]
        count = life.case.deadline_changes.count()
        open_job(county=cast.county, cause="再算一遍")
        sweep_jobs()
        assert life.case.deadline_changes.count() == count
        assert not any(list(rule()) for rule in RULES.values())
