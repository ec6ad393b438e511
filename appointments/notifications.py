"""What an office and a representative are told about rosters and duties. Rows only: the sweep sends them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from appointments.enums import AttendanceStatus
from appointments.models import Appointment, Attendance, DutyPolicy
from notifications.models import Reminder, role_address, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft, schedule_reminders
from representatives.models import Representative
from studios.clocks import OFFICE_OPENS, SHANGHAI, words

VACANCY = "appointments.vacancy"
DUTY = "appointments.duty"
UNCONFIRMED = "appointments.unconfirmed"
NEWS_LIFE = timedelta(days=60)
EVENING, UNCONFIRMED_LIFE = time(18), timedelta(days=7)
Row = TypeVar("Row", bound=Model)


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
    """Tell each representative of their seat some days ahead (DutyPolicy.reminder_days), one row a seat and stage, and
    the liaisons in the evening if nobody wrote down who came, one row a session and liaison.

    Somebody without an account is told by the studio's liaisons. A seat that changes gets rows of its new `sequence`;
    those of the old one cancel themselves. Stages already past are left out, except that the nearest one still says
    what was arranged on short notice. The same number of queries for any number of seats; twice is once.
    """
    schedule_reminders(duty_drafts(seats))


def duty_drafts(seats: Iterable[Attendance]) -> list[ReminderDraft]:
    """Every reminder that `seats` call for now; the audit compares them with the rows."""
    rows, now = list(seats), timezone.now()
    prefetch_related_objects(rows, "representative__user", "appointment__studio__liaisons", "appointment__delegation")
    policies = DutyPolicy.objects.timetable(seat.appointment.county_id for seat in rows)
    drafts = []
    for seat in rows:
        policy = policies.on(seat.appointment.county_id, seat.appointment.held_on)
        drafts += _duty_drafts(seat, policy.reminder_days, now)
    sessions = {seat.appointment_id: seat.appointment for seat in rows}
    return drafts + [draft for meeting in sessions.values() for draft in _evening_drafts(meeting, now)]


def check_duty(reminder: Reminder, _now: datetime) -> Verdict:
    """Send only while the seat is the person's to keep, at the time and to whom the reminder names."""
    seat = _about(Attendance.objects.standing().select_related("representative__user"), reminder)
    if seat is None or duty_occurrence(seat) != reminder.occurrence:
        return cancel("值班已变更")
    if reminder.recipient not in {user_address(user) for user in _told_of(seat)}:
        return cancel("不再由这个账号接收")
    return send()


def check_unconfirmed(reminder: Reminder, _now: datetime) -> Verdict:
    """Send only while somebody's coming is not written down, to those who take the attendance now."""
    meeting = _about(Appointment.objects.in_force().select_related("studio", "delegation"), reminder)
    if meeting is None or session_occurrence(meeting) != reminder.occurrence:
        return cancel("约见已变更")
    if not meeting.attendances.filter(status=AttendanceStatus.EXPECTED).exists():
        return cancel("已登记到岗")
    return send() if reminder.recipient in _takers(meeting) else cancel("不再由这个账号登记")


def duty_occurrence(seat: Attendance) -> str:
    """Names one arrangement of one seat: a change of the seat or of its appointment makes old reminders void."""
    return f"s{seat.sequence}-a{seat.appointment.sequence}"


def session_occurrence(meeting: Appointment) -> str:
    """Names one arrangement of one session, as `duty_occurrence` does of a seat."""
    return f"a{meeting.sequence}"


def _duty_drafts(seat: Attendance, days_ahead: list[int], now: datetime) -> list[ReminderDraft]:
    meeting, person = seat.appointment, seat.representative
    if not days_ahead:
        return []
    begins = datetime.combine(meeting.held_on, meeting.starts_at, SHANGHAI)
    moments = {days: _morning_before(meeting.held_on, days) for days in days_ahead}
    ahead = {days: at for days, at in moments.items() if at >= now} or {min(moments): now}
    relay = "" if person.user else f"请转告{person.name}（没有账号）："
    return [
        ReminderDraft(
            kind=DUTY,
            subject=f"attendance:{seat.pk}",
            occurrence=duty_occurrence(seat),
            offset=-days,
            recipient=user_address(user),
            title=f"{relay}{words(meeting.held_on)}{meeting.get_kind_display()}：{meeting.where}",
            body=f"{meeting.starts_at:%H:%M}—{meeting.ends_at:%H:%M}",
            url=reverse("appointments:my_duty") if person.user else meeting.get_absolute_url(),
            due_at=at,
            expires_at=begins,
        )
        for days, at in ahead.items()
        if at < begins
        for user in _told_of(seat)
    ]


def _evening_drafts(meeting: Appointment, now: datetime) -> list[ReminderDraft]:
    due_at = datetime.combine(meeting.held_on, EVENING, SHANGHAI)
    day = urlencode({"on": meeting.held_on.isoformat()})
    return [
        ReminderDraft(
            kind=UNCONFIRMED,
            subject=f"appointment:{meeting.pk}",
            occurrence=session_occurrence(meeting),
            offset=0,
            recipient=recipient,
            title=f"请登记到岗：{words(meeting.held_on)}{meeting.get_kind_display()}（{meeting.where}）",
            body="还没有登记谁到岗、谁请假、谁缺勤。",
            url=f"{reverse('appointments:attendance_day')}?{day}",
            due_at=due_at,
            expires_at=due_at + UNCONFIRMED_LIFE,
        )
        for recipient in _takers(meeting)
        if now < due_at + UNCONFIRMED_LIFE
    ]


def _told_of(seat: Attendance) -> list[User]:
    """Who is told of a duty: its representative, or the studio's liaisons where they have no account."""
    if seat.representative.user:
        return [seat.representative.user]
    return list(seat.appointment.studio.liaisons.all()) if seat.appointment.studio else []


def _takers(meeting: Appointment) -> list[str]:
    """Addresses of those who take the attendance: the studio's liaisons, else the delegation's office."""
    liaisons = list(meeting.studio.liaisons.all()) if meeting.studio else []
    if liaisons:
        return [user_address(user) for user in liaisons]
    return [role_address(Role.DELEGATION_OFFICE, meeting.delegation)]


def _about(rows: QuerySet[Row], reminder: Reminder) -> Row | None:
    """The row a reminder is about, if it is among `rows`."""
    return rows.filter(pk=reminder.subject_key).first()


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
register(UNCONFIRMED, check_unconfirmed)
