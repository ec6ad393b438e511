"""分办 by two to four units through random lives on a database: whatever is taken, the rows agree with one another."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.answers import open_promises, waiting_answers
from suggestions.enums import Complexity, RequestKind, ResultClass, Ruling, State
from suggestions.integrity import RULES
from suggestions.models import Suggestion
from suggestions.services.requests import waiting_request
from suggestions.services.steps import StepError
from tests.accounts.factories import UnitFactory, UserFactory
from tests.cast import Cast
from tests.suggestions import paths

START = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
STEPS = 15


@dataclass
class Life:
    """One case and the handlers that share it; a step that is not lawful is refused and changes nothing."""

    case: Suggestion
    cast: Cast
    handlers: list[User]
    dice: Random

    @property
    def somebody(self) -> User:
        return self.dice.choice(self.handlers)

    def assign(self) -> None:
        units = [user.memberships.get().organization for user in self.handlers]
        self._office(services.assign_suggestion, split_units=units, complexity=self.dice.choice(list(Complexity)))

    def recall(self) -> None:
        self._office(services.recall_assignment)

    def sign(self) -> None:
        for handler in self.dice.sample(self.handlers, self.dice.randint(1, len(self.handlers))):
            self._take(services.sign_suggestion, handler)

    def steps(self) -> None:
        if self.case.state == State.HANDLING and any(row.signed_at for row in self.case.assignments_in_force):
            signed = next(row for row in self.case.assignments_in_force if row.signed_at)
            handler = next(user for user in self.handlers if signed.unit_id in user.scope.where(Role.UNIT_HANDLER))
            paths.take_two_steps(self.case, replace(self.cast, unit_handler=handler))

    def hand_in(self) -> None:
        result = self.dice.choice(list(ResultClass))
        promised = timezone.localdate() + timedelta(days=self.dice.randint(1, 40)) if result == ResultClass.B else None
        text = replace(paths.REPLY, result_class=result, promise_on=promised)
        self._take(services.reply_suggestion, self.somebody, reply=text)

    def ask(self) -> None:
        day = (self.case.due_on or timezone.localdate()) + timedelta(days=3)
        if self.dice.random() < 0.2:
            unit = self.cast.town_unit
            self._take(services.request_return, self.somebody, reason="不属我单位", proposed_unit=unit)
        else:
            self._take(services.request_extension, self.somebody, reason="等待供货", proposed_due_on=day)

    def decide(self) -> None:
        if waiting_request(self.case, RequestKind.RETURN):
            self._office(self.dice.choice([services.approve_return, services.deny_return]), reason="请继续")
        elif waiting_request(self.case, RequestKind.EXTENSION):
            self._office(services.approve_extension)

    def send_back(self) -> None:
        waiting = [answer.assignment for answer in waiting_answers(self.case)]
        if waiting:
            some = self.dice.sample(waiting, self.dice.randint(1, len(waiting)))
            self._office(services.return_reply, reason="请写明时间", parts=some)

    def forward(self) -> None:
        self._office(services.forward_reply)

    def rate(self) -> None:
        if self.case.state == State.AWAIT_EVALUATION and not self.case.evaluations.filter(round=self.case.round):
            paths.rate(self.case, self.cast, self.dice.choice([paths.CONTENT, paths.DISCONTENT]))

    def end(self) -> None:
        for service, told in (
            (services.close_suggestion, {}),
            (services.redo_suggestion, {"reason": "重办"}),
            (services.rule_suggestion, {"ruling": Ruling.EXPLAINED, "text": "已说明"}),
        ):
            self._office(service, **told)

    def fulfil(self) -> None:
        told = {"text": "已办好", "signer": "签发人甲", "kept_on": timezone.localdate()}
        self._take(services.fulfil_promise, self.somebody, **told)

    def finish(self) -> None:
        """The lawful way to the end from wherever the case stands."""
        for _ in range(4):
            self.decide()
            self.assign()
            for handler in self.handlers:
                self._take(services.sign_suggestion, handler)
            self.steps()
            for handler in self.handlers:
                self._take(services.reply_suggestion, handler, reply=paths.REPLY)
            self.forward()
            self.rate()
            self.end()
        for _ in self.handlers:
            for handler in self.handlers:
                told = {"text": "已办好", "signer": "签发人甲", "kept_on": timezone.localdate()}
                self._take(services.fulfil_promise, handler, **told)

    def check(self) -> None:
        """What holds whatever was taken last."""
        assert [line for rule in RULES.values() for line in rule()] == []
        case = Suggestion.objects.get(pk=self.case.pk)
        if case.state == State.CLOSED:
            promised = min((answer.reply.promise_on for answer in open_promises(case)), default=None)  # type: ignore[type-var]
            assert (case.promise_on if case.fulfilled_on is None else None) == promised

    def _office(self, service: object, **told: object) -> None:
        if service is services.approve_return:
            told = {}
        self._take(service, self.cast.county_office, **told)

    def _take(self, service: object, actor: User, **told: object) -> None:
        try:
            service(suggestion=self.case, actor=actor, version=None, **told)  # type: ignore[operator]
        except StepError:
            return
        self.case = Suggestion.objects.get(pk=self.case.pk)


ACTS = (
    *(
        "assign",
        "recall",
        "sign",
        "sign",
        "steps",
        "steps",
        "ask",
        "decide",
        "decide",
        "send_back",
        "forward",
        "forward",
    ),
    *("hand_in",) * 6,
    *("rate", "rate", "end", "end", "fulfil", "fulfil", "fulfil"),
)


@pytest.mark.parametrize("seed", range(5))
def test_every_life_keeps_the_rows_in_line(cast: Cast, seed: int) -> None:
    dice = Random(seed)
    more = [UnitFactory(county=cast.county, code=f"U1{number}") for number in range(seed % 3)]
    handlers = [UserFactory(username=f"more{unit.pk}", roles=[(Role.UNIT_HANDLER, unit)]) for unit in more]
    with time_machine.travel(START, tick=False) as clock:
        case = paths.case_in(State.ESCALATED, cast)
        life = Life(case, cast, [cast.unit_handler, cast.other_unit_handler, *handlers], dice)
        life.assign()
        life.sign()
        for number in range(STEPS):
            clock.shift(timedelta(hours=dice.randint(1, 30)))
            getattr(life, dice.choice(ACTS))()
            if number % 3 == 0:
                life.check()
        life.finish()
        life.check()
        assert life.case.state == State.CLOSED
        assert open_promises(life.case) == []
