"""A seat as the pages of attendance show it: its state in words, and what can be written down now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from appointments.enums import AttendanceStatus
from appointments.models import Appointment, Attendance, AttendanceEntry
from appointments.services.attendance import WRITABLE, ends_at, opens_at
from studios.clocks import SHANGHAI

RELATED = ("representative", "replaces__representative")
LOG = ("entries__actor", "replaced_by__representative")


@dataclass(frozen=True)
class ShownSeat:
    """One seat now: `words` for its state, `tone` for its colour, and which steps are offered."""

    seat: Attendance
    words: str
    tone: str
    may_be_present: bool
    may_be_missing: bool
    may_be_covered: bool
    may_be_corrected: bool

    @property
    def is_given_away(self) -> bool:
        """The old name is struck through: somebody else keeps the seat, or nobody."""
        return self.seat.status in {AttendanceStatus.SUBSTITUTED, AttendanceStatus.VACANT}

    @property
    def log(self) -> Iterable[AttendanceEntry]:
        return self.seat.entries.all()


def shown_seats(meeting: Appointment, now: datetime) -> list[ShownSeat]:
    """Every seat of `meeting` (five queries)."""
    seats = meeting.attendances.select_related(*RELATED).prefetch_related(*LOG).order_by("pk")
    return [shown(seat, meeting, now) for seat in seats]


def shown(seat: Attendance, meeting: Appointment, now: datetime) -> ShownSeat:
    """One seat of `meeting` as of `now`; what it needs is loaded."""
    is_waiting = seat.status == AttendanceStatus.EXPECTED and not meeting.is_cancelled
    has_begun, is_over = now >= opens_at(meeting), now >= ends_at(meeting)
    is_absent = seat.status == AttendanceStatus.ABSENT
    successor = getattr(seat, "replaced_by", None)
    return ShownSeat(
        seat,
        *_look(seat, is_late=is_waiting and now.astimezone(SHANGHAI).date() > meeting.held_on),
        may_be_present=is_waiting and has_begun,
        may_be_missing=is_waiting and is_over,
        may_be_covered=(is_waiting or is_absent) and has_begun,
        may_be_corrected=seat.status in WRITABLE and seat.status != AttendanceStatus.EXPECTED and successor is None,
    )


def _look(seat: Attendance, *, is_late: bool) -> tuple[str, str]:
    if is_late:
        return "未登记到岗", "yellow"
    if seat.status == AttendanceStatus.PRESENT and seat.checked_in_at:
        return f"到岗 {timezone.localtime(seat.checked_in_at):%H:%M}", "green"
    tones = {AttendanceStatus.PRESENT: "green", AttendanceStatus.ABSENT: "red"}
    return str(AttendanceStatus(seat.status).label), tones.get(AttendanceStatus(seat.status), "grey")
