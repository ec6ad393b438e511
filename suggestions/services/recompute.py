"""The only writer of deadlines when the settings or the office calendar change (domain.md §4, §6.2).

A change opens a job per county; a tick or `manage.py recompute_deadlines` works it off in chunks, each one transaction
with its log rows and reminders. What a case should have follows from the rows as they stand (its day of assignment,
the settings of that day, the calendar), so that a job may stop anywhere, run twice, or come late.

Only clocks that run are worked out anew: a closed case, one that was answered and its frozen verdict stay as they
are, and `original_due_on` keeps what was promised on the day of assignment. A due date that a person set (a granted
extension, a day from a ledger) is never shortened.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.dated import Timetable
from accounts.models import Organization, User
from studios.calendar import OfficeCalendar
from studios.clocks import end_of_day
from studios.services import load_calendar
from suggestions.deadlines import Deadline, Rules, clock_deadline, co_due, recomputed
from suggestions.enums import (
    AssignmentKind,
    AssignmentStatus,
    Complexity,
    JobState,
    RequestKind,
    RequestState,
)
from suggestions.ladders import move_ladders, restage_ladders
from suggestions.models import Assignment, DeadlineChange, DeadlinePolicy, RecomputeJob, Suggestion, UnitRequest
from suggestions.notifications import schedule_moved, subject_of
from suggestions.querysets import SuggestionQuerySet

CHUNK = 500
SENT_BACK = "答复退回修改，期限按现行规定和办公日历核对"
FIELDS = ("county", "assigned_on", "complexity", "round", "due_on", "cap_on", "is_imported")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Clock:
    """One running clock: the case as stored, and the days it should have."""

    case: Suggestion
    rules: Rules
    due_on: date
    cap_on: date

    @property
    def has_moved(self) -> bool:
        """Whether the case must be written."""
        return (self.due_on, self.cap_on) != (self.case.due_on, self.case.cap_on)


def open_job(
    *,
    county: Organization,
    cause: str,
    reason: str = "",
    policy: DeadlinePolicy | None = None,
    years: Iterable[int] = (),
    actor: User | None = None,
) -> RecomputeJob:
    """Put down that the running cases of `county` have to be worked out anew; call it in the change's transaction."""
    job = RecomputeJob(
        county=county,
        cause=cause[:200],
        reason=reason[:200],
        policy=policy,
        years=sorted(years),
        actor=actor,
        opened_at=timezone.now(),
    )
    job.total = cases_of(job).count()
    job.save()
    return job


def cases_of(job: RecomputeJob) -> SuggestionQuerySet:
    """The running cases a job has to look at: all, or those assigned since its settings are in force."""
    cases = Suggestion.objects.running().filter(county_id=job.county_id).exclude(complexity="")
    return cases.filter(assigned_on__gte=job.policy.effective_from) if job.policy else cases


def bring_in_line(case: Suggestion, now: datetime) -> dict[str, Any]:
    """The fields of a clock that runs again after it had stopped: what changed meanwhile passed it by.

    Writes the log row and the assignments; the caller holds the case's lock and writes the fields.
    """
    policies = DeadlinePolicy.objects.timetable([case.county_id])
    clock = next(_clocks([case], policies, load_calendar()))
    if clock.has_moved:
        _move_assignments(clock.rules.co_share, case.assigned_on, case.due_on, clock.due_on, [case.pk])
        DeadlineChange.objects.create(cause=SENT_BACK, at=now, **_before_and_after(clock))
    return {"due_on": clock.due_on, "cap_on": clock.cap_on, "next_deadline_at": end_of_day(clock.due_on)}


def sweep_jobs() -> int:
    """Work off every unfinished job; returns how many chunks. One that fails is logged and tried at the next tick."""
    chunks = 0
    for pk in RecomputeJob.objects.unfinished().order_by("pk").values_list("pk", flat=True):
        try:
            while _advance(pk):
                chunks += 1
        except Exception:
            # A job that fails must not keep the others waiting; its row says how far it came.
            logger.exception("recompute job %s failed", pk)
    return chunks


@transaction.atomic
def _advance(pk: int) -> bool:
    """One chunk; returns whether there was one. Whoever comes second waits for the row, then takes the next."""
    job = RecomputeJob.objects.select_for_update(of=("self",)).select_related("policy").get(pk=pk)
    if job.state == JobState.DONE:
        return False
    now = timezone.now()
    cases = cases_of(job).filter(pk__gt=job.cursor).select_for_update(of=("self",)).order_by("pk").only(*FIELDS)
    chunk = list(cases[:CHUNK])
    job.changed += _recompute(job, chunk, now) if chunk else 0
    job.examined += len(chunk)
    job.cursor = chunk[-1].pk if chunk else job.cursor
    is_done = len(chunk) < CHUNK
    job.state = JobState.DONE if is_done else JobState.RUNNING
    job.finished_at = now if is_done else None
    job.save(update_fields=["changed", "examined", "cursor", "state", "finished_at"])
    return True


def _recompute(job: RecomputeJob, cases: list[Suggestion], now: datetime) -> int:
    """Bring `cases` in line; returns how many were logged."""
    calendar, today = load_calendar(), timezone.localdate(now)
    policies = DeadlinePolicy.objects.timetable([job.county_id])
    clocks = list(_clocks(cases, policies, calendar))
    moved = [clock for clock in clocks if clock.has_moved]
    _write(moved)
    changes = list(_changes(job, clocks, calendar, now))
    DeadlineChange.objects.bulk_create(changes)
    was_due = {clock.case.pk: was for clock in moved if (was := clock.case.due_on) and was != clock.due_on}
    told = Suggestion.objects.filter(pk__in=was_due)
    rules = {clock.case.pk: clock.rules for clock in clocks}
    schedule_moved(told, was_due, job.cause, rules, calendar, today)
    if job.policy_id:
        restage_ladders(Suggestion.objects.filter(pk__in=rules), rules, calendar, today)
    move_ladders({subject_of(clock.case): clock.due_on for clock in clocks}, calendar)
    return len(changes)


def _clocks(
    cases: Iterable[Suggestion], policies: Timetable[DeadlinePolicy], calendar: OfficeCalendar
) -> Iterator[Clock]:
    cases = list(cases)
    granted = _granted([case.pk for case in cases])
    known: dict[tuple[date, str, int], tuple[Rules, Deadline]] = {}
    for case in cases:
        assert case.assigned_on and case.due_on  # the clock-complete constraint
        key = case.assigned_on, case.complexity, case.round
        if key not in known:
            rules = policies.on(case.county_id, case.assigned_on).rules
            known[key] = (
                rules,
                clock_deadline(case.assigned_on, Complexity(case.complexity), case.round, rules, calendar),
            )
        rules, by_rule = known[key]
        is_promised = case.is_imported or case.pk in granted
        yield Clock(case, rules, *recomputed(case.due_on, by_rule, is_promised=is_promised))


def _granted(ids: list[int]) -> set[int]:
    """Cases whose due date is that of an extension granted for the assignment in force."""
    asked = UnitRequest.objects.filter(suggestion__in=ids, kind=RequestKind.EXTENSION, state=RequestState.APPROVED)
    return set(asked.filter(assignment__status=AssignmentStatus.ACTIVE).values_list("suggestion_id", flat=True))


def _write(moved: Iterable[Clock]) -> None:
    """Cases that share their days are written together."""
    groups: dict[tuple[date | None, date | None, date, date, int], list[int]] = defaultdict(list)
    for clock in moved:
        key = clock.case.assigned_on, clock.case.due_on, clock.due_on, clock.cap_on, clock.rules.co_share
        groups[key].append(clock.case.pk)
    for (assigned_on, was_due, due_on, cap_on, share), ids in groups.items():
        Suggestion.objects.filter(pk__in=ids).update(
            due_on=due_on, cap_on=cap_on, next_deadline_at=end_of_day(due_on), version=F("version") + 1
        )
        _move_assignments(share, assigned_on, was_due, due_on, ids)


def _move_assignments(share: int, assigned_on: date | None, was_due: date | None, due_on: date, ids: list[int]) -> None:
    """Units that had the case's day have the new one; a helper whose share was the lead's moves with it.

    A part or a 会签 that is in keeps the day it was handed in by.
    """
    assert assigned_on and was_due  # the clock-complete constraint
    owed = Assignment.objects.owed().filter(suggestion__in=ids)
    is_helper = Q(kind=AssignmentKind.CO)
    owed.filter(~is_helper, due_on=was_due).update(due_on=due_on)
    shared = owed.filter(is_helper, due_on=co_due(assigned_on, was_due, share))
    shared.update(due_on=co_due(assigned_on, due_on, share))


def _changes(
    job: RecomputeJob, clocks: Iterable[Clock], calendar: OfficeCalendar, now: datetime
) -> Iterator[DeadlineChange]:
    """A log row per case that moved, or that is certain since the holidays of its year are announced."""
    announced = set(job.years) & calendar.announced_years
    for clock in clocks:
        if clock.has_moved or {clock.due_on.year, clock.cap_on.year} & announced:
            yield DeadlineChange(job=job, cause=job.cause, actor_id=job.actor_id, at=now, **_before_and_after(clock))


def _before_and_after(clock: Clock) -> dict[str, Any]:
    case = clock.case
    return {
        "suggestion_id": case.pk,
        "due_before": case.due_on,
        "due_after": clock.due_on,
        "cap_before": case.cap_on,
        "cap_after": clock.cap_on,
    }
