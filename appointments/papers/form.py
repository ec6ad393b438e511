"""What a paper form says, whatever draws it: the A4 page and the Word file show the same lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TICKED, EMPTY = "☑", "□"


@dataclass(frozen=True)
class Cell:
    """One question and what is written beside it."""

    label: str
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the form: one or two questions. `rules` says how many lines to write on a blank one offers."""

    cells: Sequence[Cell]
    rules: int = 0

    @property
    def blanks(self) -> range:
        """The lines to write on: none where something is written already."""
        return range(0 if any(cell.words for cell in self.cells) else self.rules)


@dataclass(frozen=True)
class Paper:
    """A whole form. `address` is what its QR code leads to ("" for none), `hint` what the code is for."""

    title: str
    number: str
    place: str
    lines: Sequence[Line]
    signatures: Sequence[str]
    address: str = ""
    hint: str = "扫码看工作室地址和值班安排"


def choice(options: Iterable[tuple[str, str]], chosen: str = "") -> str:
    """□来室　☑来电 …: every option, the chosen one ticked."""
    return "　".join(f"{TICKED if value == chosen else EMPTY}{label}" for value, label in options)
