"""When the calendar changes, a job moves the running clocks; what is finished, promised or granted stays."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Reminder
from studios.calendar import OfficeCalendar
from studios.calendar_days import Entry
from studios.clocks import end_of_day
from studios.dependents import CalendarShift
from studios.enums import HolidayKind
from studios.models import CalendarChange, CalendarEffect
from studios.services.calendar_changes import set_day
from suggestions.attached import cause_of
from suggestions.deadlines import co_due
from suggestions.enums import JobState, State
from suggestions.explanation import change_words
from suggestions.integrity import RULES
from suggestions.models import Assignment, DeadlineChange, DeadlinePolicy, RecomputeJob, Suggestion
from suggestions.notifications import DEADLINE, NEWS
from suggestions.services import recompute, return_reply
from suggestions.services.recompute import open_job, sweep_jobs
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.studios import announcing
from tests.suggestions import asking
from tests.suggestions.paths import grant_extension, take_two_steps

TODAY = date(2026, 12, 24)
DUE, NEW_DUE = date(2027, 1, 7), date(2027, 1, 8)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """Ten workdays after 24 December: 7 January while the new year is provisional, 8 January once it is announced."""
    with time_machine.travel("2026-12-24 09:30 +0800", tick=False):
        yield


@pytest.fixture
def _workdays(cast: Cast) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), counts_workdays=True)


def announce_2027(cast: Cast) -> CalendarChange:
    """The new year is announced, and what waits is worked off."""
    change = announcing.announce_2027(cast)
    sweep_jobs()
    return change


def _set_day(cast: Cast, day: date, entry: Entry | None) -> None:
    set_day(day=day, entry=entry, reason="x", actor=cast.county_office, county=cast.county)
    sweep_jobs()


def _dates(case: Suggestion) -> tuple[date | None, date | None, date | None]:
    case.refresh_from_db()
    return case.original_due_on, case.due_on, case.cap_on


@pytest.mark.usefixtures("_workdays")
def test_a_running_clock_moves_and_its_promise_stays(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    version = case.version
    assert _dates(case) == (DUE, DUE, date(2027, 1, 24))
    change = announce_2027(cast)
    assert _dates(case) == (DUE, NEW_DUE, date(2027, 1, 24))
    assert case.next_deadline_at == end_of_day(NEW_DUE)
    assert case.version == version + 1
    assert [row.due_on for row in case.assignments.all()] == [NEW_DUE]
    job = RecomputeJob.objects.get()
    assert (job.state, job.total, job.examined, job.changed) == (JobState.DONE, 1, 1, 1)
    effect = change.effects.get()
    assert (effect.county_id, effect.url, effect.before) == (cast.county.pk, job.get_absolute_url(), "1 件在办")
    row = case.deadline_changes.get()
    assert (row.job, row.due_before, row.due_after, row.actor) == (job, DUE, NEW_DUE, None)
    assert change_words(row) == "因2027年放假安排公布，期限由2027年1月7日改为2027年1月8日"
    assert not any(list(rule()) for rule in RULES.values())


@pytest.mark.usefixtures("_workdays")
def test_the_unit_is_told_and_the_ladder_is_that_of_the_new_clock(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    announce_2027(cast)
    news = Reminder.objects.filter(kind=NEWS, title__startswith="期限调整").get()
    assert news.body == "2027年放假安排公布，由2027年1月7日改为2027年1月8日前答复"
    fresh = Reminder.objects.filter(kind=DEADLINE, occurrence__endswith=str(NEW_DUE))
    days = [timezone.localdate(row.due_at) for row in fresh.order_by("offset", "pk")]
    assert days[:3] == [date(2027, 1, 5), date(2027, 1, 8), date(2027, 1, 11)]
    assert set(fresh.values_list("subject", flat=True)) == {f"suggestion:{case.pk}"}


@pytest.mark.usefixtures("_workdays")
@pytest.mark.parametrize("state", [State.REPLY_REVIEW, State.AWAIT_EVALUATION, State.CLOSED])
def test_what_is_answered_never_changes(cast: Cast, case_in: CaseIn, state: State) -> None:
    case = case_in(state)
    before = Suggestion.objects.filter(pk=case.pk).values().get()
    announce_2027(cast)
    assert Suggestion.objects.filter(pk=case.pk).values().get() == before
    assert not CalendarEffect.objects.exists()


@pytest.mark.usefixtures("_workdays")
@pytest.mark.parametrize("granted", [date(2027, 1, 20), date(2027, 1, 24)])
def test_a_granted_day_stays(cast: Cast, case_in: CaseIn, granted: date) -> None:
    case = case_in(State.HANDLING)
    grant_extension(case, cast, granted)
    announce_2027(cast)
    assert _dates(case) == (DUE, granted, date(2027, 1, 24))


@pytest.mark.usefixtures("_workdays")
def test_a_granted_day_is_lengthened_when_the_rule_gives_more(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    grant_extension(case, cast, date(2027, 1, 8))
    _set_day(cast, date(2026, 12, 28), Entry(HolidayKind.HOLIDAY, "县庆"))
    _set_day(cast, date(2026, 12, 29), Entry(HolidayKind.HOLIDAY, "县庆"))
    assert _dates(case)[1] == date(2027, 1, 11)


def test_a_granted_day_is_never_shortened_by_a_shorter_cap(cast: Cast, case_in: CaseIn) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), rolls_forward=True)
    case = case_in(State.HANDLING)
    assert _dates(case)[2] == date(2027, 1, 25)  # 24 January is a Sunday
    grant_extension(case, cast, date(2027, 1, 25))
    _set_day(cast, date(2027, 1, 24), Entry(HolidayKind.MAKEUP_WORKDAY, "调休"))
    assert _dates(case)[1:] == (date(2027, 1, 25), date(2027, 1, 25))
    assert not any(list(rule()) for rule in RULES.values())


@pytest.mark.usefixtures("_workdays")
def test_a_day_from_a_ledger_is_a_promise_too(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    Suggestion.objects.filter(pk=case.pk).update(due_on=date(2027, 1, 15), is_imported=True)
    announce_2027(cast)
    assert _dates(case)[1] == date(2027, 1, 15)


@pytest.mark.usefixtures("_workdays")
def test_a_helper_keeps_its_share(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    lead = case.assignments.get()
    share = Assignment.objects.create(
        suggestion=case, unit=cast.other_unit, kind="CO", level="COUNTY",
        assigned_on=TODAY, due_on=co_due(TODAY, DUE),
    )  # fmt: skip
    announce_2027(cast)
    lead.refresh_from_db()
    share.refresh_from_db()
    assert (lead.due_on, share.due_on) == (NEW_DUE, co_due(TODAY, NEW_DUE))


@pytest.mark.usefixtures("_workdays")
def test_a_part_that_is_in_keeps_its_day(cast: Cast) -> None:
    case = asking.shared(cast)
    take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler")
    announce_2027(cast)
    days = {row.unit: row.due_on for row in case.assignments.all()}
    assert days == {cast.county_unit: DUE, cast.other_unit: NEW_DUE}
    assert asking.fresh(case).due_on == NEW_DUE
    assert not any(list(rule()) for rule in RULES.values())


@pytest.mark.usefixtures("_workdays")
def test_a_countersign_that_is_in_keeps_its_day(cast: Cast) -> None:
    case = asking.countersign(asking.helped(cast), cast)
    before = {row.kind: row.due_on for row in case.assignments.all()}
    DeadlinePolicy.objects.filter(county=cast.county).update(simple_days=20)
    open_job(county=cast.county, cause="x")
    sweep_jobs()
    after = {row.kind: row.due_on for row in case.assignments.all()}
    assert after["CO"] == before["CO"]
    assert after["LEAD"] > before["LEAD"]


def test_calendar_days_do_not_move_but_become_certain(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    before, version = _dates(case), case.version
    announce_2027(cast)
    assert _dates(case) == before
    assert case.version == version
    row = case.deadline_changes.get()
    assert (row.due_before, row.cap_before) == (row.due_after, row.cap_after) == (case.due_on, case.cap_on)
    assert change_words(row) == "因2027年放假安排公布，期限2027年1月3日由暂定转为确定"


def test_reminders_that_wait_for_a_workday_move(cast: Cast, case_in: CaseIn) -> None:
    """Due on Sunday 3 January: D0 goes out on the Friday before, which is New Year's Day once it is announced."""
    case = case_in(State.HANDLING)
    rows = Reminder.objects.filter(kind=DEADLINE, subject=f"suggestion:{case.pk}", offset=0)
    assert {timezone.localdate(row.due_at) for row in rows} == {date(2027, 1, 1)}
    announce_2027(cast)
    assert {timezone.localdate(row.due_at) for row in rows.all()} == {date(2026, 12, 31)}


@pytest.mark.usefixtures("_workdays")
def test_recomputing_twice_changes_nothing_more(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    announce_2027(cast)
    tables = (Suggestion, Reminder, DeadlineChange)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    again = open_job(county=cast.county, cause="再算一遍")
    assert sweep_jobs() == 1
    again.refresh_from_db()
    assert (again.state, again.examined, again.changed) == (JobState.DONE, 1, 0)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert sweep_jobs() == 0


@pytest.mark.usefixtures("_workdays")
def test_a_job_goes_on_where_it_stopped(cast: Cast, case_in: CaseIn, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [case_in(State.HANDLING) for _ in range(3)]
    announcing.announce_2027(cast)
    monkeypatch.setattr(recompute, "CHUNK", 2)
    told = recompute.schedule_moved
    monkeypatch.setattr(recompute, "schedule_moved", _broken)
    assert sweep_jobs() == 0
    job = RecomputeJob.objects.get()
    assert (job.state, job.cursor, DeadlineChange.objects.count()) == (JobState.PENDING, 0, 0)
    monkeypatch.setattr(recompute, "schedule_moved", told)
    assert recompute._advance(job.pk)
    job.refresh_from_db()
    assert (job.state, job.cursor, job.examined) == (JobState.RUNNING, cases[1].pk, 2)
    assert sweep_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.total, job.examined, job.changed) == (JobState.DONE, 3, 3, 3)
    assert [_dates(case)[1] for case in cases] == [NEW_DUE] * 3


def _broken(*_arguments: object) -> None:
    raise RuntimeError


@pytest.mark.usefixtures("_workdays")
def test_a_reply_sent_back_runs_by_the_calendar_of_today(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.REPLY_REVIEW)
    announce_2027(cast)
    assert _dates(case)[1] == DUE
    return_reply(suggestion=case, actor=cast.county_office, version=None, reason="请补充时间")
    assert _dates(case) == (DUE, NEW_DUE, date(2027, 1, 24))
    assert case.next_deadline_at == end_of_day(NEW_DUE)
    assert case.deadline_changes.get().cause == recompute.SENT_BACK
    assert not any(list(rule()) for rule in RULES.values())


@pytest.mark.usefixtures("_workdays")
def test_a_change_and_its_reverse_bring_everything_back(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    before = _dates(case)
    for entry in (Entry(HolidayKind.HOLIDAY, "县庆"), None):
        _set_day(cast, date(2026, 12, 28), entry)
        if entry:
            assert _dates(case)[1] == NEW_DUE
    assert _dates(case) == before
    waiting = Reminder.objects.waiting().filter(kind=DEADLINE, occurrence__endswith=str(DUE), offset=0)
    assert [timezone.localdate(row.due_at) for row in waiting] == [DUE]
    assert CalendarChange.objects.count() == 2


@pytest.mark.usefixtures("_workdays")
def test_as_many_queries_for_one_case_as_for_many(cast: Cast, case_in: CaseIn) -> None:
    def queries(day: date) -> int:
        with CaptureQueriesContext(connection) as captured:
            _set_day(cast, day, Entry(HolidayKind.HOLIDAY, "县庆"))
        return len(captured)

    case_in(State.HANDLING)
    few = queries(date(2026, 12, 28))
    for _ in range(9):
        case_in(State.HANDLING)
    Suggestion.objects.filter(due_on=DUE).update(due_on=NEW_DUE, assigned_on=TODAY)
    assert queries(date(2026, 12, 30)) <= few + 2


def test_the_shift_names_the_days_and_what_became_certain() -> None:
    holiday = {date(2027, 1, 1): HolidayKind.HOLIDAY}
    shift = CalendarShift(OfficeCalendar(), OfficeCalendar(holiday, frozenset({2027})), timezone.now())
    assert shift.days_that_changed() == {date(2027, 1, 1)}
    assert shift.became_certain(date(2027, 1, 1), date(2027, 1, 1) + timedelta(days=40))
    assert not shift.became_certain(date(2026, 12, 31))


def test_the_cause_names_the_days() -> None:
    days = {date(2026, 12, day): HolidayKind.HOLIDAY for day in (28, 29, 30, 31)}
    shift = CalendarShift(OfficeCalendar(), OfficeCalendar(days), timezone.now())
    assert cause_of(shift) == "办公日历调整（2026年12月28日、2026年12月29日、2026年12月30日等 4 天）"


def test_effects_of_another_county_are_not_shown(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    change = announce_2027(cast)
    assert change.effects.all().visible_to(cast.county_office).count() == 1
    assert change.effects.all().visible_to(cast.leader).count() == 1
    for person in (cast.stranger, cast.liaison, cast.town_office, cast.admin):
        assert not change.effects.all().visible_to(person).exists()
