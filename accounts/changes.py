"""Who changed what from what to what, read from a record's history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import models

SHOWN = 30
LONGEST = 100
STOOD = "此前"
"""The reason `begin_history` gives: its record says how things stood, and is no change."""


@dataclass(frozen=True)
class FieldChange:
    """One column: its name on screen, and its words before and after ("" for nothing)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One write: when, by whom, and what it changed; `is_first` means the record was made then.

    `note` tells in words what changed beside the columns: rows that belong to the record.
    """

    at: datetime
    who: str
    fields: list[FieldChange]
    is_first: bool = False
    note: str = ""


def changes_of(row: Any) -> list[Change]:
    """The newest thirty changes of `row`, a record with `history`, newest first, without those that changed nothing.

    The oldest is told only where it made the record, and not where `begin_history` merely kept how things stood.
    """
    records = list(row.history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    found = [
        Change(new.history_date, _who(new), list(_fields(new, old)), note=new.history_change_reason or "")
        for new, old in pairwise(records)
    ]
    if records and len(records) <= SHOWN and records[-1].history_change_reason != STOOD:
        found.append(Change(records[-1].history_date, _who(records[-1]), [], is_first=True))
    return [change for change in found if change.fields or change.note or change.is_first]


def begin_history(row: Any) -> None:
    """Keep how `row` stands before its first change, for rows written in bulk, whose history is empty."""
    if not row.history.exists():
        row._change_reason = STOOD
        row.save()
        del row._change_reason


def columns_of(row: models.Model, names: Iterable[str]) -> dict[str, str]:
    """The columns `names` of a row as people read them, by their names on screen: what `difference_words` compares."""
    fields = [row._meta.get_field(name) for name in names]
    return {
        str(field.verbose_name): shown(dict(field.flatchoices).get(value, value) if field.choices else value)
        for field in fields
        if isinstance(field, models.Field)
        for value in [getattr(row, field.name)]
    }


def difference_words(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """What differs, in words: 简单事项办理天数 10→12；…; what is not there, or empty, is 无. "" for no difference."""
    found = ((label, shown(before.get(label)), shown(after.get(label))) for label in dict.fromkeys([*before, *after]))
    return "；".join(f"{label} {was}→{now}" for label, was, now in found if was != now)


def shown(value: object) -> str:
    """A setting as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) or "无"
    words = str(value) if value is not None else ""
    return (words if len(words) <= LONGEST else f"{words[:LONGEST]}…") or "无"


def _who(record: Any) -> str:
    return str(record.history_user or "系统")


def _fields(new: Any, old: Any) -> Iterator[FieldChange]:
    for change in new.diff_against(old, foreign_keys_are_objs=True).changes:
        field = new.instance_type._meta.get_field(change.field)
        yield FieldChange(str(field.verbose_name), _words(field, change.old), _words(field, change.new))


def _words(field: models.Field[Any, Any], value: Any) -> str:
    """A value as people read it: the label of a choice, names of related rows."""
    if value is None or value == "" or getattr(value, "pk", value) is None:
        return ""
    if isinstance(value, list):
        return "、".join(str(next(other for name, other in item.items() if name != _own(field))) for item in value)
    return str(dict(field.flatchoices).get(value, value))


def _own(field: models.Field[Any, Any]) -> str:
    return str(field.model._meta.model_name)
