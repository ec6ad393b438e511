"""When a 会办 unit is reminded of the 会签 it owes: by a ladder of its own, for it has its own day (domain.md §6.2)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from accounts.enums import Role
from notifications.models import Reminder, role_address
from notifications.registry import Verdict, cancel, register
from notifications.services import ReminderDraft
from studios.calendar import OfficeCalendar
from studios.clocks import OFFICE_OPENS, SHANGHAI, ladder_day, words
from studios.sending import in_office_hours
from suggestions.deadlines import Rules, stage_kind
from suggestions.enums import HANDLING_STATES, SupervisionKind
from suggestions.models import Assignment, Suggestion

COUNTERSIGN = "suggestion.countersign"
LIFE = timedelta(days=90)


def countersign_reminders(
    case: Suggestion, rules: Rules, calendar: OfficeCalendar, today: date
) -> Iterator[ReminderDraft]:
    """The stages of the ladder still ahead of `today`, for the handlers of every 会办 unit that owes its 会签.

    A stage of 挂牌 speaks of the case as a whole, and to those who answer it.
    """
    for row in case.assignments_in_force:
        if not row.awaits_countersign:
            continue
        for offset in rules.ladder:
            day = ladder_day(row.due_on, offset, calendar)
            if stage_kind(offset, rules) != SupervisionKind.LISTED and day > today:
                yield _draft(case, row, offset, datetime.combine(day, OFFICE_OPENS, SHANGHAI))


def check_countersign(reminder: Reminder, now: datetime) -> Verdict:
    """Send only while the 会签 it was written for is awaited by that day, on workdays 08:00–21:00."""
    case = Suggestion.objects.prefetch_related("assignments").get(pk=reminder.subject_key)
    awaited = (row for row in case.assignments_in_force if row.awaits_countersign)
    if case.state not in HANDLING_STATES or reminder.occurrence not in {_occurrence(row) for row in awaited}:
        return cancel("已会签、已免会签或期限已变")
    return in_office_hours(now)


def _draft(case: Suggestion, row: Assignment, offset: int, due_at: datetime) -> ReminderDraft:
    return ReminderDraft(
        kind=COUNTERSIGN,
        subject=f"suggestion:{case.pk}",
        occurrence=_occurrence(row),
        offset=offset,
        recipient=role_address(Role.UNIT_HANDLER, row.unit),
        title=f"{_stage(offset, row.due_on)}：{case.title}",
        body=f"{case.number} · 主办 {case.unit}",
        url=case.get_absolute_url(),
        due_at=due_at,
        expires_at=due_at + LIFE,
    )


def _occurrence(row: Assignment) -> str:
    """Names one charge of one helper: another assignment, round or day makes reminders of the old one void."""
    return f"c{row.pk}-{row.due_on}"


def _stage(offset: int, due_on: date) -> str:
    if offset < 0:
        return f"请在{words(due_on)}前会签"
    return f"今天应会签（{words(due_on)}到期）" if offset == 0 else f"催会签（{words(due_on)}已到期）"


register(COUNTERSIGN, check_countersign)
