"""The county office sets deadlines from a day on, sees what they mean, corrects what was wrong; others read."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.deadlines import Rules
from suggestions.enums import JobState, State
from suggestions.integrity import RULES
from suggestions.models import DeadlinePolicy, RecomputeJob, Suggestion
from suggestions.services.recompute import open_job, sweep_jobs
from tests.cast import Cast
from tests.conftest import CaseIn

Login = Callable[[User], Client]
NEW, LIST = "/desk/deadlines/new/", "/desk/deadlines/"
TYPED = {
    "effective_from": "2026-12-01",
    "simple_days": "12",
    "complex_months": "2",
    "redo_days": "7",
    "co_share": "2",
    "counts_workdays": "on",
    "accept_days": "3",
    "reject_days": "4",
    "assign_days": "6",
    "sign_days": "2",
    "return_days": "5",
    "review_days": "1",
    "evaluation_days": "20",
    "yellow_days": "0",
    "ladder": "-5，−1 0, 2、+9",
    "supervised_from": "2",
    "listed_from": "9",
    "urged_reply_days": "1",
    "supervised_reply_days": "4",
    "listed_reply_days": "6",
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _policy(cast: Cast) -> DeadlinePolicy:
    return DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1))


def test_the_form_begins_with_what_is_in_force(cast: Cast, login: Login) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), simple_days=8, ladder=[-1, 0])
    form = login(cast.county_office).get(NEW).context["form"]
    assert (form["simple_days"].value(), form["ladder"].value()) == (8, "-1、0")
    assert form["effective_from"].value() == date(2026, 11, 24)


def test_a_version_holds_from_its_day_on(cast: Cast, login: Login) -> None:
    assert login(cast.county_office).post(NEW, TYPED).status_code == 302
    in_force = DeadlinePolicy.objects.in_force
    assert in_force(cast.county, date(2026, 11, 30)).rules == Rules()
    assert in_force(cast.county, date(2026, 12, 1)).rules == Rules(
        simple_days=12, complex_months=2, redo_days=7, co_share=2, counts_workdays=True, accept_days=3, reject_days=4,
        assign_days=6, sign_days=2, return_days=5, review_days=1, evaluation_days=20, yellow_days=0,
        ladder=(-5, -1, 0, 2, 9), supervised_from=2, listed_from=9, urged_reply_days=1, supervised_reply_days=4,
        listed_reply_days=6,
    )  # fmt: skip
    assert AuditEntry.objects.get(action=AuditAction.SETTINGS).subject == "期限规定"
    words = login(cast.unit_handler).get(LIST).content.decode()
    assert "尚未生效" in words
    assert "12 个工作日" in words
    assert "到期前 5 天、到期前 1 天、到期当天、逾期 2 天督办、逾期 9 天挂牌通报" in words
    assert "催办 1，督办 4，挂牌督办 6" in words
    assert "设置新规定" not in words
    assert not RecomputeJob.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"effective_from": "2026-11-23"}, "生效日期不能早于今天：已经交办的按当时的规定。原来填错的，请用“更正”。"),
        ({"effective_from": ""}, "请填写生效日期"),
        ({"effective_from": "明天"}, "生效日期请按“2026-07-01”填写"),
        ({"simple_days": "0"}, "简单事项办理天数请填 1 到 60 之间的整数"),
        ({"simple_days": "十"}, "简单事项办理天数请填整数"),
        ({"redo_days": ""}, "请填写重办天数"),
        ({"co_share": "0"}, "会办时间为主办的几分之一请填 1 到 10 之间的整数"),
        ({"sign_days": "-1"}, "签收（工作日）请填 1 到 60 之间的整数"),
        ({"ladder": ""}, "请填写提醒梯次，如 -3、0、1、3、7"),
        ({"ladder": "、，"}, "请填写提醒梯次，如 -3、0、1、3、7"),
        ({"ladder": "3、0、1"}, "提醒梯次请从小到大填写，每个数只写一遍，如 -3、0、1、3、7"),
        ({"ladder": "0、0、1"}, "提醒梯次请从小到大填写，每个数只写一遍，如 -3、0、1、3、7"),
        ({"ladder": "前三天"}, "提醒梯次请填整数，用顿号隔开，如 -3、0、1、3、7"),
        ({"ladder": "、".join(map(str, range(13)))}, "提醒梯次最多 12 次，请减少"),
        ({"supervised_from": "0"}, "逾期几天起督办请填 1 到 90 之间的整数"),
        ({"supervised_from": ""}, "请填写逾期几天起督办"),
        ({"listed_from": "91"}, "逾期几天起挂牌请填 2 到 90 之间的整数"),
        ({"listed_from": "2"}, "挂牌要晚于督办，请填大于 2 的整数"),
        ({"urged_reply_days": "0"}, "催办回复（工作日）请填 1 到 30 之间的整数"),
        ({"supervised_reply_days": "31"}, "督办回复（工作日）请填 1 到 30 之间的整数"),
        ({"listed_reply_days": "五"}, "挂牌督办回复（工作日）请填整数"),
        ({"ladder": "0、400"}, "提醒梯次的每个数请在 -90 到 90 之间"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    cast: Cast, login: Login, wrong: dict[str, str], sentence: str
) -> None:
    answer = login(cast.county_office).post(NEW, TYPED | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.context["form"]["evaluation_days"].value() == "20"
    assert not DeadlinePolicy.objects.exists()


def test_a_day_has_one_version(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(NEW, TYPED)
    answer = client.post(NEW, TYPED | {"simple_days": "9"})
    assert "2026年12月1日已有一份期限规定，请换一个生效日期，或者更正那一份。" in answer.content.decode()
    assert DeadlinePolicy.objects.get().simple_days == 12


def test_the_preview_says_what_the_numbers_mean_and_writes_nothing(cast: Cast, login: Login) -> None:
    answer = login(cast.county_office).post(NEW, TYPED | {"step": "preview"})
    assert answer.status_code == 200
    found = {row.what: row for row in answer.context["examples"]}
    simple = found["今天交办的简单事项"]
    assert (simple.due_on, simple.was_due_on) == (date(2026, 12, 10), date(2026, 12, 4))
    assert simple.differs
    assert found["今天转交的评价"].due_on == date(2026, 12, 14)
    assert found["今天提交的受理"].due_on == date(2026, 11, 27)
    assert found["今天交办的复杂事项"].is_provisional
    assert "2026年12月10日" in answer.content.decode()
    assert not DeadlinePolicy.objects.exists()


def test_the_page_shows_what_starts_today(cast: Cast, login: Login) -> None:
    answer = login(cast.liaison).get(LIST)
    assert next(row.sentence for row in answer.context["examples"]) == "今天交办的简单事项，2026年12月4日前"
    assert "本县还没有设置过" in answer.content.decode()


def test_a_version_from_today_reaches_what_was_assigned_this_morning(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    login(cast.county_office).post(NEW, TYPED | {"effective_from": "2026-11-24"})
    sweep_jobs()
    case.refresh_from_db()
    assert (case.original_due_on, case.due_on) == (date(2026, 12, 4), date(2026, 12, 10))
    assert case.deadline_changes.get().cause == "2026年11月24日起执行新的期限规定"
    assert not any(list(rule()) for rule in RULES.values())


def test_a_correction_reaches_the_running_cases_it_decided_for(cast: Cast, login: Login, case_in: CaseIn) -> None:
    with time_machine.travel("2026-11-20 09:30 +0800", tick=False):
        running, closed = case_in(State.HANDLING), case_in(State.CLOSED)
    policy, frozen = _policy(cast), Suggestion.objects.filter(pk=closed.pk).values().get()
    client = login(cast.county_office)
    page = client.get(f"/desk/deadlines/{policy.pk}/edit/").content.decode()
    assert "还在办理的 1 件建议会重新计算期限和提醒" in page
    answer = client.post(f"/desk/deadlines/{policy.pk}/edit/", TYPED | {"reason": "应为十二个工作日"})
    job = RecomputeJob.objects.get()
    assert answer.url == job.get_absolute_url()
    assert "等待重算 0 / 1 件" in client.get(LIST).content.decode()
    sweep_jobs()
    running.refresh_from_db()
    assert (running.original_due_on, running.due_on) == (date(2026, 11, 30), date(2026, 12, 8))
    assert Suggestion.objects.filter(pk=closed.pk).values().get() == frozen
    change = running.deadline_changes.get()
    assert change.actor == cast.county_office
    assert change.cause.startswith("更正2026年1月1日起的期限规定：简单事项办理天数 10→12；")
    words = client.get(job.get_absolute_url()).content.decode()
    assert "已完成，查 1 件，改动 1 件" in words
    assert "2026-12-08" in words
    assert "应为十二个工作日" in words
    assert not any(list(rule()) for rule in RULES.values())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "请写明为什么更正"),
        ({"reason": "  "}, "请写明为什么更正"),
        ({"reason": "x" * 201}, "更正理由最多 200 字，请精简"),
        ({"reason": "看错", "simple_days": "0"}, "简单事项办理天数请填 1 到 60 之间的整数"),
    ],
)
def test_a_correction_needs_a_reason(cast: Cast, login: Login, typed: dict[str, str], sentence: str) -> None:
    policy = _policy(cast)
    answer = login(cast.county_office).post(f"/desk/deadlines/{policy.pk}/edit/", TYPED | typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert DeadlinePolicy.objects.get().rules == Rules()
    assert not RecomputeJob.objects.exists()


def test_a_correction_corrects_something(cast: Cast, login: Login) -> None:
    policy, client = _policy(cast), login(cast.county_office)
    client.post(f"/desk/deadlines/{policy.pk}/edit/", TYPED | {"reason": "x"})
    answer = client.post(f"/desk/deadlines/{policy.pk}/edit/", TYPED | {"reason": "x"})
    assert answer.status_code == 422
    assert "没有改动。请改好后再提交，或者返回。" in answer.content.decode()
    assert RecomputeJob.objects.count() == 1


def test_a_county_sees_and_corrects_its_own(cast: Cast, login: Login) -> None:
    policy = _policy(cast)
    job = open_job(county=cast.county, cause="办公日历调整")
    stranger = login(cast.stranger)
    assert "本县还没有设置过" in stranger.get(LIST).content.decode()
    assert "办公日历调整" not in stranger.get(LIST).content.decode()
    assert stranger.post(f"/desk/deadlines/{policy.pk}/edit/", TYPED | {"reason": "x"}).status_code == 404
    assert stranger.get(job.get_absolute_url()).status_code == 404
    assert login(cast.town_office).post(NEW, TYPED).status_code == 403
    assert DeadlinePolicy.objects.get().rules == Rules()


def test_a_running_job_shows_how_far_it_is(cast: Cast, login: Login) -> None:
    job = open_job(county=cast.county, cause="办公日历调整")
    RecomputeJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING, total=2300, examined=500)
    words = login(cast.leader).get(job.get_absolute_url()).content.decode()
    assert "正在重算 500 / 2300 件" in words


def test_as_many_queries_for_one_change_as_for_many(cast: Cast, login: Login, case_in: CaseIn) -> None:
    client = login(cast.county_office)

    def queries(number: int) -> int:
        for _ in range(number):
            case_in(State.HANDLING)
        job = open_job(county=cast.county, cause="公布", years=[2026])
        sweep_jobs()
        client.get(job.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(job.get_absolute_url())
        assert job.changes.count() == Suggestion.objects.count()
        return len(captured)

    assert queries(1) == queries(6)
