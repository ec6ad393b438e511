"""Each rule of the data notices the row that breaks it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from suggestions.enums import AssignmentStatus, Rating, State
from suggestions.integrity import RULES
from suggestions.models import Assignment, Evaluation, NumberSequence, Reply, Suggestion, SuggestionTransition
from tests.conftest import CaseIn

Break = Callable[[Suggestion], object]


def _change(**fields: object) -> Break:
    return lambda case: Suggestion.objects.filter(pk=case.pk).update(**fields)


BREAKS: list[tuple[str, State, Break]] = [
    ("流转", State.HANDLING, _change(state=State.DRAFT, due_on=None, unit=None)),
    ("流转", State.HANDLING, _change(version=1)),
    ("流转", State.ASSIGNED, lambda _case: SuggestionTransition.objects.filter(verb="accept").delete()),
    ("编号", State.ACCEPTED, _change(sequence=5)),
    ("编号", State.ACCEPTED, lambda _case: NumberSequence.objects.update(last=9)),
    ("主办", State.HANDLING, lambda _case: Assignment.objects.update(status=AssignmentStatus.RECALLED)),
    ("期限", State.HANDLING, lambda case: _change(original_due_on=case.due_on + timedelta(days=1))(case)),
    ("答复", State.REPLY_REVIEW, _change(replied_on=None)),
    ("答复", State.REPLY_REVIEW, _change(was_on_time=False)),
    ("答复", State.AWAIT_EVALUATION, lambda _case: Reply.objects.all().delete()),
    ("答复", State.AWAIT_EVALUATION, lambda _case: Reply.objects.update(submitted_by=None)),
    ("评价", State.CLOSED, lambda _case: Evaluation.objects.update(outcome=Rating.UNSATISFIED, reason="没修")),
    ("归属", State.ACCEPTED, _change(state=State.MERGED)),
    ("搜索", State.ACCEPTED, _change(title="另一个标题")),
    ("时钟", State.HANDLING, _change(next_deadline_at=None)),
    ("并案", State.MERGED, _change(round=2)),
    ("并案", State.MERGED, lambda case: _change(parent=case.pk)(case)),
    ("并案", State.MERGED, lambda case: _change(state=State.WITHDRAWN)(case.parent)),
    ("承诺", State.CLOSED, _change(result_class="B")),
    ("承诺", State.CLOSED, _change(fulfilled_on=date(2026, 11, 24))),
    ("承诺", State.CLOSED, _change(promise_on=date(2026, 11, 24))),
    ("裁定", State.CLOSED, _change(ruling="EXPLAINED")),
]


@pytest.mark.parametrize(("name", "state", "damage"), BREAKS)
def test_damage_is_named(case_in: CaseIn, name: str, state: State, damage: Break) -> None:
    case = case_in(state)
    assert list(RULES[name]()) == []
    damage(case)
    assert list(RULES[name]())


def test_the_command_exits_with_a_list(case_in: CaseIn, capsys: pytest.CaptureFixture[str]) -> None:
    case = case_in(State.HANDLING)
    call_command("check_integrity")
    assert '"ok": true' in capsys.readouterr().out
    _change(next_deadline_at=None)(case)
    with pytest.raises(SystemExit) as exit_:
        call_command("check_integrity")
    assert exit_.value.code == 1
    assert "下一期限与状态不符" in capsys.readouterr().out
