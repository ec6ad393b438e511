"""Counting what a questionnaire brought in. Pure: questions and answers are passed in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from appointments.enums import QuestionKind
from studios.rates import percent


@dataclass(frozen=True)
class Given:
    """What one respondent said to one question: positions of the choices taken, from 0, or text."""

    chosen: Sequence[int] = ()
    text: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.chosen and not self.text.strip()


@dataclass(frozen=True)
class ChoiceCount:
    """How many of those who answered took this choice; `share` in percent, None when nobody answered."""

    label: str
    count: int
    share: Decimal | None


@dataclass(frozen=True)
class Tally:
    """One question: how many answered it (`n`), what they chose, what they wrote in their own words."""

    text: str
    kind: QuestionKind
    n: int
    choices: Sequence[ChoiceCount] = ()
    texts: Sequence[str] = ()


def tally(text: str, kind: QuestionKind, choices: Sequence[str], answers: Iterable[Given]) -> Tally:
    """Count `answers`, one a respondent; blank ones are no answers, a choice named twice counts once.

    The counts of a SINGLE question add up to `n`; those of a MULTIPLE one may add up to more.
    """
    given = [answer for answer in answers if not answer.is_blank]
    if kind == QuestionKind.TEXT:
        texts = [answer.text.strip() for answer in given if answer.text.strip()]
        return Tally(text, kind, len(texts), texts=texts)
    taken = Counter(position for answer in given for position in set(answer.chosen))
    n = sum(1 for answer in given if answer.chosen)
    counted = [
        ChoiceCount(label, taken[position], percent(taken[position], n)) for position, label in enumerate(choices)
    ]
    return Tally(text, kind, n, choices=counted)
