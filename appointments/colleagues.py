"""Who could keep a duty instead: those of its studio who are free, the least burdened first."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from appointments.conflicts import busy_days
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from appointments.models import Attendance, DutyPolicy
from appointments.swapping import breaks_gap, last_day
from representatives.models import Representative
from studios.calendar import quarter_bounds
from studios.clocks import words

LOOK_BACK = timedelta(days=366)
LOOK_AHEAD = timedelta(days=92)
Duties = dict[int, list[tuple[date, int]]]
"""Days and keys of the regular duties of each person, by the person's key."""


@dataclass(frozen=True)
class Colleague:
    """Somebody free on `day`: how many duties they have in the period, when their last was, what comes too near."""

    person: Representative
    day: date
    duties: int
    last_on: date | None
    too_near: date | None
    gap_weeks: int
    in_return: Attendance | None = None

    @property
    def words(self) -> str:
        """Why they stand where they stand in the ranking."""
        count = f"本期值班 {self.duties} 次" if self.duties else "本期还没有值班"
        last = f"上次 {self._short(self.last_on)}" if self.last_on else "一年内没有值过班"
        near = f"，与{self._short(self.too_near)}的值班相隔不足 {self.gap_weeks} 周" if self.too_near else ""
        return f"{count}，{last}{near}"

    @property
    def rank(self) -> tuple[bool, int, date, int]:
        """Those the gap rule keeps apart last; fewest duties first, then the longest rest."""
        return (self.too_near is not None, self.duties, self.last_on or date.min, self.person.pk)

    def _short(self, other: date) -> str:
        return words(other) if other.year != self.day.year else f"{other.month}月{other.day}日"


@dataclass(frozen=True)
class Field:
    """What is known about the people of some studios around some days: five queries, however many seats."""

    people: dict[int, list[Representative]]
    duties: Duties
    busy: frozenset[tuple[int, date]]

    def free_for(self, seat: Attendance, policy: DutyPolicy) -> list[Colleague]:
        """Everybody of the seat's studio who has nothing on that day, ranked."""
        meeting = seat.appointment
        found = [
            self._colleague(person, meeting.held_on, policy)
            for person in self.people.get(meeting.studio_id or 0, [])
            if person.pk != seat.representative_id and (person.pk, meeting.held_on) not in self.busy
        ]
        return sorted(found, key=lambda colleague: colleague.rank)

    def _colleague(self, person: Representative, day: date, policy: DutyPolicy) -> Colleague:
        first, last = quarter_bounds(day)
        days = [held_on for held_on, _key in self.duties[person.pk]]
        return Colleague(
            person,
            day,
            duties=sum(first <= held_on <= last for held_on in days),
            last_on=max((held_on for held_on in days if held_on < day), default=None),
            too_near=breaks_gap(day, days, policy.gap_weeks),
            gap_weeks=policy.gap_weeks,
        )


def free_colleagues(seats: Collection[Attendance]) -> dict[int, list[Colleague]]:
    """For each seat (its key) those of its studio who are free that day, ranked; seats bring their appointment."""
    if not seats:
        return {}
    field = _field(seats)
    policies = DutyPolicy.objects.timetable(seat.appointment.county_id for seat in seats)
    return {
        seat.pk: field.free_for(seat, policies.on(seat.appointment.county_id, seat.appointment.held_on))
        for seat in seats
    }


def exchanges_for(seat: Attendance, today: date) -> list[Colleague]:
    """Colleagues with a duty the owner of `seat` could keep in return, one duty each, ranked.

    The rest between duties is judged as if both had already changed hands.
    """
    meeting, owner = seat.appointment, seat.representative
    policy = DutyPolicy.objects.in_force(meeting.county, meeting.held_on)
    field = _field([seat])
    free = field.free_for(seat, policy)
    own = [day for day, key in _duties([owner.pk], today)[owner.pk] if key != seat.pk]
    busy = _busy([owner.pk], today, today + LOOK_AHEAD)
    backs = _given_back([colleague.person.pk for colleague in free], owner, today, policy)
    found = []
    for colleague in free:
        for back in backs[colleague.person.pk]:
            day = back.appointment.held_on
            others = [held_on for held_on, key in field.duties[colleague.person.pk] if key != back.pk]
            near = breaks_gap(day, own, policy.gap_weeks) or breaks_gap(meeting.held_on, others, policy.gap_weeks)
            if (owner.pk, day) not in busy and not near:
                found.append(replace(colleague, too_near=None, in_return=back))
                break
    return found


def _given_back(
    people: Iterable[int], owner: Representative, today: date, policy: DutyPolicy
) -> dict[int, list[Attendance]]:
    """Duties `people` can still give, in studios of `owner`, the nearest first."""
    seats = (
        Attendance.objects.of_kind(AppointmentKind.REGULAR)
        .between(today, today + LOOK_AHEAD)
        .filter(
            representative__in=list(people),
            status=AttendanceStatus.EXPECTED,
            appointment__status=AppointmentStatus.PLANNED,
            appointment__studio__in=owner.studios.all(),
        )
    )
    found = defaultdict(list)
    for seat in seats.select_related("appointment__studio").order_by("appointment__held_on", "pk"):
        if last_day([seat.appointment.held_on], policy.swap_days) >= today:
            found[seat.representative_id].append(seat)
    return found


def _field(seats: Collection[Attendance]) -> Field:
    studios = {seat.appointment.studio_id for seat in seats if seat.appointment.studio_id}
    active = (
        Representative.objects.active()
        .standing()
        .in_bulk(
            Representative.studios.through.objects.filter(studio_id__in=studios).values_list(
                "representative_id", flat=True
            )
        )
    )
    people = defaultdict(list)
    attached = Representative.studios.through.objects.filter(studio_id__in=studios, representative_id__in=active)
    for person, studio in attached.values_list("representative_id", "studio_id"):
        people[studio].append(active[person])
    days = [seat.appointment.held_on for seat in seats]
    return Field(people, _duties(active, min(days)), _busy(active, min(days), max(days)))


def _duties(people: Iterable[int], day: date) -> Duties:
    """Regular duties kept or still to be kept, from a year before `day` on."""
    kept = [AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT]
    seats = Attendance.objects.of_kind(AppointmentKind.REGULAR).between(day - LOOK_BACK, date.max)
    seats = seats.filter(representative__in=list(people), status__in=kept)
    seats = seats.exclude(appointment__status=AppointmentStatus.CANCELLED)
    found: Duties = defaultdict(list)
    for person, held_on, key in seats.values_list("representative_id", "appointment__held_on", "pk"):
        found[person].append((held_on, key))
    return found


def _busy(people: Iterable[int], first: date, last: date) -> frozenset[tuple[int, date]]:
    return frozenset((busy.representative_id, busy.day) for busy in busy_days(people, first, last))
