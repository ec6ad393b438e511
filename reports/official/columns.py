"""What a column of a report counts: a measure, a ratio, or the sum of measures; and its formula in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.official.table import Head, Look
from reports.stats import MEASURES, RATIOS, Ratio
from studios.measures import Groups

Counted = str | tuple[str, ...] | Ratio


@dataclass(frozen=True)
class Figure:
    """One column: groups above it, its head, what it counts, among which rows (`where` fixes dimensions)."""

    groups: tuple[str, ...]
    head: str
    counts: Counted
    where: Groups = field(default_factory=dict)
    width: int = 8

    @property
    def keys(self) -> tuple[str, ...]:
        """The measures it is made of."""
        if isinstance(self.counts, Ratio):
            return (self.counts.numerator, self.counts.denominator)
        return (self.counts,) if isinstance(self.counts, str) else self.counts

    @property
    def look(self) -> Look:
        if not isinstance(self.counts, Ratio):
            return Look.NUMBER
        return Look.MEAN if self.counts.is_mean else Look.PERCENT

    @property
    def sheet_head(self) -> Head:
        return Head((*self.groups, self.head), self.width, self.look)


def counted(group: str, *columns: tuple[str, str], where: Groups | None = None, width: int = 8) -> list[Figure]:
    """Columns of measures under one group ("" for none), each as (head, key of the measure)."""
    groups = (group,) if group else ()
    return [Figure(groups, head, key, where or {}, width) for head, key in columns]


def rate(group: str, key: str, head: str = "", where: Groups | None = None) -> Figure:
    """The column of one of the ratios of domain.md §8."""
    ratio = RATIOS[key]
    return Figure((group,) if group else (), head or ratio.label, ratio, where or {}, width=10)


def formulas(figures: Iterable[Figure]) -> list[str]:
    """The formula of each ratio and each sum among the columns, once."""
    found = [_formula(figure) for figure in figures if not isinstance(figure.counts, str)]
    return list(dict.fromkeys(found))


def _formula(figure: Figure) -> str:
    if isinstance(figure.counts, Ratio):
        return figure.counts.formula
    return f"{''.join(figure.groups)}{figure.head}＝{'＋'.join(MEASURES[key].label for key in figure.keys)}"
