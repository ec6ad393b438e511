"""A report worked out: its figures counted, its rows laid out with 小计 and 合计, each number with its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from accounts.models import User
from reports.official.catalogue import Figures
from reports.official.columns import Figure
from reports.official.places import Block, Grouping, Key, blocks
from reports.official.question import Question
from reports.official.table import Cell, Head, Line, Look, Table, Weight
from reports.rows import Rows
from reports.stats import Ratio, Value, count, link
from studios.measures import Groups, Span

Mark = tuple[str, tuple[object, ...]]
"""A measure, and the values of the dimensions its column fixes."""
Numbers = Counter[Mark]


def statistic(user: User, question: Question) -> Table:
    """The table of a counted report over what `user` sees. As many queries for a county as for a village."""
    figures = question.version.figures
    found = _counted(Rows.visible_to(user), question, figures)
    grouping = question.grouping
    names = [Head((head,), 22 if place else 12, Look.TEXT) for place, head in enumerate(grouping.heads)]
    groups = blocks(user, grouping, found.keys(), question.delegation)
    writer = _Writer(question.span, question.fixed, grouping, figures)
    return Table(
        question.title,
        question.period.words,
        question.report.unit,
        [Head(("序号",), 6, Look.TEXT), *names, *(figure.sheet_head for figure in figures)],
        list(writer.lines(groups, found)),
        question.report.notes(figures),
        len(names),
    )


def _counted(rows: Rows, question: Question, figures: Figures) -> dict[Key, Numbers]:
    """What each row holds: one query per kind of rows and set of dimensions that columns fix."""
    outer = question.grouping.dimensions
    found: dict[Key, Numbers] = {}
    for names in dict.fromkeys(tuple(figure.where) for figure in figures):
        keys = [key for figure in figures if tuple(figure.where) == names for key in figure.keys]
        for values, numbers in count(rows, question.span, keys, by=(*outer, *names), where=question.fixed).items():
            row = found.setdefault(values[: len(outer)], Counter())
            row.update({(key, values[len(outer) :]): number for key, number in numbers.items()})
    return found


@dataclass(frozen=True)
class _Writer:
    """Lays counted numbers out as lines."""

    span: Span
    fixed: Groups
    grouping: Grouping
    figures: Figures

    def lines(self, groups: list[Block], found: Mapping[Key, Numbers]) -> Iterator[Line]:
        """The rows in order, 小计 under each block where there are several, 合计 last."""
        whole: Numbers = Counter()
        number = 0
        for block in groups:
            part: Numbers = Counter()
            for place in block.places:
                number += 1
                part.update(found.get(place.key, {}))
                cells = self._cells(found.get(place.key, Counter()), place.key)
                yield Line(Weight.ROW, [Cell(number), *map(Cell, place.names), *cells])
            if len(groups) > 1:
                yield Line(Weight.SUBTOTAL, [Cell(""), Cell(block.name), Cell("小计"), *self._cells(part, block.key)])
            whole.update(part)
        blank = [Cell("")] * (len(self.grouping.heads) - 1)
        yield Line(Weight.TOTAL, [Cell(""), Cell("合计"), *blank, *self._cells(whole, ())])

    def _cells(self, numbers: Numbers, key: Key) -> Iterable[Cell]:
        where = {**self.fixed, **dict(zip(self.grouping.dimensions, key, strict=False))}
        return [self._cell(figure, numbers, where) for figure in self.figures]

    def _cell(self, figure: Figure, numbers: Numbers, where: Groups) -> Cell:
        parts = [numbers[key, tuple(figure.where.values())] for key in figure.keys]
        if isinstance(figure.counts, Ratio):
            return Cell(Value(figure.counts, *parts).rate, figure.look)
        if not isinstance(figure.counts, str):
            return Cell(sum(parts), Look.NUMBER)
        return Cell(parts[0], Look.NUMBER, partial(link, figure.counts, self.span, {**where, **figure.where}))
