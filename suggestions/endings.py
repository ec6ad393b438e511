"""Why a case cannot end this way yet, as a sentence; "" when it can: ratings, close, redo, ruling, promise, merging.

Pure: services guard by them, and pages ask before offering the step (`suggestions.obstacles`).
"""

from collections.abc import Collection
from datetime import datetime

from studios.clocks import words
from suggestions.answers import kept_days, promises_of
from suggestions.enums import MAX_ROUNDS, TAKES_IN_STATES, Capacity, Evaluator, State
from suggestions.families import (
    ENTERED_BY,
    awaited_ratings,
    expected_evaluators,
    family_of,
    is_anybody_unsatisfied,
    name_of,
    outcomes_of_round,
)
from suggestions.models import Suggestion
from suggestions.workflow import STANDING


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
    if is_anybody_unsatisfied(case):
        return "有评价为不满意，不能办结，请要求重办。" if case.round < MAX_ROUNDS else "二次办理仍不满意，请裁定。"
    window_over = case.next_deadline_at is not None and now >= case.next_deadline_at
    awaited = "；".join(awaited_ratings(case))
    if not awaited or window_over:
        return ""
    until = f"，评价期到{words(case.evaluation_due_on)}" if case.evaluation_due_on else ""
    return f"{awaited}还没有评价{until}。"


def obstacle_to_redo(case: Suggestion) -> str:
    """Nobody is unsatisfied, or it was handled twice."""
    if not is_anybody_unsatisfied(case):
        return "没有不满意的评价，不需要重办。"
    return "已经是二次办理，不能再要求重办，请裁定。" if case.round >= MAX_ROUNDS else ""


def obstacle_to_rule(case: Suggestion) -> str:
    """Nobody is unsatisfied, or it can still be handled again."""
    if not is_anybody_unsatisfied(case):
        return "没有不满意的评价，不需要裁定。"
    return "" if case.round >= MAX_ROUNDS else "这是第一次办理，请先要求重办；二次办理仍不满意时才裁定。"


def obstacle_to_fulfil(case: Suggestion, units: Collection[int]) -> str:
    """None of `units` has promised anything, or what they promised was kept already."""
    own = [answer for answer in promises_of(case) if answer.assignment.unit_id in units]
    if not own:
        return "办理结果不是 B 类，没有要兑现的承诺。"
    kept = kept_days(case)
    days = [kept[answer.reply.pk] for answer in own if answer.reply.pk in kept]
    return f"承诺已在{words(max(days))}兑现。" if len(days) == len(own) else ""


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


def _named(children: list[Suggestion]) -> str:
    return "、".join(name_of(child) for child in children)
