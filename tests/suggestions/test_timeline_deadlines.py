"""What moved a deadline stands in the case's timeline, on its page and in its paper, in the order of time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from suggestions.casefile import visible_case
from suggestions.documents.timeline import timeline_docx
from suggestions.enums import State
from suggestions.models import DeadlineChange, Suggestion, SuggestionTransition
from suggestions.timeline import timeline_of
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions.test_archive import words_of


def _recompute(case: Suggestion, cause: str, actor: User | None = None) -> DeadlineChange:
    assert case.due_on
    assert case.cap_on
    days = {"due_before": case.due_on, "due_after": case.due_on + timedelta(days=2)}
    caps = {"cap_before": case.cap_on, "cap_after": case.cap_on}
    return DeadlineChange.objects.create(suggestion=case, cause=cause, actor=actor, at=timezone.now(), **days, **caps)


@pytest.mark.parametrize("who", ["", "county_office"])
def test_a_recomputed_deadline_is_told_with_who_and_why(cast: Cast, case_in: CaseIn, who: str) -> None:
    case = case_in(State.HANDLING)
    change = _recompute(case, "2027年放假安排公布", getattr(cast, who) if who else None)
    (part,) = timeline_of(visible_case(cast.county_office, case.pk))
    step = part.steps[-1]
    assert (step.words, step.at) == ("期限重算", change.at)
    assert step.who == (str(cast.county_office) if who else "系统")
    assert step.note.startswith("因2027年放假安排公布，期限由")


def test_it_stands_between_the_steps_before_and_after(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.REPLY_REVIEW)
    change = _recompute(case, "新的期限规定")
    last = SuggestionTransition.objects.filter(suggestion=case).latest("at")
    DeadlineChange.objects.filter(pk=change.pk).update(at=last.at - timedelta(microseconds=1))
    (part,) = timeline_of(visible_case(cast.county_office, case.pk))
    assert [step.words for step in part.steps][-2] == "期限重算"


def test_it_stands_in_the_round_it_belongs_to(cast: Cast, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    _recompute(case, "第一轮")
    later = SuggestionTransition.objects.filter(suggestion=case).latest("at")
    later.pk, later.round, later.at = None, 2, timezone.now()
    later.save(force_insert=True)
    Suggestion.objects.filter(pk=case.pk).update(round=2)
    _recompute(case, "第二轮")
    first, second = timeline_of(visible_case(cast.county_office, case.pk))
    assert [step.note[:4] for step in (first.steps[-1], second.steps[-1])] == ["因第一轮", "因第二轮"]


def test_page_and_paper_tell_it(cast: Cast, case_in: CaseIn, client: object) -> None:
    case = case_in(State.HANDLING)
    _recompute(case, "2027年放假安排公布")
    content = timeline_docx(visible_case(cast.county_office, case.pk), [], [], is_full=True)
    assert "因2027年放假安排公布，期限由" in words_of(content)
