"""承诺与兑现: what class B promises is followed until it comes true."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.enums import ReminderState
from notifications.models import Reminder
from notifications.registry import verdict_on
from suggestions import services
from suggestions.enums import ReplyStatus, ResultClass, State
from suggestions.integrity import RULES
from suggestions.models import Suggestion
from suggestions.notifications import standing_reminders
from suggestions.promises import PROMISE
from suggestions.services.steps import GuardError
from suggestions.workflow import NotYoursError, WrongStateError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths

Login = Callable[[User], Client]
WAITING = Reminder.objects.filter(kind=PROMISE, state=ReminderState.PENDING)


def _fulfil(case: Suggestion, cast: Cast, **changes: object) -> Suggestion:
    asked: dict[str, object] = {
        "actor": cast.unit_handler,
        "version": None,
        "text": "路灯已全部装好",
        "signer": "签发人甲",
        "kept_on": timezone.localdate(),
    }
    return services.fulfil_promise(suggestion=case, **(asked | changes))  # type: ignore[arg-type]


def test_the_promise_stands_from_the_reply_and_falls_with_it(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    paths.promise(case, cast)
    case.refresh_from_db()
    assert case.promise_on == timezone.localdate() + timedelta(days=60)
    services.return_reply(suggestion=case, actor=cast.county_office, version=None, reason="日期太晚")
    case.refresh_from_db()
    assert case.promise_on is None


def test_another_class_promises_nothing(case_in: CaseIn) -> None:
    assert case_in(State.CLOSED).promise_on is None


def test_a_second_round_starts_without_the_old_promise(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    paths.promise(case, cast)
    paths.forward(case, cast)
    paths.redo(case, cast)
    case.refresh_from_db()
    assert case.promise_on is None
    reminder = Reminder.objects.filter(kind=PROMISE).earliest("due_at")
    assert verdict_on(reminder, reminder.due_at).cancelled_because == "承诺已兑现或已变"


@time_machine.travel("2026-11-24T10:00:00+08:00")
def test_the_unit_is_reminded_before_on_and_after_the_day(cast: Cast) -> None:
    paths.closed_with_promise(cast, days=20)
    rows = Reminder.objects.filter(kind=PROMISE).order_by("due_at", "recipient")
    unit, county = f"UNIT_HANDLER:{cast.county_unit.pk}", f"COUNTY_OFFICE:{cast.county.pk}"
    found = [(f"{row.due_at.astimezone():%m-%d}", row.offset, row.recipient) for row in rows]
    assert found == [("12-11", -3, unit), ("12-14", 0, unit), ("12-17", 3, county), ("12-17", 3, unit)]
    assert verdict_on(rows[0], rows[0].due_at).send


def test_standing_reminders_name_the_same(cast: Cast) -> None:
    paths.closed_with_promise(cast)
    made = standing_reminders(Suggestion.objects.all(), cast.county, timezone.localdate())
    rows = [row for row in made if row.kind == PROMISE]
    assert {row.offset for row in rows} == {-3, 0, 3}
    assert len(rows) == Reminder.objects.filter(kind=PROMISE).count()


def test_a_kept_promise_makes_it_class_a_and_is_told_as_a_further_reply(cast: Cast) -> None:
    case = _fulfil(paths.closed_with_promise(cast), cast)
    assert (case.state, case.result_class, case.fulfilled_on) == (State.CLOSED, "A", timezone.localdate())
    first, second = case.replies.all()
    assert (first.result_class, first.promise_on) == (ResultClass.B, case.promise_on)
    assert (second.result_class, second.status, second.text) == ("A", ReplyStatus.FORWARDED, "路灯已全部装好")
    assert not WAITING.all().exists()
    assert Reminder.objects.filter(title__startswith="承诺已兑现", recipient=f"user:{cast.liaison.pk}").exists()
    assert [words for rule in RULES.values() for words in rule()] == []


def test_kept_once(cast: Cast) -> None:
    case = paths.closed_with_promise(cast)
    _fulfil(case, cast)
    with pytest.raises(GuardError, match="已在.*兑现"):
        _fulfil(case, cast)


def test_what_promised_nothing_has_nothing_to_keep(case_in: CaseIn, cast: Cast) -> None:
    with pytest.raises(GuardError, match="没有要兑现的承诺"):
        _fulfil(case_in(State.CLOSED), cast)


def test_not_before_it_is_closed(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    paths.promise(case, cast)
    paths.forward(case, cast)
    with pytest.raises(WrongStateError, match="正在评价,不能兑现承诺"):
        _fulfil(case, cast)


@pytest.mark.parametrize(("days", "sentence"), [(1, "不能晚于今天"), (-1, "不能早于答复日期")])
def test_the_day_lies_between_reply_and_today(cast: Cast, days: int, sentence: str) -> None:
    case = paths.closed_with_promise(cast)
    with pytest.raises(GuardError, match=sentence):
        _fulfil(case, cast, kept_on=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("missing", ["text", "signer"])
def test_nothing_is_left_blank(cast: Cast, missing: str) -> None:
    with pytest.raises(GuardError):
        _fulfil(paths.closed_with_promise(cast), cast, **{missing: " "})


@pytest.mark.parametrize("who", ["county_office", "town_office", "liaison", "representative_user"])
def test_the_unit_alone_says_so(cast: Cast, who: str) -> None:
    with pytest.raises(NotYoursError):
        _fulfil(paths.closed_with_promise(cast), cast, actor=getattr(cast, who))


@pytest.mark.parametrize("who", ["unit_handler", "county_office", "town_office", "leader", "liaison"])
def test_the_list_of_promises_counts_and_burns(cast: Cast, login: Login, case_in: CaseIn, who: str) -> None:
    late, early = paths.closed_with_promise(cast, days=1), paths.closed_with_promise(cast, days=30)
    case_in(State.CLOSED)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        context = login(getattr(cast, who)).get("/desk/suggestions/?view=promised").context
    shown = [row.shown for row in context["rows"]]
    assert [row.case.pk for row in shown] == [late.pk, early.pk]
    assert [row.light.text for row in shown] == ["承诺逾期 4 天", "承诺剩 25 天"]
    assert [tab.count for tab in context["tabs"] if tab.view.key == "promised"] == [2]


def test_a_kept_promise_leaves_the_list(cast: Cast) -> None:
    case = paths.closed_with_promise(cast)
    assert Suggestion.objects.promised().get() == case
    _fulfil(case, cast)
    assert not Suggestion.objects.promised().exists()
