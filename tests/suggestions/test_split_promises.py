"""分办: every unit promises for itself, is reminded of that, and keeps it; the case is fulfilled with the last."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.models import Reminder
from notifications.registry import verdict_on
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.enums import ResultClass, State
from suggestions.integrity import RULES
from suggestions.models import Suggestion
from suggestions.notifications import standing_reminders
from suggestions.promises import PROMISE
from suggestions.services.steps import GuardError
from tests.cast import Cast
from tests.suggestions import asking, paths

Login = Callable[[User], Client]
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=SHANGHAI)
FIRST, SECOND = date(2026, 12, 14), date(2027, 1, 18)


def _closed(cast: Cast, **second: object) -> Suggestion:
    """The county's unit promised FIRST, the other one SECOND or what `second` says; closed."""
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler", result_class=ResultClass.B, promise_on=FIRST)
    asking.hand_in(case, cast, "other_unit_handler", **{"result_class": ResultClass.B, "promise_on": SECOND} | second)
    paths.forward(case, cast)
    paths.close(case, cast)
    return asking.fresh(case)


def _fulfil(case: Suggestion, cast: Cast, who: str) -> Suggestion:
    services.fulfil_promise(
        suggestion=case,
        actor=getattr(cast, who),
        version=None,
        text="已经办成",
        signer="签发人甲",
        kept_on=timezone.localdate(),
    )
    return asking.fresh(case)


@time_machine.travel(TUESDAY, tick=False)
def test_each_unit_is_reminded_of_its_own_day(cast: Cast) -> None:
    case = _closed(cast)
    rows = Reminder.objects.filter(kind=PROMISE, offset=0).order_by("due_at")
    first, second = f"UNIT_HANDLER:{cast.county_unit.pk}", f"UNIT_HANDLER:{cast.other_unit.pk}"
    assert [(row.recipient, f"{row.due_at.astimezone(SHANGHAI):%m-%d}") for row in rows] == [
        (first, "12-14"),
        (second, "01-18"),
    ]
    assert Reminder.objects.filter(kind=PROMISE).count() == 8
    made = list(standing_reminders(Suggestion.objects.all(), cast.county, TUESDAY.date()))
    assert sum(row.kind == PROMISE for row in made) == 8
    _fulfil(case, cast, "unit_handler")
    assert verdict_on(rows[0], rows[0].due_at).cancelled_because == "承诺已兑现或已变"
    assert verdict_on(rows[1], rows[1].due_at).send


@time_machine.travel(TUESDAY, tick=False)
def test_fulfilled_when_every_promise_is_kept(cast: Cast) -> None:
    case = _closed(cast)
    assert (case.result_class, case.promise_on) == (ResultClass.B, FIRST)
    case = _fulfil(case, cast, "unit_handler")
    assert (case.state, case.result_class, case.promise_on, case.fulfilled_on) == (State.CLOSED, "B", SECOND, None)
    assert Suggestion.objects.promised().contains(case)
    with pytest.raises(GuardError, match="承诺已在2026年11月24日兑现"):
        _fulfil(case, cast, "unit_handler")
    case = _fulfil(case, cast, "other_unit_handler")
    assert (case.result_class, case.promise_on, case.fulfilled_on) == ("A", SECOND, TUESDAY.date())
    assert not Suggestion.objects.promised().exists()
    assert not [line for rule in RULES.values() for line in rule()]


@time_machine.travel(TUESDAY, tick=False)
def test_a_promise_beside_a_part_that_cannot_be_done_is_followed_too(cast: Cast) -> None:
    case = _closed(cast, result_class=ResultClass.C, promise_on=None)
    assert (case.result_class, case.promise_on) == (ResultClass.C, FIRST)
    with pytest.raises(GuardError, match="没有要兑现的承诺"):
        _fulfil(case, cast, "other_unit_handler")
    case = _fulfil(case, cast, "unit_handler")
    assert (case.result_class, case.fulfilled_on) == (ResultClass.C, TUESDAY.date())
    assert not [line for rule in RULES.values() for line in rule()]


@time_machine.travel(TUESDAY, tick=False)
def test_the_rows_say_when_a_promise_was_left_out(cast: Cast) -> None:
    case = _closed(cast)
    Suggestion.objects.filter(pk=case.pk).update(fulfilled_on=TUESDAY.date(), result_class=ResultClass.A)
    assert f"建议 #{case.pk}：已兑现，却还有单位的承诺没有兑现" in list(RULES["承诺"]())
    Suggestion.objects.filter(pk=case.pk).update(fulfilled_on=None, result_class=ResultClass.B, promise_on=SECOND)
    assert f"建议 #{case.pk}：有承诺日期，却没有这一天的 B 类答复在等兑现" in list(RULES["承诺"]())


def test_pages_show_both_promises_and_each_unit_its_own(cast: Cast, login: Login) -> None:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        case = _closed(cast)
        page = login(cast.county_office).get(case.get_absolute_url()).content.decode()
        assert "承诺2026年12月14日前完成" in page
        assert "承诺2027年1月18日前完成" in page
        clock.shift(timedelta(days=25))
        texts = {
            who: login(getattr(cast, who)).get("/desk/suggestions/?view=promised").context["rows"][0].shown.light.text
            for who in ("county_office", "unit_handler", "other_unit_handler")
        }
        form = login(cast.other_unit_handler).get(f"{case.get_absolute_url()}fulfil/").context["form"]
    assert texts == {
        "county_office": "承诺逾期 5 天",
        "unit_handler": "承诺逾期 5 天",
        "other_unit_handler": "承诺剩 30 天",
    }
    assert form.facts == [("承诺单位", "住房和城乡建设局"), ("承诺完成日期", "2027年1月18日")]
