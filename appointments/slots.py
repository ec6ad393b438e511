"""The times at which a representative can be met during their next duties (指定约见)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from appointments.enums import AppointmentKind
from appointments.models import Attendance, Booking
from representatives.models import Representative
from studios.models import Studio

LENGTH = timedelta(minutes=30)
DUTIES = 2


@dataclass(frozen=True)
class Slot:
    """Half an hour of one duty (the last one may be shorter)."""

    day: date
    starts_at: time
    ends_at: time

    @property
    def key(self) -> str:
        """2026-11-28T09:00-09:30."""
        return f"{self.day:%Y-%m-%d}T{self.starts_at:%H:%M}-{self.ends_at:%H:%M}"

    @property
    def label(self) -> str:
        """11月28日（周六）09:00—09:30."""
        weekday = "一二三四五六日"[self.day.weekday()]
        return f"{self.day.month}月{self.day.day}日（周{weekday}）{self.starts_at:%H:%M}—{self.ends_at:%H:%M}"


def halves(day: date, starts_at: time, ends_at: time) -> Iterator[Slot]:
    """The half hours from `starts_at` to `ends_at` on `day`, in order, none beyond the end."""
    begin, end = datetime.combine(day, starts_at), datetime.combine(day, ends_at)
    while begin < end:
        until = min(begin + LENGTH, end)
        yield Slot(day, begin.time(), until.time())
        begin = until


def free_slots(person: Representative, studio: Studio, now: datetime) -> list[Slot]:
    """The half hours still free in the next two duties of `person` at `studio`, from `now` (local) on (two queries)."""
    seats = Attendance.objects.expected_of(person).of_kind(AppointmentKind.REGULAR)
    seats = seats.filter(appointment__studio=studio, appointment__held_on__gte=now.date())
    duties = seats.order_by("appointment__held_on").values_list(
        "appointment__held_on", "appointment__starts_at", "appointment__ends_at"
    )[:DUTIES]
    found = [slot for duty in duties for slot in halves(*duty)]
    booked = Booking.objects.open().filter(representative=person, wanted_on__in={slot.day for slot in found})
    taken = list(booked.values_list("wanted_on", "starts_at", "ends_at"))
    return [slot for slot in found if _is_ahead(slot, now) and not any(_meets(slot, *other) for other in taken)]


def _is_ahead(slot: Slot, now: datetime) -> bool:
    return (slot.day, slot.starts_at) > (now.date(), now.time())


def _meets(slot: Slot, day: date, starts_at: time, ends_at: time) -> bool:
    return slot.day == day and slot.starts_at < ends_at and starts_at < slot.ends_at
