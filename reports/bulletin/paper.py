"""What a bulletin and a year book are made of, whatever draws them: page, print or Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    """Words, and the list behind them where they are a number. A code stays on one line."""

    text: str
    url: str = ""
    is_code: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Table:
    """Cells in rows; the first `texts` columns are words, the rest numbers. `shares` are the widths of the columns."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Line]
    total: Line = ()
    texts: int = 1
    shares: Sequence[int] = ()

    @property
    def widths(self) -> Sequence[int]:
        return self.shares or (2, *(1 for _head in self.heads[1:]))


@dataclass(frozen=True)
class Section:
    """A chapter under a heading. `key` is its anchor."""

    key: str
    title: str
    lines: Sequence[Line] = ()
    tables: Sequence[Table] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """A whole paper. Its title is broken between `title_parts` only; `number` is the line of 文号, with room in it.

    `number`, `to` and `copies` may be "". A book has contents and narrow margins.
    """

    title_parts: Sequence[str]
    office: str
    number: str
    to: str
    opening: Sequence[Line]
    sections: Sequence[Section]
    notes: Sequence[str]
    copies: str
    day: str
    until: str
    is_book: bool = False

    @property
    def title(self) -> str:
        return "".join(self.title_parts)


def line(*parts: str | Piece | Iterable[Piece]) -> Line:
    """One sentence or paragraph out of words, numbers and whole phrases."""
    found: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            found.append(Piece(part))
        elif isinstance(part, Piece):
            found.append(part)
        else:
            found.extend(part)
    return tuple(found)


def joined(phrases: Sequence[Line], mark: str = "、") -> Line:
    """Phrases with `mark` between them."""
    found: list[Piece] = []
    for phrase in phrases:
        found.extend(((Piece(mark),) if found else ()) + phrase)
    return tuple(found)


def text_of(some: Line) -> str:
    """The words of a line."""
    return "".join(piece.text for piece in some)
