"""裁定: after the second round the county office settles it, one way or the other."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from notifications.models import Reminder, user_address
from studios.services import load_calendar
from suggestions import services
from suggestions.enums import Ruling, State, SupervisionKind
from suggestions.integrity import RULES
from suggestions.models import Suggestion, Supervision
from suggestions.services.steps import GuardError
from suggestions.workflow import NotYoursError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths


@pytest.fixture
def unsettled(case_in: CaseIn, cast: Cast) -> Suggestion:
    """Handled twice, and still nobody is content."""
    case = case_in(State.AWAIT_EVALUATION)
    paths.second_round(case, cast)
    case.refresh_from_db()
    return case


def _rule(case: Suggestion, cast: Cast, ruling: Ruling = Ruling.EXPLAINED, **changes: object) -> Suggestion:
    asked: dict[str, object] = {"actor": cast.county_office, "version": None, "text": "县道大修列入明年计划"}
    return services.rule_suggestion(suggestion=case, ruling=ruling, **(asked | changes))  # type: ignore[arg-type]


def test_an_explanation_closes_it_and_is_told(unsettled: Suggestion, cast: Cast) -> None:
    case = _rule(unsettled, cast)
    assert (case.state, case.ruling, case.closed_on) == (State.CLOSED, Ruling.EXPLAINED, timezone.localdate())
    told = Reminder.objects.filter(title__startswith="解释说明", body="县道大修列入明年计划")
    recipients = set(told.values_list("recipient", flat=True))
    assert recipients == {user_address(cast.representative_user), user_address(cast.liaison)}
    assert not Supervision.objects.exists()
    assert [words for rule in RULES.values() for words in rule()] == []


def _in_a_month() -> date:
    return load_calendar().on_or_after(timezone.localdate() + timedelta(days=30))


def test_listing_closes_it_and_puts_it_on_the_list(unsettled: Suggestion, cast: Cast) -> None:
    due = _in_a_month()
    case = _rule(unsettled, cast, Ruling.LISTED, reply_due_on=due)
    row = Supervision.objects.get()
    assert (row.suggestion, row.kind, row.unit, row.reply_due_on) == (
        case,
        SupervisionKind.LISTED,
        cast.county_unit,
        due,
    )
    assert Reminder.objects.filter(title__startswith="挂牌督办", recipient__startswith="UNIT_HANDLER").exists()
    assert [words for rule in RULES.values() for words in rule()] == []


def test_what_is_listed_already_is_not_listed_twice(unsettled: Suggestion, cast: Cast) -> None:
    Supervision.objects.create(
        suggestion=unsettled, kind="LISTED", unit=cast.county_unit, text="逾期", issued_at=timezone.now()
    )
    _rule(unsettled, cast, Ruling.LISTED, reply_due_on=_in_a_month())
    assert Supervision.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "sentence"), [(None, "要求承办单位回复的日期"), (0, "回复日期要晚于今天"), (-1, "回复日期要晚于今天")]
)
def test_listing_asks_for_a_day_to_answer(unsettled: Suggestion, cast: Cast, days: int | None, sentence: str) -> None:
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    with pytest.raises(GuardError, match=sentence):
        _rule(unsettled, cast, Ruling.LISTED, reply_due_on=due)
    unsettled.refresh_from_db()
    assert unsettled.state == State.AWAIT_EVALUATION


def test_listing_asks_for_a_workday(unsettled: Suggestion, cast: Cast) -> None:
    rest = next(load_calendar().rest_days(_in_a_month(), _in_a_month() + timedelta(days=9)))
    with pytest.raises(GuardError, match="是休息日"):
        _rule(unsettled, cast, Ruling.LISTED, reply_due_on=rest)


def test_a_first_round_is_redone_not_ruled(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast, paths.DISCONTENT)
    with pytest.raises(GuardError, match="请先要求重办"):
        _rule(case, cast)


def test_what_everybody_accepts_is_not_ruled(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    paths.rate(case, cast)
    with pytest.raises(GuardError, match="不需要裁定"):
        _rule(case, cast)


def test_a_ruling_says_why(unsettled: Suggestion, cast: Cast) -> None:
    with pytest.raises(GuardError, match="请写明解释说明的内容"):
        _rule(unsettled, cast, text=" ")


@pytest.mark.parametrize("who", ["town_office", "unit_handler", "representative_user", "liaison"])
def test_the_county_office_alone_rules(unsettled: Suggestion, cast: Cast, who: str) -> None:
    with pytest.raises(NotYoursError):
        _rule(unsettled, cast, actor=getattr(cast, who))
