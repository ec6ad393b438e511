"""What each step refuses, in a sentence, changing nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from suggestions import services
from suggestions.enums import (
    Complexity,
    ContactMethod,
    ContactParty,
    Disclosure,
    Evaluator,
    Opinion,
    RejectReason,
    ResultClass,
    State,
)
from suggestions.models import Suggestion
from suggestions.services.intake import Visitor
from suggestions.services.steps import ConflictError, GuardError, MissingStepsError
from suggestions.workflow import NotYoursError, StepError, WrongStateError
from tests.accounts.factories import UnitFactory
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import paths

Attempt = Callable[[Suggestion, Cast], object]


def _assign(case: Suggestion, cast: Cast, **changes: object) -> Suggestion:
    arguments: dict[str, object] = {
        "suggestion": case,
        "actor": cast.county_office,
        "version": None,
        "unit": cast.county_unit,
        "complexity": Complexity.SIMPLE,
    }
    return services.assign_suggestion(**(arguments | changes))  # type: ignore[arg-type]


def _reply(case: Suggestion, cast: Cast, **changes: object) -> Suggestion:
    paths.take_two_steps(case, cast)
    text = replace(paths.REPLY, **changes)  # type: ignore[arg-type]
    return services.reply_suggestion(suggestion=case, actor=cast.unit_handler, version=None, reply=text)


def _contact(case: Suggestion, cast: Cast, days: int) -> Suggestion:
    return services.record_contact(
        suggestion=case,
        actor=cast.unit_handler,
        version=None,
        reached={ContactParty.PETITIONER: ContactMethod.PHONE},
        contacted_on=timezone.localdate() + timedelta(days=days),
    )


def _rate(case: Suggestion, cast: Cast, evaluator: Evaluator, **changes: object) -> Suggestion:
    return services.evaluate_suggestion(
        suggestion=case,
        actor=cast.liaison,
        version=None,
        evaluator=evaluator,
        verdict=replace(paths.CONTENT, **changes),  # type: ignore[arg-type]
    )


REFUSALS: list[tuple[State, Attempt, type[StepError], str]] = [
    (
        State.SUBMITTED,
        lambda case, cast: services.return_to_author(
            suggestion=case, actor=cast.town_office, version=None, reason="  "
        ),
        GuardError,
        "请写明要补充什么",
    ),
    (
        State.SUBMITTED,
        lambda case, cast: services.reject_suggestion(
            suggestion=case, actor=cast.town_office, version=None, code=RejectReason.UNCLEAR, reason=""
        ),
        GuardError,
        "请写明不予受理的理由",
    ),
    (
        State.SUBMITTED,
        lambda case, cast: services.accept_suggestion(suggestion=case, actor=cast.other_town_office, version=None),
        NotYoursError,
        "代表队",
    ),
    (
        State.ACCEPTED,
        lambda case, cast: _assign(case, cast, actor=cast.town_office, unit=cast.county_unit),
        GuardError,
        "不是本代表队的单位",
    ),
    (
        State.ESCALATED,
        lambda case, cast: _assign(case, cast, unit=UnitFactory(county=cast.county)),
        GuardError,
        "还没有开通账号",
    ),
    (State.ESCALATED, lambda case, cast: _assign(case, cast, unit=cast.town), GuardError, "请选择本县在用的承办单位"),
    (
        State.HANDLING,
        lambda case, cast: services.recall_assignment(suggestion=case, actor=cast.county_office, version=None),
        WrongStateError,
        "不能撤回交办",
    ),
    (
        State.ASSIGNED,
        lambda case, cast: services.reply_suggestion(
            suggestion=case, actor=cast.unit_handler, version=None, reply=paths.REPLY
        ),
        WrongStateError,
        "尚未签收,不能答复",
    ),
    (
        State.ASSIGNED,
        lambda case, cast: services.sign_suggestion(suggestion=case, actor=cast.other_unit_handler, version=None),
        NotYoursError,
        "承办单位",
    ),
    (State.HANDLING, lambda case, cast: _contact(case, cast, 1), GuardError, "不能晚于今天"),
    (State.HANDLING, lambda case, cast: _contact(case, cast, -1), GuardError, "不能早于交办日期"),
    (
        State.HANDLING,
        lambda case, cast: services.give_opinion(
            suggestion=case, actor=cast.representative_user, version=None, opinion=Opinion.AGREE
        ),
        GuardError,
        "还没有征询",
    ),
    (
        State.HANDLING,
        lambda case, cast: services.consult_representative(
            suggestion=case, actor=cast.unit_handler, version=None, measures="修补", opinion=Opinion.DISAGREE
        ),
        GuardError,
        "不同意请写明理由",
    ),
    (State.AWAIT_EVALUATION, lambda case, cast: _rate(case, cast, Evaluator.REPRESENTATIVE), GuardError, "本人填写"),
    (
        State.AWAIT_EVALUATION,
        lambda case, cast: _rate(case, cast, Evaluator.PETITIONER, outcome=paths.DISCONTENT.outcome, reason=""),
        GuardError,
        "不满意请写明理由",
    ),
    (
        State.AWAIT_EVALUATION,
        lambda case, cast: services.close_suggestion(suggestion=case, actor=cast.county_office),
        GuardError,
        "还没有评价",
    ),
    (
        State.AWAIT_EVALUATION,
        lambda case, cast: services.redo_suggestion(
            suggestion=case, actor=cast.county_office, version=None, reason="重办"
        ),
        GuardError,
        "不需要重办",
    ),
]


@pytest.mark.parametrize(("state", "attempt", "error", "sentence"), REFUSALS)
def test_refused_and_unchanged(
    case_in: CaseIn, cast: Cast, state: State, attempt: Attempt, error: type[StepError], sentence: str
) -> None:
    case = case_in(state)
    with pytest.raises(error, match=sentence):
        attempt(case, cast)
    fresh = Suggestion.objects.get(pk=case.pk)
    assert (fresh.state, fresh.version) == (case.state, case.version)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": " "}, "请填写答复内容"),
        ({"signer": ""}, "请填写签发人"),
        ({"result_class": ResultClass.B}, "请填写承诺完成日期"),
        ({"disclosure": Disclosure.NONE}, "选择不公开，请写明理由"),
    ],
)
def test_incomplete_reply_is_refused(case_in: CaseIn, cast: Cast, changes: dict[str, object], sentence: str) -> None:
    case = case_in(State.HANDLING)
    with pytest.raises(GuardError, match=sentence):
        _reply(case, cast, **changes)
    assert not case.replies.exists()


def test_reply_names_every_missing_task(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING)
    with pytest.raises(MissingStepsError) as refused:
        services.reply_suggestion(suggestion=case, actor=cast.unit_handler, version=None, reply=paths.REPLY)
    assert [item.task for item in refused.value.missing] == ["contact", "contact", "consult"]


def test_anonymous_case_needs_no_contact_with_the_petitioner(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.HANDLING, Visitor())
    services.record_contact(
        suggestion=case,
        actor=cast.unit_handler,
        version=None,
        reached={ContactParty.REPRESENTATIVE: ContactMethod.PHONE},
        contacted_on=timezone.localdate(),
    )
    services.consult_representative(
        suggestion=case, actor=cast.unit_handler, version=None, measures="修补", opinion=Opinion.AGREE
    )
    replied = services.reply_suggestion(suggestion=case, actor=cast.unit_handler, version=None, reply=paths.REPLY)
    assert replied.state == State.REPLY_REVIEW


def test_an_opinion_is_given_once(case_in: CaseIn, cast: Cast) -> None:
    case, actor = case_in(State.HANDLING), cast.representative_user
    paths.take_two_steps(case, cast)
    with pytest.raises(GuardError, match="已经答复过了"):
        services.give_opinion(suggestion=case, actor=actor, version=None, opinion=Opinion.DISAGREE, reason="改主意了")
    assert case.consultations.get().opinion == Opinion.AGREE


def _reach(case: Suggestion, cast: Cast, party: ContactParty, method: ContactMethod) -> Suggestion:
    reached = {party: method}
    return services.record_contact(
        suggestion=case, actor=cast.unit_handler, version=None, reached=reached, contacted_on=timezone.localdate()
    )


@pytest.mark.parametrize(
    ("visitor", "party", "method", "sentence"),
    [
        (replace(paths.VISITOR, releases_contact=False), ContactParty.PETITIONER, ContactMethod.PHONE, "没有同意告知"),
        (paths.VISITOR, ContactParty.REPRESENTATIVE, ContactMethod.VIA_REPRESENTATIVE, "党代表请直接联系"),
        (Visitor(), ContactParty.PETITIONER, ContactMethod.VIA_REPRESENTATIVE, "只需联系党代表"),
    ],
)
def test_nobody_is_reached_in_a_way_they_did_not_agree_to(
    case_in: CaseIn, cast: Cast, visitor: Visitor, party: ContactParty, method: ContactMethod, sentence: str
) -> None:
    case = case_in(State.HANDLING, visitor)
    with pytest.raises(GuardError, match=sentence):
        _reach(case, cast, party, method)
    assert not case.contacts.exists()


def test_stale_page_is_told_who_did_what_and_when(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.ESCALATED)
    stale = case.version
    _assign(case, cast, version=stale)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)), pytest.raises(ConflictError) as conflict:
        _assign(case, cast, version=stale, unit=cast.other_unit)
    sentence = str(conflict.value)
    assert "党联办甲" in sentence
    assert "交办：交通局" in sentence
    assert "1 分钟前" in sentence
    assert Suggestion.objects.get(pk=case.pk).unit == cast.county_unit


def test_one_rating_per_round_and_evaluator(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.AWAIT_EVALUATION)
    _rate(case, cast, Evaluator.PETITIONER)
    with pytest.raises(GuardError, match="已经评价过"):
        _rate(case, cast, Evaluator.PETITIONER)
    assert case.evaluations.count() == 1
