"""分办 at review: one unit writes anew, what the others handed in stands; relayed when all have passed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from notifications.models import Reminder, role_address
from notifications.registry import verdict_on
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.enums import ReplyStatus, State
from suggestions.integrity import RULES
from suggestions.models import Assignment, Suggestion
from suggestions.services.steps import GuardError
from tests.cast import Cast
from tests.suggestions import asking, paths

Login = Callable[[User], Client]
MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


def _in_review(cast: Cast) -> Suggestion:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler", text="路面已修补。")
    return asking.hand_in(case, cast, "other_unit_handler", text="管网已更换。")


def _part(case: Suggestion, cast: Cast) -> Assignment:
    return case.assignments.get(unit=cast.other_unit)


def _return(case: Suggestion, cast: Cast) -> Suggestion:
    services.return_reply(
        suggestion=case,
        actor=cast.county_office,
        version=None,
        reason="请写明更换了多少米",
        parts=[_part(case, cast)],
    )
    return asking.fresh(case)


def test_the_other_part_stands_and_the_case_waits_for_one(cast: Cast) -> None:
    case = _return(_in_review(cast), cast)
    assert (case.state, case.replied_on, case.result_class) == (State.HANDLING, None, "")
    status = {row.assignment.unit: row.status for row in case.replies.all() if row.assignment}
    assert status == {cast.county_unit: ReplyStatus.SUBMITTED, cast.other_unit: ReplyStatus.RETURNED}
    assert case.transitions.latest("pk").detail == "住建局"
    told = Reminder.objects.filter(title__startswith="答复退回修改").values_list("recipient", flat=True)
    assert list(told) == [role_address(Role.UNIT_HANDLER, cast.other_unit)]
    with pytest.raises(GuardError, match="贵单位的部分已经提交"):
        asking.hand_in(case, cast, "unit_handler")
    case = asking.hand_in(case, cast, "other_unit_handler", text="管网已更换 300 米。")
    assert case.state == State.REPLY_REVIEW
    paths.forward(case, cast)
    relayed = asking.fresh(case).replies.filter(status=ReplyStatus.FORWARDED).values_list("text", flat=True)
    assert set(relayed) == {"路面已修补。", "管网已更换 300 米。"}
    assert not [line for rule in RULES.values() for line in rule()]


def test_the_clock_runs_on_for_that_unit_alone(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = _return(_in_review(cast), cast)
        assert _part(case, cast).due_on == case.due_on
        late = Reminder.objects.filter(kind="suggestion.deadline", offset=1)
        verdicts = {row.recipient: verdict_on(row, row.due_at) for row in late}
        assert verdicts[role_address(Role.UNIT_HANDLER, cast.other_unit)].send
        stopped = verdicts[role_address(Role.UNIT_HANDLER, cast.county_unit)]
        assert stopped.cancelled_because == "本单位部分已经提交"
        clock.shift(timedelta(days=20))
        assert asking.hand_in(case, cast, "other_unit_handler").was_on_time is False


def test_only_what_waits_can_be_sent_back(cast: Cast) -> None:
    case = _return(_in_review(cast), cast)
    case = asking.hand_in(case, cast, "other_unit_handler")
    stranger = paths.case_in(State.HANDLING, cast).assignments.get()
    with pytest.raises(GuardError, match="没有待审核的答复"):
        services.return_reply(suggestion=case, actor=cast.county_office, version=None, reason="改", parts=[stranger])
    assert asking.fresh(case).state == State.REPLY_REVIEW


def test_a_unit_that_is_done_asks_for_nothing_more(cast: Cast) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    case = asking.hand_in(case, cast, "unit_handler")
    for ask in (asking.ask_return, asking.ask_extension):
        with pytest.raises(GuardError, match="贵单位的部分已经提交"):
            ask(case, cast)


def test_the_reviewer_chooses_on_the_page(cast: Cast, login: Login) -> None:
    case, client = _in_review(cast), login(cast.county_office)
    page = client.get("/desk/replies/")
    assert [[answer.unit for answer in row["answers"]] for row in page.context["rows"]] == [
        [cast.county_unit, cast.other_unit]
    ]
    text = page.content.decode()
    assert text.count(">转交<") == 1
    part = _part(case, cast)
    address = f"{case.get_absolute_url()}return_reply/"
    assert f"{address}?part={part.pk}" in text
    form = client.get(address, {"part": part.pk}).context["form"]
    assert form["parts"].value() == [part.pk]
    refused = client.post(address, {"version": case.version, "reason": "请写明时间"})
    assert refused.status_code == 422
    assert "请选择退回哪些单位的答复" in refused.content.decode()
    assert (
        client.post(address, {"version": case.version, "reason": "请写明时间", "parts": [part.pk]}).status_code == 302
    )
    assert asking.fresh(case).replies.filter(status=ReplyStatus.RETURNED).get().assignment == part


def test_a_case_of_one_unit_has_nothing_to_choose(cast: Cast, login: Login) -> None:
    case = paths.case_in(State.REPLY_REVIEW, cast)
    form = login(cast.county_office).get(f"{case.get_absolute_url()}return_reply/").context["form"]
    assert "parts" not in form.fields
