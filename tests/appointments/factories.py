"""Appointments, attendances and visits for tests."""

import uuid
from datetime import date, time

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus, VisitOutcome
from appointments.models import Appointment, Attendance, Roster, RosterSeat, Visit
from tests.accounts.factories import DelegationFactory, UserFactory
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """A planned regular Saturday morning."""

    class Meta:
        model = Appointment

    studio = factory.SubFactory(StudioFactory)
    county = factory.SelfAttribute("studio.county")
    delegation = factory.SelfAttribute("studio.delegation")
    kind = AppointmentKind.REGULAR
    held_on = date(2026, 11, 28)
    starts_at = time(9)
    ends_at = time(11, 30)

    class Params:
        held = factory.Trait(status=AppointmentStatus.HELD)


class AttendanceFactory(DjangoModelFactory[Attendance]):
    class Meta:
        model = Attendance

    appointment = factory.SubFactory(AppointmentFactory)
    representative = factory.SubFactory(RepresentativeFactory)

    class Params:
        present = factory.Trait(status=AttendanceStatus.PRESENT)


class VisitFactory(DjangoModelFactory[Visit]):
    """One person answered on the spot."""

    class Meta:
        model = Visit

    studio = factory.SubFactory(StudioFactory)
    county = factory.SelfAttribute("studio.county")
    delegation = factory.SelfAttribute("studio.delegation")
    representative = factory.SubFactory(RepresentativeFactory, delegation=factory.SelfAttribute("..delegation"))
    received_on = date(2026, 11, 21)
    matter = "村口路灯不亮"
    answer = "已联系电工，今晚修好"
    outcome = VisitOutcome.ANSWERED_ON_SITE
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(timezone.now)
    submission_key = factory.LazyFunction(uuid.uuid4)


class RosterFactory(DjangoModelFactory[Roster]):
    """The draft of one delegation's first quarter of 2027."""

    class Meta:
        model = Roster

    delegation = factory.SubFactory(DelegationFactory)
    county = factory.SelfAttribute("delegation.county")
    first_on = date(2027, 1, 1)
    last_on = date(2027, 3, 31)
    created_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)


class RosterSeatFactory(DjangoModelFactory[RosterSeat]):
    """A gap; `representative` sits there."""

    class Meta:
        model = RosterSeat

    roster = factory.SubFactory(RosterFactory)
    held_on = date(2027, 1, 9)
    studio = factory.SubFactory(StudioFactory, delegation=factory.SelfAttribute("..roster.delegation"))
    reason = "最久没有值班"
