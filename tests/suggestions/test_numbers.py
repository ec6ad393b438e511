"""Numbers are gapless per county and year."""

import time_machine
from django.db import transaction

from suggestions import services
from suggestions.enums import State
from suggestions.models import NumberSequence
from tests.cast import Cast
from tests.conftest import CaseIn


def test_numbers_follow_each_other(case_in: CaseIn) -> None:
    assert [case_in(State.ACCEPTED).sequence for _ in range(3)] == [1, 2, 3]


def test_each_year_begins_at_one(case_in: CaseIn) -> None:
    with time_machine.travel("2026-12-31T15:00:00+08:00"):
        case_in(State.ACCEPTED)
    with time_machine.travel("2027-01-01T00:30:00+08:00"):
        case = case_in(State.ACCEPTED)
    assert case.number == "海建〔2027〕0001"


def test_a_failed_acceptance_leaves_no_gap(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.SUBMITTED)
    with transaction.atomic():
        services.accept_suggestion(suggestion=case, actor=cast.town_office, version=None)
        transaction.set_rollback(True)
    assert not NumberSequence.objects.filter(last__gt=0).exists()
    assert services.accept_suggestion(suggestion=case, actor=cast.town_office, version=None).sequence == 1
