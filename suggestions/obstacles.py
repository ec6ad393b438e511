"""Why a step the table allows is still not possible, as a sentence; "" when it is. Pages ask before offering it.

A case and those merged into it (并案) are one family: whoever brought any of them rates the reply, and one
dissatisfied rating is enough. Runs no query where `merged_cases__evaluations` is prefetched.
"""

from collections.abc import Iterator
from datetime import datetime

from studios.clocks import words
from suggestions.enums import (
    CONTENTED,
    MAX_ROUNDS,
    TAKES_IN_STATES,
    Capacity,
    EvaluationSource,
    Evaluator,
    ResultClass,
    State,
)
from suggestions.models import Suggestion
from suggestions.workflow import STANDING

ENTERED_BY = {
    Evaluator.REPRESENTATIVE: (Capacity.REPRESENTATIVE, EvaluationSource.ONLINE, "代表的评价由代表本人填写。"),
    Evaluator.PETITIONER: (Capacity.LIAISON, EvaluationSource.PAPER, "群众的评价由联络员按纸质征询意见表录入。"),
}


def name_of(case: Suggestion) -> str:
    """How a sentence calls a case: its number, else its title."""
    return case.number or f"“{case.title}”"


def family_of(case: Suggestion) -> list[Suggestion]:
    """The case, and those merged into it in the order they came."""
    return [case, *sorted(case.merged_cases.all(), key=lambda child: child.pk)]


def expected_evaluators(case: Suggestion) -> frozenset[Evaluator]:
    """Whose rating of this one case is awaited: the representative's, and the petitioner's unless anonymous.

    Whoever also brought the case it was merged into rates there.
    """
    expected = {Evaluator.REPRESENTATIVE} if case.is_anonymous else set(Evaluator)
    if case.parent and case.parent.representative_id == case.representative_id:
        expected.discard(Evaluator.REPRESENTATIVE)
    return frozenset(expected)


def outcomes_of_round(case: Suggestion) -> dict[str, str]:
    """Outcome rating by evaluator in the current round of this one case."""
    return {row.evaluator: row.outcome for row in case.evaluations.all() if row.round == case.round}


def evaluators_open_to(held: frozenset[Capacity], case: Suggestion) -> list[Evaluator]:
    """Whose rating of the current round somebody standing in `held` may still enter."""
    if obstacle_to_rate(case):
        return []
    awaited = expected_evaluators(case) - {Evaluator(name) for name in outcomes_of_round(case)}
    return [who for who, (capacity, _source, _sentence) in ENTERED_BY.items() if capacity in held and who in awaited]


def obstacle_to_rate(case: Suggestion) -> str:
    """A merged case is rated once the case it was merged into has been relayed."""
    if case.parent is None or case.parent.state == State.AWAIT_EVALUATION:
        return ""
    return f"并入的{name_of(case.parent)}{STANDING[State(case.parent.state)]}，现在不能评价。"


def obstacle_to_close(case: Suggestion, now: datetime) -> str:
    """Somebody is unsatisfied, or has not rated and the window is still open at `now`."""
    if _is_anybody_unsatisfied(case):
        return "有评价为不满意，不能办结，请要求重办。" if case.round < MAX_ROUNDS else "二次办理仍不满意，请裁定。"
    window_over = case.next_deadline_at is not None and now >= case.next_deadline_at
    awaited = "；".join(_awaited(case))
    if not awaited or window_over:
        return ""
    until = f"，评价期到{words(case.evaluation_due_on)}" if case.evaluation_due_on else ""
    return f"{awaited}还没有评价{until}。"


def obstacle_to_redo(case: Suggestion) -> str:
    """Nobody is unsatisfied, or it was handled twice."""
    if not _is_anybody_unsatisfied(case):
        return "没有不满意的评价，不需要重办。"
    return "已经是二次办理，不能再要求重办，请裁定。" if case.round >= MAX_ROUNDS else ""


def obstacle_to_rule(case: Suggestion) -> str:
    """Nobody is unsatisfied, or it can still be handled again."""
    if not _is_anybody_unsatisfied(case):
        return "没有不满意的评价，不需要裁定。"
    return "" if case.round >= MAX_ROUNDS else "这是第一次办理，请先要求重办；二次办理仍不满意时才裁定。"


def obstacle_to_fulfil(case: Suggestion) -> str:
    """Nothing was promised, or the promise was kept already."""
    if case.fulfilled_on:
        return f"承诺已在{words(case.fulfilled_on)}兑现。"
    if case.result_class != ResultClass.B or case.promise_on is None:
        return "办理结果不是 B 类，没有要兑现的承诺。"
    return ""


def obstacle_to_merge(case: Suggestion) -> str:
    """Others were merged into it: they would hang on a case that is not handled itself."""
    children = family_of(case)[1:]
    return f"{_named(children)}已并入这件，请反过来把另一件并入这件。" if children else ""


def obstacle_to_take_in(case: Suggestion) -> str:
    """Nothing can be merged into it as it stands: not accepted yet, or relayed already, or finished."""
    if case.state in TAKES_IN_STATES:
        return ""
    return f"{name_of(case)}{STANDING[State(case.state)]}，不能并入；请选择已受理、还没有转交评价的建议。"


def obstacle_to_drop(case: Suggestion) -> str:
    """Withdrawn or rejected, it would take with it the answer those merged into it wait for."""
    children = family_of(case)[1:]
    return f"{_named(children)}已并入这件，提出的群众也在等答复，请照常办理并答复。" if children else ""


def _is_anybody_unsatisfied(case: Suggestion) -> bool:
    return any(not set(outcomes_of_round(member).values()) <= CONTENTED for member in family_of(case))


def _awaited(case: Suggestion) -> Iterator[str]:
    """Who of the family has yet to rate: 党代表、群众; of a merged case with its name."""
    for member in family_of(case):
        missing = expected_evaluators(member) - set(outcomes_of_round(member))
        if missing:
            who = "、".join(sorted(Evaluator(evaluator).label for evaluator in missing))
            yield who if member is case else f"并入的{name_of(member)}的{who}"


def _named(children: list[Suggestion]) -> str:
    return "、".join(name_of(child) for child in children)
