"""Columns of sheets that come in and go out: how a cell is read, how a value is written, and what the template says."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from import_export.fields import Field
from import_export.widgets import Widget

from sheets.cells import writable
from sheets.reader import plain
from sheets.table import Typed

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|400-?\d{3}-?\d{4}|\d{7,8}")
SEPARATORS = re.compile(r"[、,，;；\s]+")


def normal(text: str) -> str:
    """`text` without full-width digits and letters, spaces around it and line ends: for codes, numbers and days."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


class Kind(Widget):  # type: ignore[misc]  # import-export is untyped
    """How one kind of value stands in a cell. `words` explains it in the template, `choices` fill its drop-down."""

    words = "文字"
    choices: Sequence[str] = ()
    is_strict = True
    repeats = False
    """Whether a sheet says the same few texts again and again: each is then read once."""
    blank: Any = ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The value as the writer takes it."""
        return value


class Words(Kind):
    """Free text of at most `longest` characters."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest
        self.words = f"文字，不超过 {longest} 个字"

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """The text without control characters, which a database refuses. Raises ValueError for a longer one."""
        value = writable(value)
        if len(value) > self.longest:
            raise ValueError(f"不能超过 {self.longest} 个字，现在是 {len(value)} 个字")
        return value


class Code(Words):
    """A name that rows are found by; numbers that the spreadsheet has spoilt are refused."""

    def __init__(self, longest: int, pattern: str = r"\S+", words: str = "") -> None:
        super().__init__(longest)
        self.pattern, self.words = (
            re.compile(pattern),
            words or f"字母、数字或汉字，不超过 {longest} 个字，中间没有空格",
        )

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """Raises ValueError with a sentence."""
        if isinstance(value, Typed) and not value.isdecimal():
            raise ValueError(f"“{value}”是数字格式，末尾几位已经不对。请把这一列设为“文本”，重新填写")
        code = super().clean(normal(value))
        if not self.pattern.fullmatch(code):
            raise ValueError(f"“{code}”不符合要求：{self.words}")
        return code


class Phone(Words):
    """Mobile or fixed-line."""

    def __init__(self, longest: int = 20) -> None:
        super().__init__(longest)
        self.words = "11 位手机号，或“区号-号码”"

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """Raises ValueError where it is neither."""
        phone = normal(value).replace(" ", "")
        if not PHONE.fullmatch(phone):
            count = f"，现在是 {len(phone)} 位" if phone.isdecimal() else ""
            raise ValueError(f"“{phone[:30]}”不是电话：请填 11 位手机号或“区号-号码”{count}")
        return phone


class Choice(Kind):
    """One of the labels of an enumeration."""

    repeats = True

    def __init__(self, options: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.values = {label: value for value, label in options}
        self.labels = {value: label for label, value in self.values.items()}
        self.choices = list(self.values)
        self.words = f"从下拉框选一个：{'、'.join(self.choices)}"

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        """Raises ValueError naming the labels."""
        found = self.values.get(normal(value))
        if found is None:
            raise ValueError(f"没有“{value[:20]}”这一项，请从{'、'.join(self.choices)}中选一个")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.labels.get(value, value or ""))


class YesNo(Kind):
    """是 or 否."""

    words, choices = "是或否", ("是", "否")

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> bool:
        """Raises ValueError for anything else."""
        if value.strip() not in self.choices:
            raise ValueError("请填“是”或“否”")
        return value.strip() == "是"

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else "否"


@lru_cache(maxsize=10_000)
def _day(text: str) -> date | None:
    """The days of a sheet are few, and each is read many times."""
    found = DAY.fullmatch(normal(text))
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2100 else None


class Day(Kind):
    """A date, typed as a date or as text, between 1900 and 2100."""

    words, blank, repeats = "日期，如 2024-03-01", None, True

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> date:
        """Raises ValueError for what is no date."""
        day = _day(str(value))
        if day is None:
            raise ValueError(f"“{value[:20]}”不是日期，请按 2024-03-01 这样填写")
        return day


class Number(Kind):
    """A number with at most one decimal, or a whole one, from `least` to `most`."""

    blank = None

    def __init__(self, least: int, most: int, *, is_whole: bool = True) -> None:
        super().__init__()
        self.least, self.most, self.is_whole = least, most, is_whole
        self.words = f"{'整数' if is_whole else '数字，最多一位小数'}，{least}–{most}"

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> int | Decimal:
        """Raises ValueError naming the bounds."""
        try:
            number = Decimal(normal(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not self.least <= number <= self.most:
            raise ValueError(f"“{value[:20]}”不对，请填 {self.least}–{self.most} 之间的数字")
        step = Decimal(1) if self.is_whole else Decimal("0.1")
        if number % step:
            raise ValueError("请填整数" if self.is_whole else "最多保留一位小数")
        return int(number) if self.is_whole else number.quantize(step)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return float(value) if isinstance(value, Decimal) else value


class Column(Field):  # type: ignore[misc]
    """One column: head, how it is read and written, and what the template says about it.

    A cell that says what the record says already is never read, so that an export can always come back.
    """

    spares_the_stored = False
    """Whether an empty cell leaves a stored record as it is."""

    def __init__(
        self,
        attribute: str,
        head: str,
        kind: Kind,
        *,
        required: bool = False,
        default: Any = None,
        example: str | int | date = "",
        advice: str = "",
        width: int = 14,
    ) -> None:
        super().__init__(attribute=attribute, column_name=head, widget=kind)
        self.required, self.fallback, self.example = required, default, example
        self.advice, self.width = advice, width
        self.read: dict[str, Any] = {}
        self.written: dict[Any, str] = {}

    def get_value(self, instance: Any) -> Any:
        """What the record holds."""
        return getattr(instance, self.attribute)

    def cell(self, instance: Any) -> Any:
        """What an export writes for `instance`."""
        return self.widget.render(self.get_value(instance), instance)

    def text(self, instance: Any) -> str:
        """The cell as text, as it would be read back."""
        if not self.widget.repeats:
            return writable(plain(self.cell(instance)))
        value = self.get_value(instance)
        if value not in self.written:
            self.written[value] = writable(plain(self.widget.render(value, instance)))
        return self.written[value]

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """The value of the cell. Raises ValueError with a sentence that names the column."""
        text = row[self.column_name]
        if text in self.read and type(text) is str:
            return self.read[text]
        value = self._clean(text, row)
        if self.widget.repeats and type(text) is str:
            self.read[text] = value
        return value

    def forget(self) -> None:
        """Read and write every text anew: the rows it may name are not those they were."""
        self.read.clear()
        self.written.clear()

    def _clean(self, text: str, row: Any) -> Any:
        if not text.strip():
            if self.required:
                raise ValueError(f"请填写{self.column_name}")
            return self.widget.blank if self.fallback is None else self.fallback
        try:
            return self.widget.clean(text if isinstance(text, Typed) else text.strip(), row=row)
        except ValueError as error:
            raise ValueError(f"{self.column_name}：{error}") from None

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002
        """Put the cell into `instance`; what it changes on a stored record is noted in `instance.noted`."""
        if instance._state.adding:
            self.put(instance, self.clean(row))
            return
        text = row[self.column_name]
        if self.spares_the_stored and not text.strip():
            return
        before = self.text(instance)
        if text == before:
            return
        value = self.clean(row)
        if value != self.get_value(instance):
            instance.was[self.attribute] = self.get_value(instance)
            self.put(instance, value)
            instance.noted.append((self, before, self.text(instance)))

    @property
    def writes(self) -> tuple[str, ...]:
        """The model fields that `put` writes."""
        return (self.attribute.removesuffix("_id"),)

    def put(self, instance: Any, value: Any) -> None:
        """Write the value."""
        setattr(instance, self.attribute, value)


class Staged(Column):
    """A column of several related rows: a list of ids in `links`, staged on a changed record until that is stored."""

    def __init__(self, attribute: str, head: str, kind: Kind, **options: Any) -> None:
        super().__init__(attribute, head, kind, **options)
        self.links: dict[int, list[Any]] = {}

    def get_value(self, instance: Any) -> list[Any]:
        """What is staged, or what is stored."""
        found: list[Any] | None = instance.staged.get(self.attribute) if hasattr(instance, "staged") else None
        return self.links.get(instance.pk, []) if found is None else found

    def put(self, instance: Any, value: Any) -> None:
        """Stage the list."""
        instance.staged[self.attribute] = value


class Linked(Staged):
    """The rows of a many-to-many field; the resource reads and stores them."""
