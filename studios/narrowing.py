"""What the list behind a number is narrowed to: in words, through the filter form, and out of it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Field, Model
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth
from django.http import QueryDict

from studios.measures import NOBODY, Counted, Groups
from studios.periods import days_words, month_words

if TYPE_CHECKING:
    from accounts.models import User

PAGE_KEYS = ("after", "before")


@dataclass(frozen=True)
class Narrowing:
    """`parts` name the number, its group, its days and its as-of day; `kept` are the fields the filter form passes
    on unseen; `clear_url` leaves the number and keeps what the form itself asks for."""

    parts: list[str]
    where: Groups
    as_of: date
    kept: list[tuple[str, str]]
    clear_url: str

    @property
    def words(self) -> str:
        """已办结 · 住建局 · 2026年3月, and 截至2026年4月1日 where that is not today."""
        return " · ".join(self.parts)


def narrowing(found: Counted, user: User, query: QueryDict, form: forms.Form | None, today: date) -> Narrowing:
    """Of the list `found`, whose conditions are `form` (None: it has none), as `user` may read it."""
    own = {form.add_prefix(name) for name in form.fields} if form else set()
    unseen = {name for name in ("measure", "from", "to", "as_of", *found.source.dimensions) if query.get(name)}
    passed = {name: query[name] for name in unseen if name not in own}
    passed |= {name: NOBODY for name, value in found.where.items() if value is None}
    rest = query.copy()
    for name in ("measure", *passed, *PAGE_KEYS):
        rest.pop(name, None)
    kept = sorted((name, str(value)) for name, value in passed.items())
    return Narrowing(_parts(found, user, today), found.where, found.span.as_of, kept, f"?{rest.urlencode()}")


def filter_query(query: QueryDict) -> QueryDict:
    """`query` as a filter form understands it: that a row belongs to nobody is no choice of its fields."""
    if not query.get("measure") or NOBODY not in query.values():
        return query
    plain = query.copy()
    for name in query:
        plain.setlist(name, [value for value in query.getlist(name) if value != NOBODY])
    return plain


def _parts(found: Counted, user: User, today: date) -> list[str]:
    span, model = found.span, found.rows.model
    groups = [_value_words(model, found.source.dimensions[name], value, user) for name, value in found.where.items()]
    days = "" if "month" in found.where else days_words(span.first, span.last)
    as_of = f"截至{span.as_of.year}年{span.as_of.month}月{span.as_of.day}日" if span.as_of != today else ""
    return [part for part in (found.label, *groups, days, as_of) if part]


def _value_words(model: type[Model], dimension: Combinable, value: Any, user: User) -> str:
    """What people call a value of a dimension: a month, a choice, or the short name of a row `user` may know of."""
    if isinstance(dimension, TruncMonth):
        return month_words(date.fromisoformat(value))
    field = _field(model, dimension)
    if value is None:
        return f"没有{field.verbose_name}"
    home: Any = field.model if field.primary_key else field.related_model
    if home is None:
        return str(dict(field.flatchoices).get(value, value))
    row = home.objects.visible_to(user).filter(pk=value).first()
    return str(getattr(row, "short_name", row) or "其他")


def _field(model: type[Model], dimension: Any) -> Field[Any, Any]:
    """The column at the end of the path of `dimension` (of several, the first)."""
    while not hasattr(dimension, "name"):
        dimension = dimension.get_source_expressions()[0]
    *path, last = dimension.name.split("__")
    home: Any = model
    for step in path:
        home = home._meta.get_field(step).related_model
    found: Field[Any, Any] = home._meta.get_field(last)
    return found
