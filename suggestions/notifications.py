"""Who is told what about a case, and when (domain.md §6.2 ladder). Rows only: the sweep sends them."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.enums import Role
from notifications.models import Reminder, role_address, user_address
from notifications.registry import Verdict, cancel, later, register, send
from notifications.services import ReminderDraft, schedule_reminders
from studios.clocks import OFFICE_OPENS, SHANGHAI, ladder_day, next_sending_time, words
from studios.services import load_calendar
from suggestions.enums import HANDLING_STATES, Level
from suggestions.models import DeadlinePolicy, Suggestion

NEWS = "suggestion.news"
DEADLINE = "suggestion.deadline"
NEWS_LIFE = timedelta(days=60)
LADDER_LIFE = timedelta(days=90)
SUPERVISED_FROM, LISTED_FROM = 3, 7


def subject_of(case: Suggestion) -> str:
    """The generic key of a case in the reminder table."""
    return f"suggestion:{case.pk}"


def deadline_version(case: Suggestion) -> str:
    """Names one clock of one case: a new round, assignment or due date makes reminders of the old one void."""
    lead = next((item.pk for item in case.assignments_in_force), 0)
    return f"r{case.round}-a{lead}-{case.due_on}"


def tell_author(case: Suggestion, title: str, body: str) -> None:
    """News for whoever wrote the case."""
    _tell(case, [user_address(case.created_by)], title, body)


def tell_representative(case: Suggestion, title: str, body: str) -> None:
    """News for the representative, if they have an account."""
    if case.representative.user is not None:
        _tell(case, [user_address(case.representative.user)], title, body)


def tell_liaisons(case: Suggestion, title: str, body: str) -> None:
    """News for the liaisons of the studio."""
    liaisons = case.studio.liaisons.filter(is_active=True) if case.studio else ()
    _tell(case, [user_address(user) for user in liaisons], title, body)


def tell_unit(case: Suggestion, title: str, body: str) -> None:
    """News for every unit that handles the case now."""
    _tell(case, [role_address(Role.UNIT_HANDLER, row.unit) for row in case.assignments_in_force], title, body)


def tell_office(case: Suggestion, title: str, body: str) -> None:
    """News for the office that has the next step: the assigner, or before that the delegation."""
    _tell(case, [_office_address(case)], title, body)


def schedule_ladder(case: Suggestion, today: date) -> None:
    """One row per stage and recipient for the clock now running; repeating it adds nothing."""
    policy = DeadlinePolicy.objects.in_force(case.county, today)
    calendar = load_calendar()
    assert case.due_on is not None and case.unit is not None  # a running clock has both
    drafts = []
    for offset in policy.ladder:
        day = ladder_day(case.due_on, offset, calendar)
        if day <= today:
            continue  # the news of the assignment says it already
        due_at = datetime.combine(day, OFFICE_OPENS, SHANGHAI)
        drafts += [
            ReminderDraft(
                kind=DEADLINE,
                subject=subject_of(case),
                occurrence=deadline_version(case),
                offset=offset,
                recipient=recipient,
                title=f"{_stage(offset, case.due_on)}：{case.title}",
                body=f"{case.number} · {case.unit}",
                url=case.get_absolute_url(),
                due_at=due_at,
                expires_at=due_at + LADDER_LIFE,
            )
            for recipient in _ladder_recipients(case, offset)
        ]
    schedule_reminders(drafts)


def check_deadline(reminder: Reminder, now: datetime) -> Verdict:
    """Send only while the clock the reminder was written for still runs, on workdays 08:00–21:00."""
    case = Suggestion.objects.prefetch_related("assignments").get(pk=int(reminder.subject.split(":")[1]))
    if case.state not in HANDLING_STATES or deadline_version(case) != reminder.occurrence:
        return cancel("期限已变或已经答复")
    at = next_sending_time(now, load_calendar())
    return send() if at == now else later(at)


def check_news(_reminder: Reminder, _now: datetime) -> Verdict:
    """News of a step that was taken stays true."""
    return send()


def _tell(case: Suggestion, recipients: list[str], title: str, body: str) -> None:
    now = timezone.now()
    schedule_reminders(
        ReminderDraft(
            kind=NEWS,
            subject=subject_of(case),
            occurrence=f"v{case.version}",
            offset=0,
            recipient=recipient,
            title=title,
            body=body,
            url=case.get_absolute_url(),
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for recipient in recipients
    )


def _office_address(case: Suggestion) -> str:
    if case.assigned_level == Level.COUNTY:
        return role_address(Role.COUNTY_OFFICE, case.county)
    return role_address(Role.DELEGATION_OFFICE, case.delegation)


def _ladder_recipients(case: Suggestion, offset: int) -> list[str]:
    """D+3 goes to the unit's leader as well, D+7 to the county office as well."""
    assert case.unit is not None  # a running clock has one
    recipients = [role_address(Role.UNIT_HANDLER, case.unit)]
    if offset >= LISTED_FROM:
        return [*recipients, role_address(Role.COUNTY_OFFICE, case.county)]
    if offset >= SUPERVISED_FROM:
        return [*recipients, role_address(Role.LEADER, case.unit)]
    return recipients


def _stage(offset: int, due_on: date) -> str:
    if offset < 0:
        return f"{words(due_on)}到期"
    if offset == 0:
        return f"{words(due_on)}当日到期"
    if offset < SUPERVISED_FROM:
        return f"催办（{words(due_on)}已到期）"
    if offset < LISTED_FROM:
        return f"督办（{words(due_on)}已到期）"
    return f"挂牌通报（{words(due_on)}已到期）"


register(NEWS, check_news)
register(DEADLINE, check_deadline)
