"""What a paper form says, whatever draws it: the A4 page and the Word file show the same lines."""

from collections.abc import Sequence
from dataclasses import dataclass

TICKED, EMPTY = "☑", "□"
A_LINE = 6


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
    hint: str = "扫码看地址和值班"
    place_label: str = "工作室"

    @property
    def where(self) -> str:
        """Where the form belongs, beside its number."""
        return f"{self.place_label}：{self.place}"


def choice(options: Sequence[tuple[str, str]], chosen: str = "") -> str:
    """□来室　☑来电 …: every option, the chosen one ticked, six to a line."""
    marked = [f"{TICKED if value == chosen else EMPTY}{label}" for value, label in options]
    return "\n".join("　".join(marked[start : start + A_LINE]) for start in range(0, len(marked), A_LINE))
