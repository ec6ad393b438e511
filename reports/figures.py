"""The headline as people read it: each number with its word, its basis, and the list behind it."""

from dataclasses import dataclass

from reports.headline import KEYS, Headline
from reports.stats import MEASURES, link
from studios.measures import Measure, Span
from studios.rates import percent_words
from suggestions.measures import Said, rating_key

CONTENTED = rating_key(Said.CONTENTED)


@dataclass(frozen=True)
class Shown:
    """A measure with its number in one span, and the change since the one before (None: nothing before)."""

    key: str
    measure: Measure
    number: int
    url: str
    change: int | None
    basis: str


def shown_figures(now: Headline, before: Headline | None, span: Span) -> list[Shown]:
    """Every measure of the headline, compared with `before`."""
    bases = {
        "closed": f"办结率 {percent_words(now.closing_rate)}，n = {now.numbers['accepted']}",
        CONTENTED: f"满意率（含基本满意）{percent_words(now.satisfaction_rate)}，n = {now.satisfaction_n}",
        "events_with_people": f"约见党员群众合计 {now.people_met} 人次",
    }
    return [
        Shown(
            key,
            MEASURES[key],
            now.numbers[key],
            link(key, span),
            now.numbers[key] - before.numbers[key] if before else None,
            bases.get(key, ""),
        )
        for key in KEYS
    ]
