"""How the cells of an old ledger are read (see suggestions/resources.py)."""

from typing import Any

from sheets.columns import Choice, Code, Column
from sheets.lookups import Related
from suggestions.enums import ResultClass
from suggestions.ledger_numbers import LedgerNumbers


class Told(Column):
    """A column of the ledger: an empty cell leaves a case that is there already as it is."""

    spares_the_stored = True


class Number(Code):
    """A case's number, as the county writes it."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """Any writing of the county's own form becomes the one it issues. Raises ValueError."""
        return self.numbers.canonical(super().clean(value))

    numbers: LedgerNumbers


class Result(Choice):
    """The class of a reply, by its letter or its whole label."""

    def __init__(self) -> None:
        super().__init__(ResultClass.choices)
        self.values |= {letter: letter for letter in ResultClass.values}

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """Raises ValueError naming the labels."""
        return super().clean(value.upper())


class Person(Related):
    """A representative, by name or by the number of the certificate."""

    def __init__(self) -> None:
        super().__init__("党代表")
        self.words = "本县党代表的姓名；同名的填代表证号"

    def one(self, text: str) -> int:
        """The id. Raises ValueError with a sentence."""
        try:
            return super().one(text)
        except ValueError as error:
            raise ValueError(str(error).replace("改填代码", "改填代表证号").replace("名称", "姓名")) from None
