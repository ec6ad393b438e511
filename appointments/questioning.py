"""What a questionnaire brought in: counted question by question, and as a sheet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from appointments.enums import QuestionKind
from appointments.models import Answer, Questionnaire
from appointments.tallies import Given, Tally, tally
from sheets.writer import Cell, listing
from studios.clocks import words

HEADS = (("题号", 6), ("题目", 40), ("题型", 8), ("选项或回答", 40), ("人数", 8), ("占比", 10), ("答题人数", 10))


@dataclass(frozen=True)
class Results:
    """All responses of one questionnaire, of which so many came on paper."""

    responses: int
    papers: int
    tallies: Sequence[Tally]


def results_of(questionnaire: Questionnaire) -> Results:
    """Count what came in; three queries for any number of responses."""
    questions = list(questionnaire.questions.all())
    given = defaultdict(list)
    rows = Answer.objects.filter(question__questionnaire=questionnaire).order_by("response_id")
    for key, chosen, text in rows.values_list("question_id", "chosen", "text"):
        given[key].append(Given(chosen, text))
    entered = list(questionnaire.responses.values_list("entered_by", flat=True))
    return Results(
        responses=len(entered),
        papers=sum(1 for user in entered if user is not None),
        tallies=[tally(row.text, QuestionKind(row.kind), row.choices, given[row.pk]) for row in questions],
    )


def results_sheet(questionnaire: Questionnaire, results: Results) -> bytes:
    """The tally as a list: one line a choice, and one a text; shares are fractions, "—" where nobody answered."""
    terms = [
        ("问卷", questionnaire.title),
        ("活动", f"{words(questionnaire.appointment.held_on)} {questionnaire.appointment.theme}"),
        ("答卷", f"{results.responses} 份，其中纸质 {results.papers} 份"),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("说明", "占比 = 选择这一项的人数 ÷ 回答这道题的人数，四舍五入；多选题按人计，合计可超过 100%"),
    ]
    return listing(HEADS, _lines(results), terms)


def _lines(results: Results) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(results.tallies, start=1):
        head: tuple[Cell, ...] = (number, row.text, row.kind.label)
        for choice in row.choices:
            share: Cell = "—" if choice.share is None else Decimal(choice.count) / row.n
            yield (*head, choice.label, choice.count, share, row.n)
        for text in row.texts:
            yield (*head, text, None, None, row.n)
