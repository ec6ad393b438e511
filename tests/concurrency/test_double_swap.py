"""Two colleagues take the same swap, and one colleague two swaps of a day: one wins, the other gets a sentence."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.models import Attendance, Swap
from appointments.services import ConflictError, accept_swap, approve_swap, request_swap
from appointments.swapping import SwapError
from representatives.models import Representative
from tests.appointments.duties import account, colleague, duty
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once
from tests.studios.factories import StudioFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _day() -> date:
    return date.fromordinal(timezone.localdate().toordinal() + 10)


def _open_swap(cast: Cast) -> Swap:
    seat = duty(cast.representative, cast.studio, _day())
    return request_swap(seat=seat, actor=cast.representative_user, reason="外出")


def _takers(cast: Cast) -> list[Representative]:
    return [colleague(cast, f"代表{name}") for name in "乙丙丁戊"]


def _accept(swap: Swap, taker: Representative) -> Swap:
    return accept_swap(swap=Swap.objects.get(pk=swap.pk), actor=account(taker), taker=taker)


def test_one_takes_it_the_others_are_told(cast: Cast) -> None:
    swap, people = _open_swap(cast), _takers(cast)
    results = at_once(*[lambda person=person: _accept(swap, person) for person in people])
    losers = [result for result in results if isinstance(result, Exception)]
    swap.refresh_from_db()
    assert len(losers) == 3
    assert all(isinstance(error, ConflictError) and f"{swap.taker} 刚刚已答应" in str(error) for error in losers)


def test_without_the_lock_several_believe_they_have_it(cast: Cast) -> None:
    """The control: without row locks the state alone lets more than one through."""
    swap, people = _open_swap(cast), _takers(cast)
    with patch.object(QuerySet, "select_for_update", lambda self, **_options: self):
        results = at_once(*[lambda person=person: _accept(swap, person) for person in people])
    assert len([result for result in results if isinstance(result, Swap)]) > 1


def test_the_loser_reads_409_not_500(cast: Cast) -> None:
    swap, people = _open_swap(cast), _takers(cast)
    clients = []
    for person in people:
        client = Client(raise_request_exception=False)
        client.force_login(account(person))
        clients.append(client)
    address = reverse("appointments:swap_act", args=[swap.pk, "accept"])
    results = at_once(*[lambda client=client: client.post(address).status_code for client in clients])
    assert sorted(str(status) for status in results) == ["302", "409", "409", "409"]


def test_one_person_takes_two_duties_of_a_day_once(cast: Cast) -> None:
    """Different swaps, the same colleague: the lock on the person keeps their day single."""
    second = StudioFactory(delegation=cast.town, liaisons=[cast.liaison])
    taker, owner = colleague(cast), colleague(cast, "代表己", second)
    taker.studios.add(second)
    swaps = [
        _open_swap(cast),
        request_swap(seat=duty(owner, second, _day()), actor=cast.liaison, reason="外出"),
    ]
    for swap in swaps:
        _accept(swap, taker)
    results = at_once(
        *[lambda swap=swap: approve_swap(swap=Swap.objects.get(pk=swap.pk), actor=cast.town_office) for swap in swaps]
    )
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 1
    assert isinstance(losers[0], SwapError)
    assert Attendance.objects.standing().filter(representative=taker).count() == 1
