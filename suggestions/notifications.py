"""Who is told what about a case, and when (domain.md §6.2 ladder). Rows only: the sweep sends them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organization
from notifications.models import Reminder, role_address, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import (
    ReminderDraft,
    reminder_rows,
    schedule_reminders,
)
from studios.calendar import OfficeCalendar
from studios.clocks import OFFICE_OPENS, SHANGHAI, end_of_day, ladder_day, words
from studios.sending import in_office_hours
from studios.services import load_calendar
from suggestions.countersigning import countersign_reminders
from suggestions.deadlines import Rules, stage_kind
from suggestions.duties import part_of
from suggestions.enums import ANSWERING, HANDLING_STATES, AssignmentKind, Level, State, SupervisionKind
from suggestions.models import Assignment, DeadlinePolicy, Reply, Suggestion
from suggestions.promises import promise_reminders
from suggestions.querysets import PROMISED, SuggestionQuerySet

NEWS = "suggestion.news"
DEADLINE = "suggestion.deadline"
NEWS_LIFE = timedelta(days=60)
LADDER_LIFE = timedelta(days=90)
CHUNK = 1000
CHARGED: dict[str, str] = {AssignmentKind.LEAD: "新交办", AssignmentKind.SPLIT: "新分办", AssignmentKind.CO: "新会办"}


def subject_of(case: Suggestion) -> str:
    """The generic key of a case in the reminder table."""
    return f"suggestion:{case.pk}"


def deadline_version(case: Suggestion) -> str:
    """Names one clock of one case: a new round, assignment or due date makes reminders of the old one void."""
    lead = next((item.pk for item in case.assignments_in_force), 0)
    return f"r{case.round}-a{lead}-{case.due_on}"


def tell_author(case: Suggestion, title: str, body: str) -> None:
    """News for whoever wrote the case."""
    schedule_reminders(_news(case, [user_address(case.created_by)], title, body))


def tell_representative(case: Suggestion, title: str, body: str) -> None:
    """News for the representative, if they have an account."""
    schedule_reminders(_news(case, _representative_addresses(case), title, body))


def tell_unit(case: Suggestion, title: str, body: str) -> None:
    """News for every unit that handles the case now."""
    schedule_reminders(_news(case, _unit_addresses(case), title, body))


def tell_units(case: Suggestion, units: Iterable[Organization], title: str, body: str) -> None:
    """News for some units that handle the case."""
    schedule_reminders(_news(case, _addresses(units), title, body))


def tell_units_gone(case: Suggestion, units: Iterable[Organization], title: str, body: str) -> None:
    """News for units the case was taken from: it leads to their list, for the case is no longer theirs to see."""
    drafts = _news(case, _addresses(units), title, body)
    schedule_reminders(replace(draft, url=reverse("suggestions:list")) for draft in drafts)


def tell_office(case: Suggestion, title: str, body: str) -> None:
    """News for the office that has the next step: the assigner, or before that the delegation."""
    schedule_reminders(_news(case, [_office_address(case)], title, body))


def tell_assigned(case: Suggestion) -> None:
    """News for every unit charged with the case: what is asked of it, and by when."""
    schedule_reminders(_assigned(case))


def tell_forwarded(case: Suggestion) -> None:
    """News for the representative, if they have an account, and for the studio's liaisons: rate the reply.

    Those of the cases merged into it are told of their own case.
    """
    schedule_reminders(_forwarded(case))


def schedule_ladder(case: Suggestion, today: date) -> None:
    """One row per stage and recipient for the clock now running; repeating it adds nothing."""
    assert case.assigned_on is not None  # its clock runs
    rules = DeadlinePolicy.objects.in_force(case.county, case.assigned_on).rules
    schedule_reminders(_ladder(case, rules, load_calendar(), today))


def schedule_moved(
    cases: SuggestionQuerySet,
    was_due: Mapping[int, date],
    cause: str,
    rules: Mapping[int, Rules],
    calendar: OfficeCalendar,
    today: date,
) -> None:
    """News for the units, and the ladder of the new clock, for `cases` whose due date `was_due` moved by `cause`.

    `was_due` and `rules` by the key of a case.
    What waits of the old clock cancels itself when it is due. As many queries for one case as for a thousand.
    """
    told = cases.with_addressees().defer("content", "search_text")
    schedule_reminders(
        draft
        for case in told.iterator(CHUNK)
        for draft in (*_moved(case, was_due[case.pk], cause), *_ladder(case, rules[case.pk], calendar, today))
    )


def standing_reminders(cases: SuggestionQuerySet, county: Organization, today: date) -> Iterator[Reminder]:
    """What the steps behind them would have scheduled for `cases` of `county`, as rows not yet saved.

    For cases written without those steps. As many queries for one case as for a thousand.
    """
    policies, calendar = DeadlinePolicy.objects.timetable([county.pk]), load_calendar()
    standing = Q(state__in=[*HANDLING_STATES, State.AWAIT_EVALUATION]) | PROMISED & Q(promise_on__gt=today)
    told = cases.filter(standing).with_addressees().prefetch_related(Prefetch("replies", Reply.objects.defer("text")))
    return reminder_rows(
        draft
        for case in told.iterator(CHUNK)
        for draft in _standing(case, policies.on(county.pk, case.assigned_on or today).rules, calendar, today)
    )


def stages_of(case: Suggestion, rules: Rules, calendar: OfficeCalendar) -> list[ReminderDraft]:
    """Every stage of the clock, for each who is told."""
    assert case.due_on is not None and case.unit is not None  # a running clock has both
    subject, occurrence, url = subject_of(case), deadline_version(case), case.get_absolute_url()
    moments = {
        offset: datetime.combine(ladder_day(case.due_on, offset, calendar), OFFICE_OPENS, SHANGHAI)
        for offset in rules.ladder
    }
    return [
        ReminderDraft(
            kind=DEADLINE,
            subject=subject,
            occurrence=occurrence,
            offset=offset,
            recipient=recipient,
            title=f"{_stage(offset, rules, case.due_on)}：{case.title}",
            body=f"{case.number} · {case.unit}",
            url=url,
            due_at=due_at,
            expires_at=due_at + LADDER_LIFE,
        )
        for offset, due_at in moments.items()
        for recipient in _ladder_recipients(case, stage_kind(offset, rules))
    ]


def check_deadline(reminder: Reminder, now: datetime) -> Verdict:
    """Send only while the clock the reminder was written for still runs, on workdays 08:00–21:00."""
    case = Suggestion.objects.prefetch_related("assignments").get(pk=reminder.subject_key)
    if case.state not in HANDLING_STATES or deadline_version(case) != reminder.occurrence:
        return cancel("期限已变或已经答复")
    if _has_handed_in(reminder, case):
        return cancel("本单位部分已经提交")
    return in_office_hours(now)


def check_news(_reminder: Reminder, _now: datetime) -> Verdict:
    """News of a step that was taken stays true."""
    return send()


def _has_handed_in(reminder: Reminder, case: Suggestion) -> bool:
    """Whether it goes to a unit, or its leaders, that shares the case and is done with its part."""
    key = reminder.recipient.partition(":")[2]
    shared = (row for row in case.assignments_in_force if row.kind == AssignmentKind.SPLIT and str(row.unit_id) == key)
    return any(part_of(case, row) for row in shared)


def _standing(case: Suggestion, rules: Rules, calendar: OfficeCalendar, today: date) -> list[ReminderDraft]:
    """What is still to be said about a case in the state it is in."""
    if case.state == State.AWAIT_EVALUATION:
        return [*_forwarded(case), *promise_reminders(case, calendar, today)]
    if case.state == State.CLOSED:
        return promise_reminders(case, calendar, today)
    news = _assigned(case) if case.state == State.ASSIGNED else []
    return [*news, *_ladder(case, rules, calendar, today)]


def _assigned(case: Suggestion) -> list[ReminderDraft]:
    return [
        draft
        for row in case.assignments_in_force
        for draft in _news(case, _addresses([row.unit]), f"{CHARGED[row.kind]}：{case.title}", _charge(row))
    ]


def _charge(row: Assignment) -> str:
    what = {AssignmentKind.CO: "会签", AssignmentKind.SPLIT: "提交本单位部分"}.get(AssignmentKind(row.kind), "答复")
    return f"请在{words(row.due_on)}前{what}"


def _moved(case: Suggestion, was_due: date, cause: str) -> list[ReminderDraft]:
    assert case.due_on is not None  # its clock runs
    body = f"{cause}，由{words(was_due)}改为{words(case.due_on)}前答复"
    return _news(case, _unit_addresses(case), f"期限调整：{case.title}", body)


def _forwarded(case: Suggestion) -> list[ReminderDraft]:
    assert case.evaluation_due_on is not None  # its clock runs
    until = f"{words(case.evaluation_due_on)}前"
    found = []
    for member in (case, *case.merged_cases.all()):
        liaisons = [user for user in member.studio.liaisons.all() if user.is_active] if member.studio else []
        asked, relay = f"请评价答复：{member.title}", f"请向群众转交答复并收回评价：{member.title}"
        found += _news(member, _representative_addresses(member), asked, until, f"p{case.version}")
        found += _news(member, map(user_address, liaisons), relay, until, f"p{case.version}")
    return found


def _ladder(case: Suggestion, rules: Rules, calendar: OfficeCalendar, today: date) -> list[ReminderDraft]:
    """The stages still ahead, also of the helpers; of those behind the news of the assignment says enough."""
    ahead = [draft for draft in stages_of(case, rules, calendar) if draft.due_at >= end_of_day(today)]
    return [*ahead, *countersign_reminders(case, rules, calendar, today)]


def _news(
    case: Suggestion, recipients: Iterable[str], title: str, body: str, occurrence: str = ""
) -> list[ReminderDraft]:
    now = timezone.now()
    return [
        ReminderDraft(
            kind=NEWS,
            subject=subject_of(case),
            occurrence=occurrence or f"v{case.version}",
            offset=0,
            recipient=recipient,
            title=title,
            body=body,
            url=case.get_absolute_url(),
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for recipient in recipients
    ]


def _representative_addresses(case: Suggestion) -> list[str]:
    person = case.representative.user
    return [user_address(person)] if person else []


def _unit_addresses(case: Suggestion) -> list[str]:
    return _addresses(row.unit for row in case.assignments_in_force)


def _addresses(units: Iterable[Organization]) -> list[str]:
    return [role_address(Role.UNIT_HANDLER, unit) for unit in units]


def _office_address(case: Suggestion) -> str:
    if case.assigned_level == Level.COUNTY:
        return role_address(Role.COUNTY_OFFICE, case.county)
    return role_address(Role.DELEGATION_OFFICE, case.delegation)


def _ladder_recipients(case: Suggestion, kind: SupervisionKind | None) -> list[str]:
    """Who answers, not who helps. 督办 goes to their leaders as well, 挂牌 to the county office as well."""
    units = [row.unit for row in case.assignments_in_force if row.kind in ANSWERING]
    recipients = _addresses(units)
    if kind == SupervisionKind.LISTED:
        return [*recipients, role_address(Role.COUNTY_OFFICE, case.county)]
    if kind == SupervisionKind.SUPERVISED:
        return [*recipients, *(role_address(Role.LEADER, unit) for unit in units)]
    return recipients


def _stage(offset: int, rules: Rules, due_on: date) -> str:
    kind = stage_kind(offset, rules)
    if kind is None:
        return f"{words(due_on)}{'当日' if offset == 0 else ''}到期"
    name = "挂牌通报" if kind == SupervisionKind.LISTED else kind.label
    return f"{name}（{words(due_on)}已到期）"


register(NEWS, check_news)
register(DEADLINE, check_deadline)
