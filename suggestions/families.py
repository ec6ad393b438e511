"""A case and those merged into it (并案) are one family: whoever brought any of them rates the reply.

One dissatisfied rating is enough. Runs no query where `merged_cases__evaluations` is prefetched.
"""

from collections.abc import Iterator

from suggestions.enums import CONTENTED, Capacity, EvaluationSource, Evaluator
from suggestions.models import Suggestion

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


def is_anybody_unsatisfied(case: Suggestion) -> bool:
    """Whether somebody of the family is not content with the current round."""
    return any(not set(outcomes_of_round(member).values()) <= CONTENTED for member in family_of(case))


def awaited_ratings(case: Suggestion) -> Iterator[str]:
    """Who of the family has yet to rate: 党代表、群众; of a merged case with its name."""
    for member in family_of(case):
        missing = expected_evaluators(member) - set(outcomes_of_round(member))
        if missing:
            who = "、".join(sorted(Evaluator(evaluator).label for evaluator in missing))
            yield who if member is case else f"并入的{name_of(member)}的{who}"
