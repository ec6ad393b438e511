"""Who is reminded of a 整改 and of an unannounced year, and when. Rows only: the sweep sends them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from accounts.enums import Role
from accounts.models import Organization
from notifications.models import Reminder, role_address, user_address
from notifications.registry import Verdict, cancel, register
from notifications.services import ReminderDraft, schedule_reminders
from studios.calendar import OfficeCalendar
from studios.clocks import OFFICE_OPENS, SHANGHAI, ladder_day, words
from studios.models import CalendarYear, Rectification, Studio
from studios.sending import in_office_hours
from studios.services.calendar import load_calendar

RECTIFICATION = "studio.rectification"
CALENDAR = "studio.calendar"
CALENDAR_STAGES = (0, 14, 28, 42)
"""Days after 1 November on which an office is told again that next year is not announced."""
LADDER = (-3, 0, 3)
LADDER_LIFE = timedelta(days=90)


def subject_of(rectification: Rectification) -> str:
    """The generic key of a 整改 in the reminder table."""
    return f"rectification:{rectification.pk}"


def schedule_rectification_reminders(rectifications: Iterable[Rectification]) -> None:
    """D−3, D0 and D+3 for the studio's liaisons and its delegation office; repeating it adds nothing.

    Stages already past are written, too: the sweep sends the newest of them and lets the others go.
    """
    rows = list(rectifications)
    if not rows:
        return
    calendar = load_calendar()
    studios = Studio.objects.filter(pk__in={row.studio_id for row in rows}).select_related("delegation")
    recipients = {studio.pk: list(_recipients(studio)) for studio in studios.prefetch_related("liaisons")}
    schedule_reminders(draft for row in rows for draft in _drafts(row, recipients[row.studio_id], calendar))


def check_rectification(reminder: Reminder, now: datetime) -> Verdict:
    """Send only while it is to be mended by that day, to those still in charge, on workdays 08:00–21:00."""
    waiting = Rectification.objects.open().select_related("studio__delegation")
    rectification = waiting.filter(pk=reminder.subject_key).first()
    if rectification is None or _occurrence(rectification) != reminder.occurrence:
        return cancel("整改已销号、期限已变或工作室已撤销")
    if reminder.recipient not in _recipients(rectification.studio):
        return cancel("不再是这个工作室的联络员")
    return in_office_hours(now)


def subject_of_year(year: int) -> str:
    """The generic key of a year of the office calendar in the reminder table."""
    return f"calendar-year:{year}"


def remind_unannounced(today: date) -> int | None:
    """From 1 November until the next year is announced: rows for every county office; repeating it adds nothing.

    Returns the year that is awaited. Stages behind are written, too: the sweep sends the newest of them.
    """
    year = CalendarYear.objects.awaited(today)
    if year is not None:
        schedule_reminders(
            draft for county in Organization.objects.counties() for draft in _calendar_drafts(county, year)
        )
    return year


def check_calendar(reminder: Reminder, now: datetime) -> Verdict:
    """Send only while the year is not announced, on workdays 08:00–21:00."""
    if CalendarYear.objects.filter(year=reminder.subject_key, is_announced=True).exists():
        return cancel("放假安排已录入")
    return in_office_hours(now)


def _calendar_drafts(county: Organization, year: int) -> Iterator[ReminderDraft]:
    first = datetime.combine(date(year - 1, 11, 1), OFFICE_OPENS, SHANGHAI)
    for offset in CALENDAR_STAGES:
        yield ReminderDraft(
            kind=CALENDAR,
            subject=subject_of_year(year),
            occurrence=str(year),
            offset=offset,
            recipient=role_address(Role.COUNTY_OFFICE, county),
            title=f"{year}年放假安排还没有录入",
            body="跨年的期限和值班都是暂定。国务院公布后，请把通知粘贴到办公日历。",
            url=f"{reverse('studios:calendar_import')}?year={year}",
            due_at=first + timedelta(days=offset),
            expires_at=datetime.combine(date(year, 1, 1), OFFICE_OPENS, SHANGHAI),
        )


def _recipients(studio: Studio) -> Iterator[str]:
    yield role_address(Role.DELEGATION_OFFICE, studio.delegation)
    yield from (user_address(user) for user in studio.liaisons.all() if user.is_active)


def _occurrence(rectification: Rectification) -> str:
    """A new due date makes reminders of the old one void."""
    return f"due-{rectification.due_on}"


def _drafts(row: Rectification, recipients: list[str], calendar: OfficeCalendar) -> Iterator[ReminderDraft]:
    for offset in LADDER:
        due_at = datetime.combine(ladder_day(row.due_on, offset, calendar), OFFICE_OPENS, SHANGHAI)
        for recipient in recipients:
            yield ReminderDraft(
                kind=RECTIFICATION,
                subject=subject_of(row),
                occurrence=_occurrence(row),
                offset=offset,
                recipient=recipient,
                title=f"整改{_stage(offset, row.due_on)}：{row.opened_by.item.text}",
                body=f"{row.studio} · {row.opened_by.note}",
                url=reverse("studios:inspection_history", args=[row.studio_id]),
                due_at=due_at,
                expires_at=due_at + LADDER_LIFE,
            )


def _stage(offset: int, due_on: date) -> str:
    if offset < 0:
        return f"{words(due_on)}到期"
    return f"{words(due_on)}当日到期" if offset == 0 else f"已逾期（{words(due_on)}到期）"


register(RECTIFICATION, check_rectification)
register(CALENDAR, check_calendar)
