"""The sessions of one day whose attendance somebody takes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.dateparse import parse_date

from accounts.models import User
from accounts.paging import Page, keyset_page
from appointments.models import Appointment, Attendance
from appointments.presence import LOG, RELATED, ShownSeat, shown

SESSIONS_A_PAGE = 20
WRONG_DAY = "日期请按“2026-11-28”填写，下面是今天的。"


@dataclass(frozen=True)
class Session:
    """One appointment with its seats as they are now."""

    meeting: Appointment
    seats: list[ShownSeat]


@dataclass(frozen=True)
class DayOfSessions:
    """A day, its sessions, and the nearest days before and after on which there are any."""

    on: date
    sessions: list[Session]
    page: Page
    before: date | None
    after: date | None


def day_asked(query: QueryDict, today: date) -> tuple[date, str]:
    """The day `on` names, and what was wrong with it ("" for nothing): then today."""
    text = query.get("on", "")
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    return found or today, WRONG_DAY if text and not found else ""


def sessions_on(user: User, on: date, query: QueryDict, now: datetime) -> DayOfSessions:
    """The sessions of `on` that `user` tends, twenty a page (the same number of queries for any number)."""
    tended = Appointment.objects.tended_by(user).in_force()
    seats = Attendance.objects.select_related(*RELATED).prefetch_related(*LOG).order_by("pk")
    rows = tended.filter(held_on=on).select_related("studio", "delegation")
    rows = rows.prefetch_related(Prefetch("attendances", queryset=seats, to_attr="seats"))
    page = keyset_page(rows, query, order="id", size=SESSIONS_A_PAGE)
    sessions = [Session(row, [shown(seat, row, now) for seat in row.seats]) for row in page.rows]
    days = tended.order_by("held_on").values_list("held_on", flat=True)
    before, after = days.filter(held_on__lt=on).last(), days.filter(held_on__gt=on).first()
    return DayOfSessions(on, sessions, page, before, after)
