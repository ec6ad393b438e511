"""One case from draft to closed through the services, and what each step leaves behind."""

from datetime import date

import pytest
import time_machine

from suggestions.enums import State, Verb
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn


@pytest.mark.parametrize("state", State)
def test_the_lawful_path_leads_into_every_state(case_in: CaseIn, state: State) -> None:
    assert case_in(state).state == state


@time_machine.travel("2026-11-24T10:00:00+08:00", tick=False)
def test_closed_case_keeps_its_whole_history(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.CLOSED)
    assert [row.verb for row in case.transitions.all()] == [
        Verb.SUBMIT,
        Verb.ACCEPT,
        Verb.ESCALATE,
        Verb.ASSIGN,
        Verb.SIGN,
        Verb.RECORD_CONTACT,
        Verb.CONSULT,
        Verb.GIVE_OPINION,
        Verb.REPLY,
        Verb.FORWARD,
        Verb.EVALUATE,
        Verb.EVALUATE,
        Verb.CLOSE,
    ]
    assert case.number == "海建〔2026〕0001"
    assert (case.assigned_on, case.due_on, case.cap_on) == (date(2026, 11, 24), date(2026, 12, 4), date(2026, 12, 24))
    assert case.was_on_time is True
    assert case.unit == cast.county_unit
    assert case.closed_on == date(2026, 11, 24)
    assert case.next_deadline_at is None


def test_every_step_chains_to_the_next(case_in: CaseIn) -> None:
    steps = list(case_in(State.CLOSED).transitions.all())
    assert steps[0].from_state == State.DRAFT
    for earlier, later in zip(steps, steps[1:], strict=False):
        assert earlier.to_state == later.from_state


def test_version_grows_with_every_step(case_in: CaseIn) -> None:
    case = case_in(State.CLOSED)
    assert case.version == 1 + case.transitions.count()


def test_petitioner_is_encrypted_at_rest(case_in: CaseIn) -> None:
    petitioner = case_in(State.DRAFT).petitioners.get()
    raw = Suggestion.objects.raw("SELECT id, name, phone FROM suggestions_petitioner")[0]
    assert petitioner.phone == "19900001234"
    assert "19900001234" not in str(raw.phone)  # type: ignore[attr-defined]
    assert petitioner.masked_name == "来*"
