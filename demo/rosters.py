"""Published rosters around the duties of the coming weeks, and one seat that changed hands after publishing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from accounts.models import Organization
from appointments.announcing import announced
from appointments.conflicts import conflict
from appointments.enums import OPEN_SWAP_STATES, AppointmentKind, AttendanceStatus, RosterStatus
from appointments.models import Appointment, Attendance, DutyPolicy, Roster, RosterSeat
from appointments.services.rosters.editing import fingerprint
from appointments.services.rosters.overriding import replace_person
from demo.county import County
from demo.meetings import at
from studios.calendar import quarter_bounds

PUBLISHED_AHEAD = timedelta(days=8)
CHANGED_IN = "曲塘镇"


def write_rosters(county: County, today: date) -> None:
    """Hang every planned duty on the published roster of its delegation and quarter; quarters without stay free."""
    planned = (
        Appointment.objects.in_force().of_kind(AppointmentKind.REGULAR).filter(county=county.root, held_on__gte=today)
    )
    meetings = list(planned.select_related("delegation", "studio").prefetch_related("attendances").order_by("held_on"))
    by_period = defaultdict(list)
    for meeting in meetings:
        by_period[meeting.delegation, quarter_bounds(meeting.held_on)].append(meeting)
    rosters = {period: _roster(county, period[0], rows, period[1][1], today) for period, rows in by_period.items()}
    Roster.objects.bulk_create(rosters.values())
    seats = []
    for period, rows in by_period.items():
        own = [seat for meeting in rows for seat in _seats(rosters[period], meeting)]
        rosters[period].content_hash = fingerprint(own)
        seats += own
    RosterSeat.objects.bulk_create(seats)
    Roster.objects.bulk_update(rosters.values(), ["content_hash"])
    for meeting in meetings:
        announced(meeting, today - PUBLISHED_AHEAD, DutyPolicy())
    Appointment.objects.bulk_update(meetings, ["roster", "announced_on", "was_announced_in_time"], batch_size=500)
    _change_one(county, meetings)


def _roster(
    county: County, delegation: Organization, meetings: Iterable[Appointment], last: date, today: date
) -> Roster:
    first = min(meeting.held_on for meeting in meetings)
    roster = Roster(
        county=county.root,
        delegation=delegation,
        first_on=first,
        last_on=last,
        status=RosterStatus.PUBLISHED,
        created_by=county.county_office,
        created_at=at(today - PUBLISHED_AHEAD, 9),
        published_by=county.county_office,
        published_at=at(today - PUBLISHED_AHEAD, 15),
    )
    for meeting in meetings:
        meeting.roster = roster
    return roster


def _seats(roster: Roster, meeting: Appointment) -> Iterable[RosterSeat]:
    for place, row in enumerate(meeting.attendances.all()):
        yield RosterSeat(
            roster=roster,
            held_on=meeting.held_on,
            studio=meeting.studio,
            position=place,
            representative_id=row.representative_id,
            reason="最久没有值班",
        )


def _change_one(county: County, meetings: Iterable[Appointment]) -> None:
    """Somebody else comes to one duty of 曲塘镇 that is not the one `rep` keeps: the schedule shows it as changed."""
    seats = Attendance.objects.filter(
        appointment__in=[meeting.pk for meeting in meetings if meeting.delegation.short_name == CHANGED_IN],
        status=AttendanceStatus.EXPECTED,
    ).exclude(representative__user__username__in=settings.DEMO_ACCOUNTS)
    seats = seats.exclude(swaps__state__in=OPEN_SWAP_STATES)
    for seat in seats.select_related("appointment__delegation", "appointment__studio").order_by("pk"):
        studio = seat.appointment.studio
        assert studio is not None
        for person in studio.representatives.active().exclude(pk=seat.representative_id).order_by("pk"):
            if not conflict(person, seat.appointment):
                replace_person(seat=seat, person=person, reason="原定代表当天外出培训", actor=county.county_office)
                return
