"""What an office is told about its rosters. Rows only: the sweep sends them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from appointments.enums import AttendanceStatus
from appointments.models import Attendance
from notifications.models import Reminder, role_address
from notifications.registry import Verdict, register, send
from notifications.services import ReminderDraft, schedule_reminders
from representatives.models import Representative

VACANCY = "appointments.vacancy"
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


def check_vacancy(_reminder: Reminder, _now: datetime) -> Verdict:
    """That a seat became a gap stays true."""
    return send()


def _where(seat: Attendance) -> str:
    day = seat.appointment.held_on
    return f"{day.month}月{day.day}日 {seat.appointment.studio or seat.appointment.venue}"


register(VACANCY, check_vacancy)
