"""What an office and a representative are told about rosters and duties. Rows only: the sweep sends them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from appointments import roster_news  # noqa: F401 - registers its kinds of reminders
from appointments.enums import AttendanceStatus
from appointments.models import Attendance, DutyPolicy
from notifications.models import Reminder, role_address, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft, schedule_reminders
from representatives.models import Representative
from studios.clocks import OFFICE_OPENS, SHANGHAI, words

VACANCY = "appointments.vacancy"
DUTY = "appointments.duty"
NEWS_LIFE = timedelta(days=60)


def tell_vacancies(representative: Representative, seats: Iterable[Attendance], since: date, occasion: str) -> None:
    """Tell the office of each delegation which of its seats became gaps; the same `occasion` twice is one message."""
    by_delegation = defaultdict(list)
    for seat in seats:
        by_delegation[seat.appointment.delegation].append(seat)
    now = timezone.now()
    gaps = urlencode({"status": AttendanceStatus.VACANT, "from": since.isoformat()})
    schedule_reminders(
        ReminderDraft(
            kind=VACANCY,
            subject=f"representative:{representative.pk}",
            occurrence=occasion,
            offset=0,
            recipient=role_address(Role.DELEGATION_OFFICE, delegation),
            title=f"{len(vacant)} 个席位空缺：{representative.name}{representative.status_words}",
            body="；".join(_where(seat) for seat in vacant),
            url=f"{reverse('appointments:attendance_list')}?{gaps}",
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for delegation, vacant in by_delegation.items()
    )


def schedule_duty_reminders(seats: Iterable[Attendance]) -> None:
    """Tell each representative of their seat some days ahead (DutyPolicy.reminder_days), one row a seat and stage.

    A seat that changes gets rows of its new `sequence`; those of the old one cancel themselves. Stages already past
    are left out, except that the nearest one still says what was arranged on short notice.
    """
    now, rows = timezone.now(), list(seats)
    policies = DutyPolicy.objects.filter(county__in={seat.appointment.county_id for seat in rows})
    newest_first = list(policies.order_by("-effective_from"))
    schedule_reminders(draft for seat in rows for draft in _duty_drafts(seat, _policy_of(seat, newest_first), now))


def check_duty(reminder: Reminder, _now: datetime) -> Verdict:
    """Send only while the seat is the person's to keep, at the time the reminder names."""
    seat = Attendance.objects.standing().filter(pk=int(reminder.subject.split(":")[1])).first()
    if seat is None or duty_occurrence(seat) != reminder.occurrence:
        return cancel("值班已变更")
    return send()


def duty_occurrence(seat: Attendance) -> str:
    """Names one arrangement of one seat: a change of the seat or of its appointment makes old reminders void."""
    return f"s{seat.sequence}-a{seat.appointment.sequence}"


def _policy_of(seat: Attendance, newest_first: Iterable[DutyPolicy]) -> DutyPolicy:
    """The one in force on the day of `seat`, found without a query."""
    county, day = seat.appointment.county_id, seat.appointment.held_on
    in_force = (row for row in newest_first if row.county_id == county and row.effective_from <= day)
    return next(in_force, DutyPolicy(county_id=county, effective_from=day))


def _duty_drafts(seat: Attendance, policy: DutyPolicy, now: datetime) -> list[ReminderDraft]:
    user, meeting = seat.representative.user, seat.appointment
    if user is None or not policy.reminder_days:
        return []
    begins = datetime.combine(meeting.held_on, meeting.starts_at, SHANGHAI)
    moments = {days: _morning_before(meeting.held_on, days) for days in policy.reminder_days}
    ahead = {days: at for days, at in moments.items() if at >= now} or {min(moments): now}
    return [
        ReminderDraft(
            kind=DUTY,
            subject=f"attendance:{seat.pk}",
            occurrence=duty_occurrence(seat),
            offset=-days,
            recipient=user_address(user),
            title=f"{words(meeting.held_on)}{meeting.get_kind_display()}：{meeting.studio or meeting.venue}",
            body=f"{meeting.starts_at:%H:%M}—{meeting.ends_at:%H:%M}",
            url=reverse("reports:me"),
            due_at=at,
            expires_at=begins,
        )
        for days, at in ahead.items()
        if at < begins
    ]


def _morning_before(day: date, days: int) -> datetime:
    return datetime.combine(day - timedelta(days=days), OFFICE_OPENS, SHANGHAI)


def check_vacancy(_reminder: Reminder, _now: datetime) -> Verdict:
    """That a seat became a gap stays true."""
    return send()


def _where(seat: Attendance) -> str:
    day = seat.appointment.held_on
    return f"{day.month}月{day.day}日 {seat.appointment.studio or seat.appointment.venue}"


register(VACANCY, check_vacancy)
register(DUTY, check_duty)
