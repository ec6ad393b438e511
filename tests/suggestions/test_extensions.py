"""延期: before the due date is over, once a round, up to the cap; the assigner decides, the representative is told."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Reminder
from studios.clocks import SHANGHAI, end_of_day
from suggestions import services
from suggestions.enums import Complexity, RequestState, State
from suggestions.integrity import RULES
from suggestions.services.steps import GuardError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import asking, paths

MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


def test_granted_the_due_date_moves_and_the_original_stays(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = paths.case_in(State.HANDLING, cast)
        assert (case.due_on, case.cap_on) == (date(2026, 11, 12), date(2026, 12, 2))
        case = asking.ask_extension(case, cast, date(2026, 12, 2))
        assert case.due_on == date(2026, 11, 12), "the clock runs on while it waits"
        case = asking.grant_extension(case, cast)
    assert (case.original_due_on, case.due_on, case.cap_on) == (
        date(2026, 11, 12),
        date(2026, 12, 2),
        date(2026, 12, 2),
    )
    assert case.next_deadline_at == end_of_day(date(2026, 12, 2))
    assert case.assignments.get().due_on == date(2026, 12, 2)
    assert not [line for rule in RULES.values() for line in rule()]


def test_representative_and_unit_are_told_and_the_ladder_follows(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = asking.grant_extension(asking.ask_extension(paths.case_in(State.HANDLING, cast), cast), cast)
    told = Reminder.objects.get(title__startswith="办理延期")
    assert str(cast.representative_user.pk) in told.recipient
    assert "由2026年11月12日改为2026年11月17日" in told.body
    assert Reminder.objects.filter(title__startswith="已同意延期").count() == 1
    assert Reminder.objects.filter(kind="suggestion.deadline", occurrence__endswith="2026-11-17").exists()
    assert case.due_on == date(2026, 11, 17)


def test_on_time_is_judged_by_the_new_day(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = asking.grant_extension(asking.ask_extension(paths.case_in(State.HANDLING, cast), cast), cast)
        clock.shift(timedelta(days=13))
        paths.reply(case, cast)
    assert asking.fresh(case).was_on_time is True


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 12), "新期限要晚于现在的期限（2026年11月12日）"),
        (date(2026, 11, 1), "新期限要晚于"),
        (date(2026, 12, 3), "最迟只能到12月2日"),
    ],
)
def test_the_day_is_later_and_not_past_the_cap(cast: Cast, day: date, sentence: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = paths.case_in(State.HANDLING, cast)
        with pytest.raises(GuardError, match=sentence):
            asking.ask_extension(case, cast, day)
    assert not case.requests.exists()


def test_a_cap_in_the_next_year_says_so(cast: Cast) -> None:
    with time_machine.travel(MONDAY.replace(month=12, day=7), tick=False):
        case = paths.case_in(State.HANDLING, cast)
        with pytest.raises(GuardError, match="最迟只能到2027年1月7日"):
            asking.ask_extension(case, cast, date(2027, 1, 8))


@pytest.mark.parametrize(("later", "is_open"), [(10, True), (11, False)])
def test_before_the_due_date_is_over(cast: Cast, later: int, *, is_open: bool) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = paths.case_in(State.HANDLING, cast)
        clock.shift(timedelta(days=later))
        if is_open:
            asking.ask_extension(case, cast)
        else:
            with pytest.raises(GuardError, match="期限2026年11月12日已过，延期要在到期前申请"):
                asking.ask_extension(case, cast)
    assert case.requests.exists() is is_open


def test_once_a_round(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_extension(case_in(State.HANDLING), cast)
    with pytest.raises(GuardError, match="已有延期申请在等审批"):
        asking.ask_extension(case, cast)
    services.deny_extension(suggestion=case, actor=cast.county_office, version=None, reason="请按期答复")
    with pytest.raises(GuardError, match="每轮只能申请一次"):
        asking.ask_extension(case, cast)
    paths.reply(case, cast)
    paths.forward(case, cast)
    paths.rate(case, cast, paths.DISCONTENT)
    services.redo_suggestion(suggestion=case, actor=cast.county_office, version=None, reason="请上门核实")
    assert asking.ask_extension(asking.fresh(case), cast).requests.count() == 2


def test_a_complex_matter_is_at_its_cap_already(cast: Cast) -> None:
    case = asking.assigned(cast, unit=cast.county_unit, complexity=Complexity.COMPLEX)
    paths.sign(case, cast)
    with pytest.raises(GuardError, match="已是最迟期限，不能再延期"):
        asking.ask_extension(case, cast)


def test_denied_with_a_reason_the_due_date_stays(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    due_on = case.due_on
    case = asking.ask_extension(case, cast)
    with pytest.raises(GuardError, match="请写明不同意延期的理由"):
        services.deny_extension(suggestion=case, actor=cast.county_office, version=None, reason="")
    services.deny_extension(suggestion=case, actor=cast.county_office, version=None, reason="请按期答复")
    assert asking.fresh(case).due_on == due_on
    assert not Reminder.objects.filter(title__startswith="办理延期").exists()


def test_granted_too_late_is_refused(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = asking.ask_extension(paths.case_in(State.HANDLING, cast), cast)
        clock.shift(timedelta(days=16))
        with pytest.raises(GuardError, match="申请延到的2026年11月17日已经过了"):
            asking.grant_extension(case, cast)
        assert timezone.localdate() == date(2026, 11, 18)
    assert case.requests.get().state == RequestState.WAITING


def test_answering_lets_it_lapse(cast: Cast, case_in: CaseIn) -> None:
    case = asking.ask_extension(case_in(State.HANDLING), cast)
    paths.reply(case, cast)
    assert case.requests.get().state == RequestState.LAPSED
    services.return_reply(suggestion=case, actor=cast.county_office, version=None, reason="请补充时间")
    assert asking.ask_extension(asking.fresh(case), cast).requests.count() == 2, "nobody decided the first"
