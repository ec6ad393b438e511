"""What became of each seat of a published roster: who keeps it now, who kept it before, whether it was moved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from appointments.enums import AppointmentStatus, AttendanceStatus
from appointments.models import Appointment, Attendance, Roster, RosterSeat

GIVEN_AWAY = frozenset({AttendanceStatus.SUBSTITUTED, AttendanceStatus.LEAVE})
EMPTY = GIVEN_AWAY | {AttendanceStatus.VACANT}


@dataclass(frozen=True)
class Standing:
    """One seat today. `keeper` is None for a gap; `before` are those who gave it away, the first first.

    `added` are people who came in besides. `meeting` is None where a gap was not published.
    """

    meeting: Appointment | None = None
    keeper: Attendance | None = None
    before: list[Attendance] = field(default_factory=list)
    added: list[Attendance] = field(default_factory=list)

    @property
    def is_cancelled(self) -> bool:
        return self.meeting is not None and self.meeting.status == AppointmentStatus.CANCELLED

    @property
    def is_changed(self) -> bool:
        moved = self.meeting is not None and self.meeting.moved_from is not None
        return bool(self.before or self.added or self.is_cancelled or moved)


def standings(roster: Roster, seats: Iterable[RosterSeat]) -> dict[int, Standing]:
    """The standing of each of `seats` by key (two queries)."""
    rows = Attendance.objects.select_related("representative").order_by("pk")
    meetings = roster.appointments.prefetch_related(Prefetch("attendances", queryset=rows, to_attr="seats"))
    by_place = {(row.studio_id, row.moved_from or row.held_on): row for row in meetings}
    sessions: dict[tuple[int, date], list[RosterSeat]] = defaultdict(list)
    for seat in seats:
        sessions[seat.studio_id, seat.held_on].append(seat)
    found: dict[int, Standing] = {}
    for place, session in sessions.items():
        found |= _of_session(by_place.get(place), session)
    return found


def _of_session(meeting: Appointment | None, session: list[RosterSeat]) -> dict[int, Standing]:
    if meeting is None:
        return {seat.pk: Standing() for seat in session}
    chains = chains_of(meeting.seats)  # type: ignore[attr-defined]
    found, rest = {}, dict(chains)
    for seat in session:
        if chain := rest.pop(seat.representative_id or 0, None):
            found[seat.pk] = _standing(meeting, chain)
    for seat in session:  # people who came in later fill the gaps, the first gap first
        if seat.pk not in found:
            chain = rest.pop(next(iter(rest), 0), [])
            found[seat.pk] = _standing(meeting, chain, was_gap=True)
    for chain in rest.values():
        if (added := _standing(meeting, chain)).keeper:
            found[session[0].pk].added.append(added.keeper)
    return found


def chains_of(rows: Iterable[Attendance]) -> dict[int, list[Attendance]]:
    """Attendances of one appointment as chains from hand to hand, by the representative each began with."""
    attendances = list(rows)
    followers = {row.replaces_id: row for row in attendances if row.replaces_id}
    chains = {}
    for row in attendances:
        if row.replaces_id is None:
            chain = [row]
            while chain[-1].pk in followers:
                chain.append(followers[chain[-1].pk])
            chains[row.representative_id] = chain
    return chains


def _standing(meeting: Appointment, chain: list[Attendance], *, was_gap: bool = False) -> Standing:
    keepers = [row for row in chain if row.status not in EMPTY]
    if not keepers:
        return Standing(meeting, None, chain)
    keeper = keepers[-1]
    before = chain[: chain.index(keeper)]
    standing = Standing(meeting, keeper, before)
    if was_gap:
        standing.added.append(keeper)
    return standing
