"""履职档案: one person, one year, chapter by chapter. Apps above register what they know in a module `chapters`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from representatives.models import Representative

Row = tuple[str, ...]
EMPTY = "本年没有记录"


class Column(NamedTuple):
    """Its head, and its share of the width of the paper."""

    label: str
    share: int


class Contents(NamedTuple):
    """The rows of a chapter, oldest first, as words; and what they sum up to."""

    rows: Sequence[Row]
    sums: str


@dataclass(frozen=True)
class Chapter:
    """One kind of service: `read(person, first, last)` gives its rows of those days, a word per column, in a fixed
    number of queries."""

    key: str
    title: str
    order: int
    columns: tuple[Column, ...]
    read: Callable[[Representative, date, date], Contents]


@dataclass(frozen=True)
class FilledChapter:
    """A chapter of one dossier."""

    chapter: Chapter
    rows: Sequence[Row]
    sums: str

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each word beside the head of its column, which a phone shows with it."""
        labels = [column.label for column in self.chapter.columns]
        return [list(zip(labels, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Dossier:
    """Everything one person did in one year."""

    person: Representative
    year: int
    facts: list[tuple[str, str]]
    chapters: list[FilledChapter]

    @property
    def title(self) -> str:
        return f"党代表履职档案（{self.year} 年）"

    @property
    def number(self) -> str:
        """What the sheet is filed under."""
        return f"{self.person.certificate_no}-{self.year}"


_chapters: dict[str, Chapter] = {}


def register(chapter: Chapter) -> None:
    """Let every dossier have this chapter; called in an app's `chapters` module.

    A chapter holds all the person did, wherever that was: `permissions.can_read_dossier` is asked before it is read.
    """
    _chapters[chapter.key] = chapter


def chapters() -> list[Chapter]:
    """All that are registered, in the order they are read."""
    return sorted(_chapters.values(), key=lambda chapter: chapter.order)


def dossier_of(person: Representative, year: int) -> Dossier:
    """What is on record about `person` from the first to the last day of `year`."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    filled = [FilledChapter(chapter, *_read(chapter, person, first, last)) for chapter in chapters()]
    return Dossier(person, year, _facts(person), filled)


def _read(chapter: Chapter, person: Representative, first: date, last: date) -> Contents:
    contents = chapter.read(person, first, last)
    return contents if contents.rows else Contents([], EMPTY)


def _facts(person: Representative) -> list[tuple[str, str]]:
    born = person.birth_date
    facts = [
        ("姓名", person.name),
        ("性别", person.get_gender_display()),
        ("民族", person.ethnic_group),
        ("出生年月", f"{born.year} 年 {born.month} 月" if born else ""),
        ("代表证号", person.certificate_no),
        ("届次", f"第 {person.term} 届"),
        ("层级", person.get_level_display()),
        ("代表队", person.delegation.name),
        ("选举单位", person.electing_unit),
        ("职务", person.position),
        ("工作室", "、".join(studio.name for studio in person.studios.all())),
        ("状态", person.get_status_display()),
    ]
    return [(label, words or "—") for label, words in facts]
