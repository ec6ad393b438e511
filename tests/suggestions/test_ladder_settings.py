"""A county sets when units are reminded, from when 督办 and 挂牌 begin, how long answers may take (domain.md §6.2)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import User
from notifications.delivery import sweep
from notifications.enums import ReminderState
from notifications.models import Message, Reminder
from studios.calendar import OfficeCalendar
from suggestions.deadlines import Rules, stage_kind, stage_words
from suggestions.enums import State, SupervisionKind
from suggestions.ladders import RESTAGED
from suggestions.models import DeadlinePolicy, Suggestion, Supervision
from suggestions.notifications import DEADLINE
from suggestions.services.policies import PolicyError, check_rules, correct_policy, difference_words, set_policy
from suggestions.services.recompute import sweep_jobs
from suggestions.supervising import proposed_day, proposed_kind
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.supervising import supervise

Login = Callable[[User], Client]
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)  # simple: due on Friday 4 December
EARLY = Rules(ladder=(-5, 0, 2, 4), supervised_from=2, listed_from=4)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def policy(cast: Cast) -> DeadlinePolicy:
    return DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1))


def _correct(policy: DeadlinePolicy, rules: Rules, cast: Cast) -> None:
    correct_policy(policy=policy, rules=rules, reason="看错", actor=cast.county_office)
    sweep_jobs()


def _waiting(cast: Cast, case: Suggestion) -> list[tuple[int, str, str]]:
    rows = Reminder.objects.waiting().filter(kind=DEADLINE, subject=f"suggestion:{case.pk}")
    mine = rows.filter(recipient=f"UNIT_HANDLER:{cast.county_unit.pk}").order_by("offset")
    return [(row.offset, f"{timezone.localdate(row.due_at):%m-%d}", row.title.partition("：")[0]) for row in mine]


def _sent(user: User) -> list[int]:
    told = Message.objects.filter(user=user, reminder__kind=DEADLINE).order_by("created_at", "reminder__offset")
    return [row.reminder.offset for row in told if row.reminder]


thresholds = st.tuples(st.integers(1, 89), st.integers(1, 89)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.integers(-90, 200), thresholds)
def test_a_stage_is_never_milder_than_an_earlier_one(offset: int, days: tuple[int, int]) -> None:
    rules = Rules(supervised_from=days[0], listed_from=days[1])
    kinds = [None, *SupervisionKind]
    this, later = (kinds.index(stage_kind(day, rules)) for day in (offset, offset + 1))
    assert this <= later
    assert (stage_kind(offset, rules) is None) == (offset <= 0)
    assert (stage_kind(offset, rules) == SupervisionKind.LISTED) == (offset >= days[1])


@given(st.lists(st.integers(-90, 90), max_size=14), thresholds)
def test_only_an_ascending_ladder_is_taken(stages: list[int], days: tuple[int, int]) -> None:
    rules = Rules(ladder=tuple(stages), supervised_from=days[0], listed_from=days[1])
    if stages and all(one < two for one, two in zip(stages, stages[1:], strict=False)):
        check_rules(rules)
    else:
        with pytest.raises(PolicyError, match="从早到晚"):
            check_rules(rules)


@pytest.mark.parametrize("listed", [1, 3])
def test_listing_comes_after_supervising(listed: int) -> None:
    with pytest.raises(PolicyError, match="挂牌要晚于督办") as refused:
        check_rules(Rules(listed_from=listed))
    assert refused.value.field == "listed_from"


def test_words() -> None:
    assert Rules().ladder_words == "到期前 3 天、到期当天、逾期 1 天催办、逾期 3 天督办、逾期 7 天挂牌通报"
    assert stage_words(2, EARLY) == "逾期 2 天督办"
    found = difference_words(Rules(), EARLY)
    assert found == "提醒梯次（相对期限的天数） -3、0、1、3、7→-5、0、2、4；逾期几天起督办 3→2；逾期几天起挂牌 7→4"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (SupervisionKind.URGED, "urged_reply_days"),
        (SupervisionKind.SUPERVISED, "supervised_reply_days"),
        (SupervisionKind.LISTED, "listed_reply_days"),
    ],
)
def test_each_kind_has_its_own_time(kind: SupervisionKind, name: str) -> None:
    rules = replace(Rules(), **{name: 2})
    days = {one: proposed_day(one, rules, date(2026, 11, 24), OfficeCalendar()) for one in SupervisionKind}
    assert days.pop(kind) == date(2026, 11, 26)
    assert date(2026, 11, 26) not in days.values()


@pytest.mark.parametrize(("late", "kind"), [(1, "URGED"), (2, "SUPERVISED"), (3, "SUPERVISED"), (4, "LISTED")])
def test_what_is_proposed_follows_the_settings(case_in: CaseIn, late: int, kind: str) -> None:
    case = case_in(State.HANDLING)
    assert case.due_on
    today = case.due_on + timedelta(days=late)
    assert proposed_kind(case, EARLY, today, may_list=True) == kind


def test_the_form_proposes_the_countys_days(
    cast: Cast, login: Login, case_in: CaseIn, clock: time_machine.Traveller
) -> None:
    DeadlinePolicy.objects.create(
        county=cast.county, effective_from=date(2026, 1, 1), supervised_from=1, supervised_reply_days=2
    )
    case = case_in(State.HANDLING)
    clock.move_to(NOW + timedelta(days=13))  # Monday 7 December, three days late
    form = login(cast.county_office).get(f"{case.get_absolute_url()}supervise/").context["form"]
    assert (form["kind"].value(), form["reply_due_on"].value()) == ("SUPERVISED", date(2026, 12, 9))


def test_the_ladder_sends_what_the_settings_say(cast: Cast, case_in: CaseIn) -> None:
    values = {"ladder": list(EARLY.ladder), "supervised_from": 2, "listed_from": 4, "listed_reply_days": 1}
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), **values)
    cast.nobody.memberships.create(role=Role.LEADER, organization=cast.county_unit)
    case_in(State.HANDLING)
    for hour in range(0, 20 * 24, 6):
        sweep(NOW + timedelta(hours=hour))
    assert _sent(cast.unit_handler) == [-5, 0, 2, 4]
    assert (_sent(cast.nobody), _sent(cast.county_office)) == ([2], [4])
    rows = Supervision.objects.order_by("pk").values_list("kind", "issued_at__date", "reply_due_on")
    assert list(rows) == [
        ("SUPERVISED", date(2026, 12, 7), date(2026, 12, 10)),
        ("LISTED", date(2026, 12, 8), date(2026, 12, 9)),
    ]


def test_a_correction_restages_what_runs(cast: Cast, case_in: CaseIn, policy: DeadlinePolicy) -> None:
    running, answered = case_in(State.HANDLING), case_in(State.REPLY_REVIEW)
    untouched = list(Reminder.objects.filter(subject=f"suggestion:{answered.pk}").order_by("pk").values())
    _correct(policy, EARLY, cast)
    assert _waiting(cast, running) == [
        (-5, "11-27", "2026年12月4日到期"),
        (0, "12-04", "2026年12月4日当日到期"),
        (2, "12-07", "督办（2026年12月4日已到期）"),
        (4, "12-08", "挂牌通报（2026年12月4日已到期）"),
    ]
    dropped = Reminder.objects.filter(subject=f"suggestion:{running.pk}", last_error=RESTAGED)
    assert set(dropped.values_list("offset", "state")) == {(day, ReminderState.CANCELLED) for day in (-3, 1, 3, 7)}
    assert list(Reminder.objects.filter(subject=f"suggestion:{answered.pk}").order_by("pk").values()) == untouched


def test_a_correction_taken_back_brings_the_old_stages_back(
    cast: Cast, case_in: CaseIn, policy: DeadlinePolicy
) -> None:
    case = case_in(State.HANDLING)
    before = _waiting(cast, case)
    _correct(policy, EARLY, cast)
    _correct(policy, Rules(), cast)
    assert _waiting(cast, case) == before
    sweep_jobs()
    assert _waiting(cast, case) == before


def test_nothing_is_sent_twice_and_nothing_made_up_for(
    cast: Cast, case_in: CaseIn, policy: DeadlinePolicy, clock: time_machine.Traveller
) -> None:
    case_in(State.HANDLING)
    moment = datetime(2026, 12, 7, 9, tzinfo=SHANGHAI)  # D−3, D0, and D+1 with D+3 on this Monday
    clock.move_to(moment)
    for day in (1, 4, 7):
        sweep(datetime(2026, 12, day, 9, tzinfo=SHANGHAI))
    assert _sent(cast.unit_handler) == [-3, 0, 1, 3]
    for rules in (Rules(ladder=(-3, 0, 1, 2, 3, 5), listed_from=5), Rules(ladder=(-1, 1, 3, 5, 7))):
        _correct(policy, rules, cast)
        sweep(moment)
    for hour in range(0, 12 * 24, 6):
        sweep(moment + timedelta(hours=hour))
    assert _sent(cast.unit_handler) == [-3, 0, 1, 3, 5, 7]


def test_a_new_version_leaves_earlier_cases_their_ladder(
    cast: Cast, case_in: CaseIn, policy: DeadlinePolicy, clock: time_machine.Traveller
) -> None:
    earlier = case_in(State.HANDLING)
    before = _waiting(cast, earlier)
    set_policy(county=cast.county, effective_from=date(2026, 11, 25), rules=EARLY, actor=cast.county_office)
    clock.move_to(NOW + timedelta(days=1))
    later = case_in(State.HANDLING)
    sweep_jobs()
    assert _waiting(cast, earlier) == before
    assert [offset for offset, *_rest in _waiting(cast, later)] == [-5, 0, 2, 4]


def test_a_moved_due_date_and_a_new_ladder_together(cast: Cast, case_in: CaseIn, policy: DeadlinePolicy) -> None:
    case = case_in(State.HANDLING)
    _correct(policy, replace(EARLY, simple_days=12), cast)
    case.refresh_from_db()
    rows = Reminder.objects.filter(kind=DEADLINE, occurrence__endswith=f"-{case.due_on}")
    assert set(rows.values_list("offset", "state")) == {(day, ReminderState.PENDING) for day in EARLY.ladder}


def test_the_case_page_says_when_who_is_reminded(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    lines = login(cast.unit_handler).get(case.get_absolute_url()).context["file"].deadline.lines
    said = "到期前 3 天（12月1日）、到期当天（12月4日）、逾期 1 天催办（12月7日）、逾期 3 天督办（12月7日）"
    assert f"提醒：{said}、逾期 7 天挂牌通报（12月11日）" in lines
    answered = case_in(State.REPLY_REVIEW)
    told = login(cast.unit_handler).get(answered.get_absolute_url()).context["file"].deadline.lines
    assert not any(line.startswith("提醒") for line in told)


def test_a_notice_by_hand_keeps_the_day_it_names(cast: Cast, case_in: CaseIn, policy: DeadlinePolicy) -> None:
    case = case_in(State.HANDLING)
    sent = supervise(cast, case, SupervisionKind.URGED)
    _correct(policy, replace(Rules(), urged_reply_days=9), cast)
    assert Supervision.objects.get().reply_due_on == sent.reply_due_on


def test_as_many_queries_for_one_case_as_for_many(cast: Cast, case_in: CaseIn, policy: DeadlinePolicy) -> None:
    def queries(rules: Rules) -> int:
        correct_policy(policy=policy, rules=rules, reason="看错", actor=cast.county_office)
        with CaptureQueriesContext(connection) as captured:
            sweep_jobs()
        return len(captured)

    case_in(State.HANDLING)
    few = queries(EARLY)
    for _ in range(5):
        case_in(State.HANDLING)
    assert queries(Rules()) <= few
