"""Related rows by the names people write, read once for a whole sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from sheets.columns import SEPARATORS, Kind, normal

AMBIGUOUS = -1


class Lookup:
    """Ids by name. Of the names of one row the first is shown, unless it is somebody else's, too.

    `rows` are (id, names); the last name is the code, which is unique and found first.
    """

    def __init__(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        known = list(rows)
        self.codes = {names[-1]: pk for pk, names in known}
        self.names: dict[str, int] = {}
        for pk, names in known:
            for name in names[:-1]:
                if self.names.setdefault(name, pk) != pk:
                    self.names[name] = AMBIGUOUS
        self.labels = {pk: self._label(pk, names) for pk, names in known}

    def _label(self, pk: int, names: Sequence[str]) -> str:
        fits = (name for name in names[:-1] if not SEPARATORS.search(name) and self.find(name) == pk)
        return next(fits, names[-1])

    def find(self, text: str) -> int | None:
        """The id of that code or name, None for an unknown name, AMBIGUOUS for one that several have."""
        found = self.codes.get(text)
        return self.names.get(text) if found is None else found


class Related(Kind):
    """One related row, by name or code. `what` is the word for it."""

    repeats = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what, self.lookup, self.blank = what, Lookup(()), None
        self.words = f"本县{what}的名称、简称或代码"

    def load(self, rows: Iterable[tuple[int, Sequence[str]]], choices: Iterable[int] | None = None) -> None:
        """Learn the rows; the drop-down offers `choices` of them, all by default."""
        self.lookup = Lookup(rows)
        labels = self.lookup.labels
        self.choices = list(labels.values()) if choices is None else [labels[pk] for pk in choices if pk in labels]

    def one(self, text: str) -> int:
        """The id. Raises ValueError with a sentence."""
        found = self.lookup.find(text)
        found = self.lookup.find(normal(text)) if found is None else found
        if found is None:
            raise ValueError(f"本县没有“{text[:30]}”这个{self.what}，请核对名称")
        if found == AMBIGUOUS:
            raise ValueError(f"有几个{self.what}都叫“{text[:30]}”，请改填代码")
        return found

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> int:
        return self.one(str(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else self.lookup.labels.get(value, "")


class RelatedList(Related):
    """Several related rows, between `least` and `most`, with 、 between them."""

    is_strict = repeats = False

    def __init__(self, what: str, most: int, words: str) -> None:
        super().__init__(what)
        self.most, self.words, self.blank = most, words, []

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[int]:  # type: ignore[override]
        """Raises ValueError for an unknown one, or too many."""
        try:
            found = [self.one(str(value))]  # a name may itself hold a space
        except ValueError:
            found = [self.one(part) for part in SEPARATORS.split(value) if part]
        if len(set(found)) > self.most:
            raise ValueError(f"最多填 {self.most} 个{self.what}")
        return sorted(set(found))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(self.lookup.labels.get(pk, "") for pk in value or [])
