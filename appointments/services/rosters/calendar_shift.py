"""What a change of the office calendar does to rosters (domain.md §4): the only writer of it."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from appointments.enums import AppointmentStatus, RosterStatus
from appointments.models import Appointment, Roster
from appointments.services.rosters.drafting import refill_draft
from appointments.services.rosters.errors import RosterError
from studios.calendar import OfficeCalendar
from studios.dependents import CalendarShift, Effect


def recompute_rosters(shift: CalendarShift) -> Iterator[Effect]:
    """Fit drafts to the new calendar by their own rule for holidays; say what it means for published rosters.

    A published duty stays until the office decides: it is only named. Drafts keep every seat that still holds.
    """
    today, changed = timezone.localdate(shift.now), shift.days_that_changed()
    rosters = Roster.objects.exclude(status=RosterStatus.ARCHIVED).filter(last_on__gte=today)
    for roster in rosters.select_related("county", "delegation__county", "created_by").order_by("pk"):
        touched = {day for day in changed if roster.first_on <= day <= roster.last_on and day >= today}
        if touched and roster.is_draft:
            yield from _fitted(roster)
        elif touched:
            yield from _to_decide(roster, touched, shift)
        elif shift.became_certain(roster.first_on, roster.last_on):
            yield _effect(roster, "日期暂定", "放假安排已公布，日期不变")


def _fitted(roster: Roster) -> Iterator[Effect]:
    before = _days_words(roster)
    try:
        refill_draft(roster=roster, actor=roster.created_by)
    except RosterError as error:
        yield _effect(roster, before, str(error))
        return
    if (after := _days_words(roster)) != before:
        yield _effect(roster, before, after)


def _to_decide(roster: Roster, touched: set[date], shift: CalendarShift) -> Iterator[Effect]:
    planned = Appointment.objects.filter(roster=roster, status=AppointmentStatus.PLANNED, held_on__in=touched)
    days = sorted(set(planned.values_list("held_on", flat=True)))
    for day in days:
        before, after = _kind_words(day, shift.before), _kind_words(day, shift.after)
        yield _effect(roster, f"{day:%m月%d日}{before}", f"{after}，值班已公布，请在值班表上决定照常、改期或取消")


def _days_words(roster: Roster) -> str:
    days = sorted(set(roster.seats.values_list("held_on", flat=True)))
    return f"值班 {len(days)} 天：" + "、".join(f"{day.month}.{day.day}" for day in days)


def _kind_words(day: date, calendar: OfficeCalendar) -> str:
    return "放假" if calendar.is_holiday(day) else "不放假"


def _effect(roster: Roster, before: str, after: str) -> Effect:
    return Effect(roster.county_id, f"roster:{roster.pk}", str(roster), roster.get_absolute_url(), before, after)
