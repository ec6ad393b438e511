"""Two offices draw up the same roster at the same moment: one roster, the other is told who was faster."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import User
from appointments.enums import HolidayTreatment
from appointments.models import Roster, RosterSeat
from appointments.services import RosterConflictError, draft_roster
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once, without_row_locks

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _draft(cast: Cast, actor: User) -> Roster:
    year = timezone.localdate().year + 1
    return draft_roster(
        delegation=cast.town,
        first_on=date(year, 3, 1),
        last_on=date(year, 3, 31),
        actor=actor,
        holidays=HolidayTreatment.KEEP,
    )


def test_one_draws_it_up_the_other_is_told(cast: Cast) -> None:
    results = at_once(*[lambda: _draft(cast, cast.town_office)] * 3)
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 2
    assert all(isinstance(error, RosterConflictError) and "镇办甲" in str(error) for error in losers)
    roster = Roster.objects.get()
    assert RosterSeat.objects.filter(roster=roster).count() == RosterSeat.objects.count() > 0


def test_without_the_lock_both_would_pass_the_check(cast: Cast) -> None:
    """The control: the check alone is a race; the database's own constraint is the last line."""
    with without_row_locks(Roster, "save", 4):
        results = at_once(*[lambda: _draft(cast, cast.town_office)] * 4)
    losers = [result for result in results if isinstance(result, Exception)]
    assert any(not isinstance(error, RosterConflictError) for error in losers)
    assert Roster.objects.count() == 1
