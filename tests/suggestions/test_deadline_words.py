"""What pages say about a deadline: stored dates first, 暂定 where it is, the office's own time, the past as it was."""

from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from studios.calendar_days import Entry
from studios.enums import HolidayKind
from studios.services.calendar_changes import set_day
from suggestions.enums import State
from suggestions.explanation import STANDS
from suggestions.models import DeadlinePolicy, RecomputeJob, Suggestion
from suggestions.services.recompute import open_job, sweep_jobs
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.paths import grant_extension

Login = Callable[[User], Client]
DUE = date(2026, 12, 4)


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _page(client: Client, case: Suggestion) -> str:
    return client.get(case.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("_today")
def test_original_and_present_dates_stand_beside_each_other(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    client = login(cast.unit_handler)
    assert "与原定相同" in _page(client, case)
    grant_extension(case, cast, date(2026, 12, 14))
    page = _page(client, case)
    assert "与原定相同" not in page
    panel = page[page.index("现行期限") :]
    assert "2026年12月14日" in panel
    assert "2026年12月4日" in page
    assert "2026-11-24 延期：经同意，延到2026年12月14日" in page
    assert "签收不晚于2026年11月25日" in page
    assert "要退办，不晚于2026年11月27日提出" in page


@pytest.mark.usefixtures("_today")
def test_a_recomputed_date_says_why(cast: Cast, login: Login, case_in: CaseIn) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), counts_workdays=True)
    case = case_in(State.HANDLING)
    entry = Entry(HolidayKind.HOLIDAY, "县庆")
    set_day(day=date(2026, 11, 30), entry=entry, reason="x", actor=cast.county_office, county=cast.county)
    sweep_jobs()
    because = "期限重算：因办公日历调整（2026年11月30日），期限由2026年12月8日改为2026年12月9日"
    assert because in _page(login(cast.liaison), case)


@pytest.mark.usefixtures("_today")
def test_a_closed_case_keeps_the_dates_of_its_time(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.CLOSED)
    client = login(cast.county_office)
    file = client.get(case.get_absolute_url()).context["file"]
    assert file.deadline.verdict == "2026年11月24日答复，按期"
    assert "应于2026年12月4日前答复（含当日）；延期最迟到2026年12月24日" in file.deadline.lines
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), simple_days=20)
    deadline = client.get(case.get_absolute_url()).context["file"].deadline
    assert (deadline.original_due_on, deadline.due_on, deadline.lines) == (DUE, DUE, (STANDS,))


@pytest.mark.parametrize("who", ["county_office", "unit_handler", "representative_user"])
def test_a_date_in_an_unannounced_year_is_provisional_wherever_it_shows(
    cast: Cast, login: Login, case_in: CaseIn, who: str
) -> None:
    with time_machine.travel("2026-12-24 09:30 +0800", tick=False):
        case, client = case_in(State.HANDLING), login(getattr(cast, who))
        assert "剩 10 天（暂定）" in _page(client, case)
        listed = client.get("/desk/suggestions/").content.decode()
        assert "剩 10 天（暂定）" in listed
        assert "2027年放假安排尚未公布，公布后重新计算" in listed
        waiting = case_in(State.ESCALATED)
        form = login(cast.county_office).get(f"{waiting.get_absolute_url()}assign/").content.decode()
        assert "简单：2027年1月3日前答复，暂定" in form


def test_what_has_ended_is_never_provisional(cast: Cast, login: Login, case_in: CaseIn) -> None:
    with time_machine.travel("2026-12-24 09:30 +0800", tick=False):
        case = case_in(State.CLOSED)
        assert not login(cast.county_office).get(case.get_absolute_url()).context["file"].deadline.is_provisional


@pytest.mark.usefixtures("_today")
@pytest.mark.parametrize(
    ("state", "who", "words"),
    [
        (State.SUBMITTED, "town_office", "受理还剩 2 个工作日"),
        (State.ACCEPTED, "town_office", "交办还剩 5 个工作日"),
        (State.ESCALATED, "county_office", "交办还剩 5 个工作日"),
        (State.REPLY_REVIEW, "county_office", "转交还剩 2 个工作日"),
    ],
)
def test_offices_see_their_own_time(
    cast: Cast, login: Login, case_in: CaseIn, state: State, who: str, words: str
) -> None:
    case = case_in(state)
    client = login(getattr(cast, who))
    assert words in client.get("/desk/suggestions/").content.decode()
    assert words in _page(client, case)
    if state == State.REPLY_REVIEW:
        assert words in client.get("/desk/replies/").content.decode()
    assert words not in login(cast.liaison).get("/desk/suggestions/").content.decode()


@pytest.mark.usefixtures("_today")
def test_the_county_sets_how_long_its_offices_have(cast: Cast, login: Login, case_in: CaseIn) -> None:
    DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), accept_days=4)
    case_in(State.SUBMITTED)
    assert "受理还剩 4 个工作日" in login(cast.town_office).get("/desk/suggestions/").content.decode()


def test_the_command_works_off_what_waits(cast: Cast, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    open_job(county=cast.county, cause="办公日历调整")
    out = StringIO()
    call_command("recompute_deadlines", stdout=out)
    assert out.getvalue() == "海安县：办公日历调整，已完成，查 1 件，改动 0 件\n"
    call_command("recompute_deadlines", "--because", "核对", "--county", "海安", stdout=out)
    assert RecomputeJob.objects.unfinished().count() == 0
    assert [job.cause for job in RecomputeJob.objects.order_by("pk")] == ["办公日历调整", "核对"]


@pytest.mark.parametrize("arguments", [["--county", "海安"], ["--because", "核对", "--county", "没有这个县"]])
def test_the_command_refuses_with_a_sentence(cast: Cast, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="请"):
        call_command("recompute_deadlines", *arguments, stdout=StringIO())
    assert not RecomputeJob.objects.exists()
