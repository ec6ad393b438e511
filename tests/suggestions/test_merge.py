"""并案: handled once, answered to everybody, rated by everybody."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Reminder, role_address, user_address
from studios.measures import Span
from suggestions import services
from suggestions.enums import Evaluator, State
from suggestions.integrity import RULES
from suggestions.measures import RATINGS, Said, rating_key
from suggestions.models import Evaluation, Suggestion
from suggestions.services.intake import Visitor
from suggestions.services.steps import GuardError
from suggestions.tasks import sweep_evaluations
from suggestions.workflow import NotYoursError, WrongStateError
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.representatives.factories import RepresentativeFactory
from tests.suggestions import paths

REFUSED_PARENTS = sorted({*State} - {"ACCEPTED", "ESCALATED", "ASSIGNED", "HANDLING", "REPLY_REVIEW"})


@pytest.fixture
def family(case_in: CaseIn, cast: Cast) -> tuple[Suggestion, Suggestion]:
    """A case being handled, and one of another representative of the town merged into it."""
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    other = RepresentativeFactory(delegation=cast.town, name="代表乙", studios=[cast.studio], user=cast.nobody)
    Suggestion.objects.filter(pk=child.pk).update(representative=other)
    paths.merge(child, parent, cast)
    child.refresh_from_db()
    return parent, child


def _relay(parent: Suggestion, cast: Cast) -> None:
    paths.reply(parent, cast)
    paths.forward(parent, cast)


def _rate_child(child: Suggestion, cast: Cast, verdict: object = paths.CONTENT) -> None:
    services.evaluate_suggestion(
        suggestion=child,
        actor=cast.liaison,
        version=None,
        evaluator=Evaluator.PETITIONER,
        verdict=verdict,  # type: ignore[arg-type]
    )
    services.evaluate_suggestion(
        suggestion=child,
        actor=cast.nobody,
        version=None,
        evaluator=Evaluator.REPRESENTATIVE,
        verdict=paths.CONTENT,
    )


def test_nothing_is_deleted(family: tuple[Suggestion, Suggestion]) -> None:
    parent, child = family
    assert (child.state, child.parent, child.number) == (State.MERGED, parent, "海建〔2026〕0002")
    assert child.petitioners.get().phone == "19900001234"
    assert child.content == paths.MATTER.content
    assert [row.verb for row in child.transitions.all()] == ["submit", "accept", "merge"]
    assert child.transitions.last().detail.startswith(f"并入{parent.number}")  # type: ignore[union-attr]


def test_those_who_brought_it_and_the_unit_are_told(family: tuple[Suggestion, Suggestion], cast: Cast) -> None:
    _parent, child = family
    told = set(Reminder.objects.filter(subject=f"suggestion:{child.pk}").values_list("recipient", flat=True))
    unit = role_address("UNIT_HANDLER", cast.county_unit)  # type: ignore[arg-type]
    assert told >= {user_address(cast.liaison), user_address(cast.nobody), unit}


@pytest.mark.parametrize("state", REFUSED_PARENTS)
def test_only_an_open_case_takes_another_in(case_in: CaseIn, cast: Cast, state: State) -> None:
    parent, child = case_in(State(state)), case_in(State.ACCEPTED)
    with pytest.raises(GuardError):
        paths.merge(child, parent, cast)
    child.refresh_from_db()
    assert child.state == State.ACCEPTED


def test_not_into_itself(case_in: CaseIn, cast: Cast) -> None:
    case = case_in(State.ACCEPTED)
    with pytest.raises(GuardError, match="另一件"):
        paths.merge(case, case, cast)


def test_not_into_what_the_office_does_not_see(case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    Suggestion.objects.filter(pk=parent.pk).update(delegation=cast.other_town)
    with pytest.raises(GuardError, match="请选择本县的另一件"):
        services.merge_suggestion(suggestion=child, actor=cast.town_office, version=None, parent=parent)
    paths.merge(child, parent, cast)


@pytest.mark.parametrize("who", ["liaison", "unit_handler", "leader", "representative_user", "other_town_office"])
def test_offices_alone_merge(case_in: CaseIn, cast: Cast, who: str) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.ACCEPTED)
    with pytest.raises(NotYoursError):
        services.merge_suggestion(suggestion=child, actor=getattr(cast, who), version=None, parent=parent)


def test_no_chains(family: tuple[Suggestion, Suggestion], case_in: CaseIn, cast: Cast) -> None:
    _parent, child = family
    with pytest.raises(GuardError, match="已并入另一件建议，不能并入"):
        paths.merge(case_in(State.ACCEPTED), child, cast)
    with pytest.raises(WrongStateError):
        paths.merge(child, case_in(State.HANDLING), cast)
    head = case_in(State.ACCEPTED)
    paths.merge(case_in(State.SUBMITTED), head, cast)
    with pytest.raises(GuardError, match="请反过来"):
        paths.merge(head, case_in(State.HANDLING), cast)


def test_what_took_others_in_is_neither_withdrawn_nor_rejected(case_in: CaseIn, cast: Cast) -> None:
    head = case_in(State.ESCALATED)
    paths.merge(case_in(State.ACCEPTED), head, cast)
    with pytest.raises(GuardError, match="也在等答复"):
        paths.withdraw(head, cast)
    with pytest.raises(GuardError, match="也在等答复"):
        services.reject_suggestion(
            suggestion=head,
            actor=cast.county_office,
            version=None,
            code="UNCLEAR",
            reason="不明",  # type: ignore[arg-type]
        )


def test_everybody_gets_the_reply_and_a_survey(family: tuple[Suggestion, Suggestion], cast: Cast) -> None:
    parent, child = family
    _relay(parent, cast)
    rows = Reminder.objects.filter(subject=f"suggestion:{child.pk}", title__contains="评价")
    assert set(rows.values_list("recipient", flat=True)) == {user_address(cast.liaison), user_address(cast.nobody)}
    assert child in Suggestion.objects.awaiting(cast.liaison)


def test_ratings_wait_for_the_reply(family: tuple[Suggestion, Suggestion], cast: Cast) -> None:
    _parent, child = family
    with pytest.raises(GuardError, match="正在办理，尚未答复，现在不能评价"):
        _rate_child(child, cast)


def test_the_parent_waits_for_everybody(family: tuple[Suggestion, Suggestion], cast: Cast) -> None:
    parent, child = family
    _relay(parent, cast)
    paths.rate(parent, cast)
    assert sweep_evaluations() == 0
    with pytest.raises(GuardError, match="并入的海建〔2026〕0002的党代表、群众还没有评价"):
        services.close_suggestion(suggestion=parent, actor=cast.county_office)
    _rate_child(child, cast)
    assert not Suggestion.objects.awaiting(cast.liaison).filter(pk=child.pk).exists()
    assert sweep_evaluations() == 1


def test_the_window_ends_for_everybody(family: tuple[Suggestion, Suggestion], cast: Cast) -> None:
    parent, _child = family
    _relay(parent, cast)
    paths.rate(parent, cast)
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        assert sweep_evaluations() == 1


def test_one_who_is_not_satisfied_is_enough_for_a_second_round(
    family: tuple[Suggestion, Suggestion], cast: Cast
) -> None:
    parent, child = family
    _relay(parent, cast)
    paths.rate(parent, cast)
    _rate_child(child, cast, paths.DISCONTENT)
    assert sweep_evaluations() == 0
    assert parent in Suggestion.objects.unsatisfied()
    services.redo_suggestion(suggestion=parent, actor=cast.county_office, version=None, reason="再修")
    child.refresh_from_db()
    assert child.round == 2
    assert list(RULES["并案"]()) == []
    parent.refresh_from_db()
    _relay(parent, cast)
    paths.rate(parent, cast)
    _rate_child(child, cast)
    assert sweep_evaluations() == 1
    assert child.evaluations.filter(round=2).count() == 2


def test_a_representative_rates_once_who_brought_both(case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.SUBMITTED, replace(paths.VISITOR, name="来访人乙"))
    paths.merge(child, parent, cast)
    _relay(parent, cast)
    paths.rate(parent, cast)
    with pytest.raises(GuardError, match="请在那一件评价"):
        services.evaluate_suggestion(
            suggestion=child,
            actor=cast.representative_user,
            version=None,
            evaluator=Evaluator.REPRESENTATIVE,
            verdict=paths.CONTENT,
        )
    services.evaluate_suggestion(
        suggestion=child, actor=cast.liaison, version=None, evaluator=Evaluator.PETITIONER, verdict=paths.CONTENT
    )
    assert sweep_evaluations() == 1


def test_an_anonymous_petitioner_of_a_merged_case_is_not_waited_for(case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.SUBMITTED, Visitor())
    paths.merge(child, parent, cast)
    _relay(parent, cast)
    paths.rate(parent, cast)
    assert sweep_evaluations() == 1


def test_the_unit_of_the_parent_never_rates_a_merged_case(family: tuple[Suggestion, Suggestion], cast: Cast) -> None:
    parent, child = family
    _relay(parent, cast)
    cast.studio.liaisons.add(cast.unit_handler)
    cast.unit_handler.memberships.create(organization=cast.town, role="LIAISON")
    with pytest.raises(NotYoursError):
        services.evaluate_suggestion(
            suggestion=child,
            actor=type(cast.unit_handler).objects.get(pk=cast.unit_handler.pk),
            version=None,
            evaluator=Evaluator.PETITIONER,
            verdict=paths.CONTENT,
        )


def test_ratings_of_merged_cases_are_counted_once(case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.HANDLING), case_in(State.SUBMITTED)
    paths.merge(child, parent, cast)
    _relay(parent, cast)
    paths.rate(parent, cast)
    services.evaluate_suggestion(
        suggestion=child, actor=cast.liaison, version=None, evaluator=Evaluator.PETITIONER, verdict=paths.CONTENT
    )
    today = timezone.localdate()
    assert RATINGS.rows(Evaluation.objects.all(), rating_key(Said.EVALUATED), Span(today, today, today)).count() == 3


def test_a_case_merged_into_a_second_round_joins_it(case_in: CaseIn, cast: Cast) -> None:
    parent, child = case_in(State.AWAIT_EVALUATION), case_in(State.ACCEPTED)
    paths.redo(parent, cast)
    paths.merge(child, parent, cast)
    child.refresh_from_db()
    assert child.round == 2
