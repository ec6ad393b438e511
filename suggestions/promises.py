"""Promises of class B replies: when a unit is reminded of its own, and what they look like (domain.md §6.1, §6.2)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.enums import Role
from notifications.models import Reminder, role_address
from notifications.registry import Verdict, cancel, register
from notifications.services import ReminderDraft, schedule_reminders
from studios.calendar import OfficeCalendar
from studios.clocks import OFFICE_OPENS, SHANGHAI, Light, ladder_day, running_light, words
from studios.sending import in_office_hours
from studios.services import load_calendar
from suggestions.answers import Answer, open_promises, promised_on
from suggestions.enums import State
from suggestions.models import Suggestion

PROMISE = "suggestion.promise"
STAGES = (-3, 0, 3)
"""Days from the promised day: ahead, on it, and after it (then the county office, too)."""
LIFE = timedelta(days=90)
KEPT_IN = frozenset({State.AWAIT_EVALUATION, State.CLOSED})


def is_waiting(case: Suggestion) -> bool:
    """Relayed with a promise that has not come true yet; of several units with one at least."""
    return case.promise_on is not None and case.fulfilled_on is None and case.state in KEPT_IN


def promise_light(promise_on: date, today: date, yellow_days: int) -> Light:
    """承诺剩 6 天, 承诺逾期 3 天."""
    light = running_light(due_on=promise_on, today=today, yellow_days=yellow_days)
    return Light(light.tone, f"承诺{light.text}")


def schedule_promise(case: Suggestion) -> None:
    """One row per promise, stage and recipient for what was relayed with a promise; repeating it adds nothing."""
    if is_waiting(case):
        schedule_reminders(promise_reminders(case, load_calendar(), timezone.localdate()))


def promise_reminders(case: Suggestion, calendar: OfficeCalendar, today: date) -> list[ReminderDraft]:
    """The stages still ahead of `today`, of every promise that waits, to the unit that made it."""
    if not is_waiting(case):
        return []
    return [draft for promise in open_promises(case) for draft in _stages(case, promise, calendar, today)]


def occurrence_of(promise: Answer) -> str:
    """Names one promise of one case: a new round or another day makes reminders of the old one void."""
    part = f"-a{promise.assignment.pk}" if promise.is_part else ""
    return f"r{promise.reply.round}{part}-{promised_on(promise)}"


def check_promise(reminder: Reminder, now: datetime) -> Verdict:
    """Send only while the promise it was written for still waits, on workdays 08:00–21:00."""
    case = Suggestion.objects.prefetch_related("replies", "assignments__unit").get(pk=reminder.subject_key)
    waiting = open_promises(case) if is_waiting(case) else []
    if reminder.occurrence not in {occurrence_of(promise) for promise in waiting}:
        return cancel("承诺已兑现或已变")
    return in_office_hours(now)


def _stages(case: Suggestion, promise: Answer, calendar: OfficeCalendar, today: date) -> list[ReminderDraft]:
    promised = promised_on(promise)
    handler, county = role_address(Role.UNIT_HANDLER, promise.unit), role_address(Role.COUNTY_OFFICE, case.county)
    days = {offset: ladder_day(promised, offset, calendar) for offset in STAGES}
    return [
        ReminderDraft(
            kind=PROMISE,
            subject=f"suggestion:{case.pk}",
            occurrence=occurrence_of(promise),
            offset=offset,
            recipient=recipient,
            title=f"{_stage(offset, promised)}：{case.title}",
            body=f"{case.number} · {promise.unit}",
            url=case.get_absolute_url(),
            due_at=(due_at := datetime.combine(day, OFFICE_OPENS, SHANGHAI)),
            expires_at=due_at + LIFE,
        )
        for offset, day in days.items()
        if day > today
        for recipient in ([handler, county] if offset > 0 else [handler])
    ]


def _stage(offset: int, promised: date) -> str:
    if offset < 0:
        return f"承诺{words(promised)}完成"
    return f"承诺{words(promised)}当日到期" if offset == 0 else f"承诺已过期（{words(promised)}）"


register(PROMISE, check_promise)
