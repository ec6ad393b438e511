"""The only writer of changes to the office calendar (domain.md §4).

The rows are shared by every county of the installation, because the State Council announces for all of them: any
county office may write them, everybody reads them, and the log and the audit say which county's office it was
(docs/decisions/0009). One change is one transaction: rows, announced year, everything that depends on them, the log.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.changes import difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from notifications.services import cancel_reminders
from studios.calendar import OfficeCalendar
from studios.calendar_days import DayChange, Entry, changed, compare, count_words, day_words, fingerprint
from studios.dependents import CalendarShift, Effect, recompute_all
from studios.models import CalendarChange, CalendarEffect, CalendarYear, Holiday
from studios.notifications import CALENDAR, subject_of_year
from studios.services.calendar import load_calendar

BATCH = 1000
PLAIN = "平常"


class CalendarError(Exception):
    """A change that is refused; the message is a sentence for the person."""


class CalendarMovedError(CalendarError):
    """Somebody else has changed the calendar since the person saw what would change."""


def standing_entries(year: int) -> dict[date, Entry]:
    """The days of `year` as they stand, in order."""
    rows = Holiday.objects.filter(date__year=year).values_list("date", "kind", "name")
    return {day: Entry(kind, name) for day, kind, name in rows.order_by("date")}


def planned_changes(year: int, days: Mapping[date, Entry]) -> list[DayChange]:
    """What stands for `year` beside `days`: every day of either. Days of the year before are added, never removed."""
    standing = standing_entries(year)
    before = standing_entries(year - 1)
    standing |= {day: before[day] for day in days if day in before}
    return compare(standing, days)


@transaction.atomic
def announce_year(
    *, year: int, days: Mapping[date, Entry], source: str, actor: User, county: Organization, seen: str
) -> CalendarChange:
    """Replace the days of `year` and mark it as announced.

    `seen` is the fingerprint of the changes the person confirmed. Raises CalendarMovedError when they would be
    others by now, CalendarError when nothing would change.
    """
    _lock(year)
    before = load_calendar()
    changes = changed(planned_changes(year, days))
    if fingerprint(changes) != seen:
        raise CalendarMovedError("您核对之后有人改动了办公日历。已重新比对，请再核对一遍后确认。")
    if not changes and year in before.announced_years:
        raise CalendarError(f"{year}年已经公布，内容和现有的完全一样，不用导入。")
    _write(changes, source)
    CalendarYear.objects.filter(year=year).update(is_announced=True, source=source)
    cancel_reminders(subject_of_year(year), kind=CALENDAR, reason="放假安排已录入")
    summary = f"录入{year}年放假安排：{count_words(changes) or '日子没有变化，由暂定改为已公布'}"
    return _finish(before, year, summary, source, changes, actor, county)


@transaction.atomic
def set_day(*, day: date, entry: Entry | None, reason: str, actor: User, county: Organization) -> CalendarChange:
    """Add, change or (`entry` None) remove one day. Raises CalendarError when the day is that already."""
    _lock(day.year)
    before = load_calendar()
    changes = changed(compare(_standing_on(day), {day: entry} if entry else {}))
    if not changes:
        raise CalendarError(f"{day_words(day)}现在就是这样，没有改动。")
    _write(changes, reason)
    summary = f"{day.year}年{day_words(day)}：{changes[0].label}"
    return _finish(before, day.year, summary, reason, changes, actor, county)


def _standing_on(day: date) -> dict[date, Entry]:
    row = Holiday.objects.filter(date=day).first()
    return {day: Entry(row.kind, row.name)} if row else {}


def _lock(year: int) -> None:
    """One change at a time: every change waits for the years' rows."""
    CalendarYear.objects.get_or_create(year=year)
    list(CalendarYear.objects.select_for_update().order_by("year").values_list("pk", flat=True))


def _write(changes: Sequence[DayChange], source: str) -> None:
    Holiday.objects.filter(date__in=[change.day for change in changes]).delete()
    Holiday.objects.bulk_create(
        Holiday(date=change.day, kind=change.after.kind, name=change.after.name, source=source[:120])
        for change in changes
        if change.after
    )


def _finish(
    before: OfficeCalendar,
    year: int,
    summary: str,
    reason: str,
    changes: Sequence[DayChange],
    actor: User,
    county: Organization,
) -> CalendarChange:
    """Recompute what depends on the calendar, and write the log."""
    now = timezone.now()
    effects = recompute_all(CalendarShift(before, load_calendar(), now))
    change = CalendarChange.objects.create(
        year=year,
        summary=summary,
        reason=reason,
        days=[list(row.line) for row in changes],
        actor=actor,
        county=county,
        at=now,
    )
    _log(change, effects)
    was, to = ({row.line[0]: row.line[place] or PLAIN for row in changes} for place in (1, 2))
    detail = f"{summary}，影响 {len(effects)} 项；{difference_words(was, to)}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="办公日历", detail=detail, county=county)
    return change


def _log(change: CalendarChange, effects: Iterable[Effect]) -> None:
    rows = (CalendarEffect(change=change, **(vars(effect) | {"label": effect.label[:120]})) for effect in effects)
    CalendarEffect.objects.bulk_create(rows, batch_size=BATCH)
