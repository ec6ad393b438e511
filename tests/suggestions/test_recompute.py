"""When the calendar changes, running clocks move with it; what is finished, promised or granted stays."""

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
from studios.services import load_calendar
from studios.services.calendar_changes import set_day
from suggestions.enums import State
from suggestions.integrity import RULES
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.notifications import DEADLINE, NEWS
from suggestions.services.recompute import recompute_deadlines
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.studios.announcing import announce_2027

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
    effect = change.effects.get()
    assert (effect.subject, effect.url) == (f"suggestion:{case.pk}", case.get_absolute_url())
    assert effect.before == "2027年1月7日前答复，最迟2027年1月24日（暂定）"
    assert effect.after == "2027年1月8日前答复，最迟2027年1月24日（已确定）"
    assert not any(list(rule()) for rule in RULES.values())


@pytest.mark.usefixtures("_workdays")
def test_the_unit_is_told_and_the_ladder_is_that_of_the_new_clock(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    announce_2027(cast)
    news = Reminder.objects.filter(kind=NEWS, title__startswith="期限调整").get()
    assert news.body == "放假安排有变，由2027年1月7日改为2027年1月8日前答复"
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
def test_a_granted_day_stays(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    Suggestion.objects.filter(pk=case.pk).update(due_on=date(2027, 1, 20))
    announce_2027(cast)
    assert _dates(case) == (DUE, date(2027, 1, 20), date(2027, 1, 24))


def test_a_granted_day_never_passes_the_new_cap(cast: Cast, case_in: CaseIn) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), rolls_forward=True)
    case = case_in(State.HANDLING)
    assert _dates(case)[2] == date(2027, 1, 25)  # 24 January is a Sunday
    Suggestion.objects.filter(pk=case.pk).update(due_on=date(2027, 1, 25))
    entry = Entry(HolidayKind.MAKEUP_WORKDAY, "调休")
    set_day(day=date(2027, 1, 24), entry=entry, reason="x", actor=cast.county_office, county=cast.county)
    assert _dates(case)[1:] == (date(2027, 1, 24), date(2027, 1, 24))


def test_calendar_days_do_not_move_but_become_certain(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    before, version = _dates(case), case.version
    change = announce_2027(cast)
    assert _dates(case) == before
    assert case.version == version
    effect = change.effects.get()
    assert effect.before.startswith("2027年1月3日前答复，最迟2027年1月24日（暂定）")
    assert effect.after.startswith("2027年1月3日前答复，最迟2027年1月24日（已确定）")


def test_reminders_that_wait_for_a_workday_move(cast: Cast, case_in: CaseIn) -> None:
    """Due on Sunday 3 January: D0 goes out on the Friday before, which is New Year's Day once it is announced."""
    case = case_in(State.HANDLING)
    rows = Reminder.objects.filter(kind=DEADLINE, subject=f"suggestion:{case.pk}", offset=0)
    assert {timezone.localdate(row.due_at) for row in rows} == {date(2027, 1, 1)}
    change = announce_2027(cast)
    assert {timezone.localdate(row.due_at) for row in rows.all()} == {date(2026, 12, 31)}
    assert "提醒日 1月1日" in change.effects.get().before
    assert "提醒日 12月31日" in change.effects.get().after


@pytest.mark.usefixtures("_workdays")
def test_recomputing_twice_changes_nothing_more(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    before = load_calendar()
    announce_2027(cast)
    cases, reminders = list(Suggestion.objects.values()), list(Reminder.objects.order_by("pk").values())
    after = load_calendar()
    recompute_deadlines(CalendarShift(before, after, timezone.now()))
    assert recompute_deadlines(CalendarShift(after, after, timezone.now())) == []
    assert list(Suggestion.objects.values()) == cases
    assert list(Reminder.objects.order_by("pk").values()) == reminders


@pytest.mark.usefixtures("_workdays")
def test_a_change_and_its_reverse_bring_everything_back(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    before = _dates(case)
    for entry in (Entry(HolidayKind.HOLIDAY, "县庆"), None):
        set_day(day=date(2026, 12, 28), entry=entry, reason="x", actor=cast.county_office, county=cast.county)
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
            entry = Entry(HolidayKind.HOLIDAY, "县庆")
            set_day(day=day, entry=entry, reason="x", actor=cast.county_office, county=cast.county)
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


def test_effects_of_another_county_are_not_shown(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    change = announce_2027(cast)
    assert change.effects.all().visible_to(cast.county_office).count() == 1
    assert change.effects.all().visible_to(cast.leader).count() == 1
    for person in (cast.stranger, cast.liaison, cast.town_office, cast.admin):
        assert not change.effects.all().visible_to(person).exists()
