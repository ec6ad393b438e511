"""Two people write a finding at once: two numbers; one device answers twice at once: one response."""

import uuid

import pytest

from appointments.models import Finding, Response
from appointments.services.questionnaires import AnsweredError
from appointments.tallies import Given
from tests.appointments.theming import answer, event, finding, published
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once, without_row_locks

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def test_each_finding_gets_a_number_of_its_own(cast: Cast) -> None:
    row = event(cast)
    results = at_once(*[lambda: finding(cast, row)] * 4)
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(Finding.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_without_the_lock_two_would_take_the_same_number(cast: Cast) -> None:
    """The control: the constraint is the last line, and somebody is turned away."""
    row = event(cast)
    with without_row_locks(Finding, "save", 4):
        results = at_once(*[lambda: finding(cast, row)] * 4)
    assert [result for result in results if isinstance(result, Exception)]


def test_one_device_is_counted_once(cast: Cast) -> None:
    row, form = published(cast), uuid.uuid4()
    results = at_once(*[lambda: answer(row, Given((0,)), key="device", submission=form)] * 4)
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 3
    assert all(isinstance(error, AnsweredError) for error in losers)
    assert Response.objects.count() == 1
