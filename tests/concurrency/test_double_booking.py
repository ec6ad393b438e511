"""Two accept one booking, two offices generate one quarter: one fact each, and what happens without the locks."""

from unittest.mock import patch

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from appointments.booking_flow import WrongStateError
from appointments.enums import AppointmentKind
from appointments.models import Appointment, Booking
from appointments.quarters import Quarter
from appointments.services.bookings import accept_booking
from appointments.services.collective import generate_collective
from tests.appointments.gatherings import book, time_on
from tests.cast import Cast, build_cast
from tests.concurrency.race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def _accept(booking: Booking, actor: User) -> Booking:
    return accept_booking(booking=Booking.objects.get(pk=booking.pk), actor=actor)


def _generate(cast: Cast) -> object:
    return generate_collective(
        delegations=[cast.town],
        quarter=Quarter.of(timezone.localdate()),
        actor=cast.county_office,
        includes_past=True,
        county_level_only=False,
    )


def test_one_accepts_the_other_is_told(cast: Cast) -> None:
    booking = book(cast)
    results = at_once(*[lambda: _accept(booking, cast.liaison), lambda: _accept(booking, cast.representative_user)] * 2)
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 3
    assert all(isinstance(error, WrongStateError) for error in losers)
    assert Appointment.objects.of_kind(AppointmentKind.DESIGNATED).count() == 1


def test_two_guests_do_not_get_the_same_half_hour(cast: Cast) -> None:
    first, second = book(cast, time_on()), book(cast, time_on())
    results = at_once(lambda: _accept(first, cast.liaison), lambda: _accept(second, cast.liaison))
    assert sum(isinstance(result, Exception) for result in results) == 1
    assert Appointment.objects.of_kind(AppointmentKind.DESIGNATED).count() == 1


def test_one_appointment_a_quarter(cast: Cast) -> None:
    results = at_once(*[lambda: _generate(cast)] * 4)
    assert not [result for result in results if isinstance(result, Exception)]
    assert Appointment.objects.of_kind(AppointmentKind.COLLECTIVE).count() == 1


def test_without_the_locks_it_would_happen_twice(cast: Cast) -> None:
    """The control: with the locks taken away both find the quarter empty, and both guests are seated."""
    first, second = book(cast, time_on()), book(cast, time_on())
    with patch.object(QuerySet, "select_for_update", lambda self, **_options: self):
        at_once(*[lambda: _generate(cast)] * 4)
        at_once(lambda: _accept(first, cast.liaison), lambda: _accept(second, cast.liaison))
    collective = Appointment.objects.of_kind(AppointmentKind.COLLECTIVE).count()
    designated = Appointment.objects.of_kind(AppointmentKind.DESIGNATED).count()
    assert collective + designated > 2
