"""The races for one case: who takes which step at the same moment, and where the case stands afterwards.

All clients act from the same page, that is with the same version. Exactly one step is taken; every other client is
told who took it and when. Where two steps could lawfully follow one another (recalled, assigned again, signed), the
second needs a page that shows the first.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from suggestions.enums import State, Verb
from suggestions.integrity import RULES
from suggestions.models import Suggestion
from suggestions.screens import SCREENS
from suggestions.services.steps import ConflictError, GuardError
from tests.accounts.factories import UserFactory
from tests.cast import Cast
from tests.concurrency.race import Action, failures
from tests.suggestions import asking, paths

Typed = Mapping[str, Any]
RATED = {"evaluator": "PETITIONER", "attitude": "SATISFIED", "outcome": "SATISFIED"}
UNHAPPY = RATED | {"outcome": "UNSATISFIED", "reason": "路面又坏了"}
REPLIED = {
    "text": "已修补。",
    "signer": "签发人甲",
    "result_class": "A",
    "adoption": "ADOPTED",
    "disclosure": "FULL",
}


@dataclass(frozen=True)
class Act:
    """One step: by whom, what the form says, where it leads the case and in which round.

    `refused`: what the guard says to it whatever else happens, so that it never wins: who comes before the winner
    reads this.
    """

    verb: Verb
    who: Callable[[Cast], User]
    leads_to: State
    typed: Callable[[Cast], Typed] = field(default=lambda cast: {})
    round: int = 1
    refused: str = ""

    def arguments(self, case: Suggestion, cast: Cast) -> dict[str, Any]:
        """What the service is given, read from the step's own form."""
        data = {"version": case.version} | self.typed(cast)
        form = SCREENS[self.verb].form(data, case=case, actor=self.who(cast))  # type: ignore[arg-type]
        assert form.is_valid(), form.errors
        return form.arguments()

    def take(self, case: Suggestion, cast: Cast, arguments: dict[str, Any], version: int | None) -> Suggestion:
        """Call the step's service."""
        service = SCREENS[self.verb].service
        return service(suggestion=case, actor=self.who(cast), version=version, **arguments)


@dataclass(frozen=True)
class Race:
    """A case prepared for it, and the acts the clients take in turn."""

    prepare: Callable[[Cast], Suggestion]
    acts: tuple[Act, ...]

    def calls(self, case: Suggestion, cast: Cast, clients: int, cases: Sequence[Suggestion]) -> list[list[Action]]:
        """One round per case, every client from an object of its own, as its page was built from; from round to
        round another client comes first."""
        steps = [self._call(act, case, cast) for act in self.acts]
        return [
            [partial(steps[(number + client) % len(steps)], copy(each)) for client in range(clients)]
            for number, each in enumerate(cases)
        ]

    @staticmethod
    def _call(act: Act, case: Suggestion, cast: Cast) -> Callable[[Suggestion], Suggestion]:
        service, actor = SCREENS[act.verb].service, act.who(cast)
        arguments = act.arguments(case, cast)
        return lambda each: service(suggestion=each, actor=actor, version=each.version, **arguments)


def colleague(name: str, role: Role, office: Callable[[Cast], Any]) -> Callable[[Cast], User]:
    """Somebody who may do the same as the member of the cast in `office`."""

    def find(cast: Cast) -> User:
        found = User.objects.filter(name=name).first()
        return found or UserFactory(name=name, roles=[(role, office(cast))])

    return find


COUNTY_COLLEAGUE = colleague("党联办乙", Role.COUNTY_OFFICE, lambda cast: cast.county)
UNIT_COLLEAGUE = colleague("经办人丁", Role.UNIT_HANDLER, lambda cast: cast.county_unit)


def _second_liaison(cast: Cast) -> User:
    user = colleague("联络员丙", Role.LIAISON, lambda cast: cast.town)(cast)
    cast.studio.liaisons.add(user)
    return user


def _ready_to_reply(cast: Cast) -> Suggestion:
    case = paths.case_in(State.HANDLING, cast)
    paths.take_two_steps(case, cast)
    return asking.fresh(case)


def _unhappy(cast: Cast) -> Suggestion:
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    paths.rate(case, cast, paths.DISCONTENT)
    return asking.fresh(case)


def _window_over(cast: Cast) -> Suggestion:
    case = paths.case_in(State.AWAIT_EVALUATION, cast)
    Suggestion.objects.filter(pk=case.pk).update(next_deadline_at=timezone.now())
    return asking.fresh(case)


def _in(state: State) -> Callable[[Cast], Suggestion]:
    return partial(paths.case_in, state)


def _assign(who: Callable[[Cast], User], unit: str) -> Act:
    return Act(
        Verb.ASSIGN,
        who,
        State.ASSIGNED,
        lambda cast: {"unit": getattr(cast, unit).pk, "complexity": "SIMPLE"},
    )


RACES: dict[str, Race] = {
    "assign": Race(
        _in(State.ESCALATED),
        (_assign(lambda cast: cast.county_office, "county_unit"), _assign(COUNTY_COLLEAGUE, "other_unit")),
    ),
    "reply": Race(
        _ready_to_reply,
        (
            Act(Verb.REPLY, lambda cast: cast.unit_handler, State.REPLY_REVIEW, lambda cast: REPLIED),
            Act(Verb.REPLY, UNIT_COLLEAGUE, State.REPLY_REVIEW, lambda cast: REPLIED),
        ),
    ),
    "evaluate": Race(
        _in(State.AWAIT_EVALUATION),
        (
            Act(Verb.EVALUATE, lambda cast: cast.liaison, State.AWAIT_EVALUATION, lambda cast: RATED),
            Act(Verb.EVALUATE, _second_liaison, State.AWAIT_EVALUATION, lambda cast: UNHAPPY),
        ),
    ),
    "close while redo": Race(
        _unhappy,
        (
            Act(Verb.REDO, lambda cast: cast.county_office, State.HANDLING, lambda cast: {"reason": "重修"}, round=2),
            Act(Verb.CLOSE, COUNTY_COLLEAGUE, State.CLOSED, refused="有评价为不满意，不能办结，请要求重办。"),
        ),
    ),
    "close while rated unsatisfied": Race(
        _window_over,
        (
            Act(Verb.CLOSE, lambda cast: cast.county_office, State.CLOSED),
            Act(Verb.EVALUATE, lambda cast: cast.liaison, State.AWAIT_EVALUATION, lambda cast: UNHAPPY),
        ),
    ),
    "recall while sign": Race(
        _in(State.ASSIGNED),
        (
            Act(Verb.RECALL, lambda cast: cast.county_office, State.ESCALATED),
            Act(Verb.SIGN, lambda cast: cast.unit_handler, State.HANDLING),
        ),
    ),
}


def expect_one_winner(race: Race, case: Suggestion, results: Sequence[object], steps_before: int) -> None:
    """One step was taken in the round; the others read who took it, just now. Nothing else went wrong."""
    assert len(results) - len(failures(results)) == 1, results
    step = case.transitions.order_by("id")[steps_before:].get()
    act = next(act for act in race.acts if act.verb == step.verb)
    now = asking.fresh(case)
    assert (now.state, now.round, now.version) == (act.leads_to, act.round, case.version + 1)
    told = f"{step.actor_name} 刚刚已{step.get_verb_display()}"
    refused = {act.refused for act in race.acts if act.refused}
    for error in failures(results):
        if not (isinstance(error, GuardError) and str(error) in refused):
            assert isinstance(error, ConflictError), repr(error)
            assert told in str(error)


def wrongs() -> list[str]:
    """Every sentence of check_integrity."""
    return [sentence for rule in RULES.values() for sentence in rule()]
