"""What stands for a day of the office calendar, and how two states of it differ. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from studios.enums import HolidayKind, Weekday


class Entry(NamedTuple):
    """A day that differs from plain Monday–Friday: its kind and the name of the holiday it belongs to."""

    kind: str
    name: str

    @property
    def words(self) -> str:
        """放假 元旦."""
        return f"{HolidayKind(self.kind).label} {self.name}"


@dataclass(frozen=True)
class DayChange:
    """One day before and after; None is a plain day of its week."""

    day: date
    before: Entry | None
    after: Entry | None

    @property
    def label(self) -> str:
        """What happens to the day: 新增, 删去, 改类型, 改名称, 不变."""
        if self.before == self.after:
            return "不变"
        if self.before is None or self.after is None:
            return "新增" if self.before is None else "删去"
        return "改名称" if self.before.kind == self.after.kind else "改类型"

    @property
    def line(self) -> tuple[str, str, str]:
        """(day, before, after) as the log keeps it; "" for a plain day."""
        return (
            self.day.isoformat(),
            self.before.words if self.before else "",
            self.after.words if self.after else "",
        )


def weekday_words(day: date) -> str:
    """2026-10-03 → 周六."""
    return str(Weekday(day.weekday()).label)


def day_words(day: date) -> str:
    """2026-10-03 → 10月3日（周六）."""
    return f"{day.month}月{day.day}日（{weekday_words(day)}）"


def compare(before: Mapping[date, Entry], after: Mapping[date, Entry]) -> list[DayChange]:
    """Every day of either state in order, changed or not."""
    return [DayChange(day, before.get(day), after.get(day)) for day in sorted({*before, *after})]


def changed(compared: Iterable[DayChange]) -> list[DayChange]:
    """Those that are no longer what they were."""
    return [change for change in compared if change.before != change.after]


def fingerprint(changes: Iterable[DayChange]) -> str:
    """Names one set of changes, so that nothing is confirmed that was not shown."""
    return sha256(repr([change.line for change in changes]).encode()).hexdigest()


def count_words(changes: Iterable[DayChange]) -> str:
    """新增 3 天、删去 1 天; "" for no change."""
    labels = [change.label for change in changes]
    order = ("新增", "删去", "改类型", "改名称")
    return "、".join(f"{label} {labels.count(label)} 天" for label in order if label in labels)
