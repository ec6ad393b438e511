"""When the duties of the past two years were made public: most of them in time, some too late."""

from datetime import timedelta

from appointments.announcing import announced
from appointments.models import Appointment, DutyPolicy

IN_TIME, TOO_LATE = timedelta(days=5), timedelta(days=1)
ONE_IN = 41


def announce(meeting: Appointment, turn: int) -> Appointment:
    """`meeting`, not saved, announced some days ahead; one in `ONE_IN` on the eve of it."""
    ahead = TOO_LATE if turn % ONE_IN == 0 else IN_TIME
    return announced(meeting, meeting.held_on - ahead, DutyPolicy())
