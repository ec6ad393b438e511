"""What is known about the people of a roster on its days: read once, asked by checks, candidates and the grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from appointments.conflicts import busy_days
from appointments.enums import AppointmentKind
from appointments.models import Appointment, Attendance, DutyPolicy, Roster, RosterSeat
from representatives.models import Representative
from studios.models import Studio


@dataclass(frozen=True)
class Facts:
    """One roster with its people.

    `people` are those seated and those who meet people in its studios; `homes` says where. `duties` are who stands
    duty on which day in which studio of this roster: the seats of a draft, the seats still kept once published.
    `busy` are days spent elsewhere and why; `earlier` the last regular duty before the roster; `occupied` the studios
    that have another regular appointment that day.
    """

    roster: Roster
    seats: list[RosterSeat]
    people: dict[int, Representative]
    homes: dict[int, frozenset[int]]
    duties: dict[tuple[int, date], Studio]
    busy: dict[tuple[int, date], str]
    earlier: dict[int, date]
    occupied: set[tuple[int, date]]
    policy: DutyPolicy

    def days_of(self, person: int) -> list[date]:
        """The days `person` stands duty in this roster, in order."""
        return sorted(day for who, day in self.duties if who == person)

    def hindrance(self, person: Representative, day: date, studio: int) -> str:
        """Why `person` cannot sit in `studio` on `day` by the hard rules, in a few words; "" when they can."""
        if not person.is_active:
            return person.status_words
        if studio not in self.homes.get(person.pk, frozenset()):
            return "不在这个工作室"
        if reason := self.busy.get((person.pk, day)):
            return "这天请假" if reason == "请假" else f"这天有{reason}"
        return ""

    def too_close(self, person: int, day: date) -> date | None:
        """The duty of `person` nearest to `day` that leaves less than the county's gap, None when all is well."""
        gap = timedelta(weeks=self.policy.gap_weeks)
        others = [other for other in self.days_of(person) if other != day]
        if person in self.earlier:
            others.append(self.earlier[person])
        near = [other for other in others if abs(day - other) < gap]
        return min(near, key=lambda other: abs(day - other), default=None)


def load_facts(roster: Roster) -> Facts:
    """Ten queries for any number of studios and people."""
    seats = list(roster.seats.select_related("studio", "representative"))
    studios = {seat.studio_id for seat in seats}
    seated = {seat.representative_id for seat in seats if seat.representative_id}
    duties = _drafted(seats) if roster.is_draft else _kept(roster)
    people = _people(studios, seated | {person for person, _day in duties})
    first, last = roster.first_on, roster.last_on
    busy = busy_days(people, first, last, besides=Q(appointment__roster=roster))
    return Facts(
        roster=roster,
        seats=seats,
        people=people,
        homes={pk: frozenset(_homes(person)) for pk, person in people.items()},
        duties=duties,
        busy={(row.representative_id, row.day): row.reason for row in busy},
        earlier=_earlier(people, first),
        occupied=_occupied(roster, studios),
        policy=DutyPolicy.objects.in_force(roster.county, first),
    )


def _drafted(seats: Iterable[RosterSeat]) -> dict[tuple[int, date], Studio]:
    return {(seat.representative_id, seat.held_on): seat.studio for seat in seats if seat.representative_id}


def _kept(roster: Roster) -> dict[tuple[int, date], Studio]:
    rows = Attendance.objects.keeping().filter(appointment__roster=roster).select_related("appointment__studio")
    return {
        (row.representative_id, row.appointment.held_on): row.appointment.studio
        for row in rows
        if row.appointment.studio
    }


def _people(studios: set[int], seated: set[int]) -> dict[int, Representative]:
    here = Q(studios__in=studios) | Q(owned_studio__in=studios)
    found = Representative.objects.filter(here & Q(merged_into=None) | Q(pk__in=seated)).distinct()
    return {person.pk: person for person in found.prefetch_related("studios").order_by("certificate_no")}


def _homes(person: Representative) -> set[int]:
    own = {person.owned_studio_id} if person.owned_studio_id else set()
    return own | {studio.pk for studio in person.studios.all()}


def _earlier(people: Iterable[int], first: date) -> dict[int, date]:
    kept = Attendance.objects.keeping().of_kind(AppointmentKind.REGULAR)
    kept = kept.filter(representative__in=list(people), appointment__held_on__lt=first)
    last = kept.order_by().values("representative").annotate(last=Max("appointment__held_on"))
    return {row["representative"]: row["last"] for row in last}


def _occupied(roster: Roster, studios: set[int]) -> set[tuple[int, date]]:
    meetings = Appointment.objects.in_force().of_kind(AppointmentKind.REGULAR)
    meetings = meetings.between(roster.first_on, roster.last_on).filter(studio__in=studios).exclude(roster=roster)
    return {(studio, day) for studio, day in meetings.values_list("studio_id", "held_on") if studio}
