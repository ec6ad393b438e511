"""Comparing what the tallies give with counting every row, over spans, groups and as-of days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from accounts.models import User
from reports.folding import fold
from reports.models import Touched
from reports.rows import Rows
from reports.stats import count
from reports.tallies import BOOKS
from studios.measures import Span
from suggestions.enums import Evaluator
from suggestions.measures import Round, Said, rating_key

TODAY = date(2026, 10, 20)
SPANS = (
    Span(date(2000, 1, 1), TODAY, TODAY),
    Span(date(2026, 2, 10), date(2026, 9, 30), TODAY + timedelta(days=20)),
    Span(date(2026, 1, 1), date(2026, 9, 15), TODAY - timedelta(days=60)),
)
GROUPS: tuple[tuple[str, ...], ...] = ((), ("delegation",), ("unit",), ("month", "studio_kind"), ("days",))
RATED = tuple(rating_key(said, of=Evaluator.PETITIONER, in_round=in_round) for said in Said for in_round in Round)


def fold_all(today: date = TODAY) -> int:
    """Fold until nothing is marked; returns how many buckets."""
    folded = 0
    while some := fold(today):
        folded += some
    assert not Touched.objects.exists()
    return folded


def differences(user: User, spans: Iterable[Span] = SPANS, groups: Iterable[tuple[str, ...]] = GROUPS) -> list[object]:
    """Where the tallies of any book and group say something else than the rows `user` sees."""
    found: list[object] = []
    rows = Rows.visible_to(user)
    for by in groups:
        books = [book for book in BOOKS if {*by} <= {*book.source.dimensions}]
        keys = [key for book in books for key in (RATED if book.name == "ratings" else book.source.measures)]
        for span in spans:
            told, true = (count(part, span, keys, by=by) for part in (rows, replace(rows, whole=None)))
            if told != true:
                found.append((by, span, {group: (told.get(group), true.get(group)) for group in {*told, *true}}))
    return found
