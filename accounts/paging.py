"""Keyset pagination: page 1,800 costs what page 1 costs (performance.md)."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from accounts.numbers import number_in

PAGE_SIZE = 50
COUNT_CAP = 10_000


@dataclass(frozen=True)
class Page:
    """Rows of one page, links to its neighbours ("" where there is none), and the total in words."""

    rows: list[Any]
    previous_url: str
    next_url: str
    count_words: str


def keyset_page(queryset: models.QuerySet[Any], query: QueryDict, *, order: str = "-id", size: int = PAGE_SIZE) -> Page:
    """The page of `queryset` that `query` asks for (`after`/`before` = a key "value~id"), in `order`, id last.

    `order` names one non-null field or annotation, "-" for descending. A key that does not parse shows the
    first page. The count stops at 10,000.
    """
    field, descending = order.lstrip("-"), order.startswith("-")
    backwards = "before" in query
    position = _parse(queryset, field, query.get("before") or query.get("after") or "")
    flipped = descending != (backwards and position is not None)
    sign = "-" if flipped else ""
    rows = queryset.order_by(*([f"{sign}id"] if field == "id" else [f"{sign}{field}", f"{sign}id"]))
    if position is not None:
        rows = rows.filter(_beyond(field, position, descending=flipped))
    found = list(rows[: size + 1])
    has_more, found = len(found) > size, found[:size]
    backwards = backwards and position is not None
    if backwards:
        found.reverse()
    has_previous = has_more if backwards else position is not None
    has_next = True if backwards else has_more
    return Page(
        found,
        _link(query, "before", field, found[0]) if has_previous and found else "",
        _link(query, "after", field, found[-1]) if has_next and found else "",
        _count_words(queryset),
    )


def _parse(queryset: models.QuerySet[Any], field: str, key: str) -> tuple[Any, int] | None:
    value, separator, shown = key.rpartition("~")
    pk = number_in(shown)
    if not separator or pk is None:
        return None
    if field == "id":
        return pk, pk
    try:
        annotation = queryset.query.annotations.get(field)
        column = annotation.output_field if annotation else queryset.model._meta.get_field(field)
        return column.to_python(value), pk
    except ValidationError:
        return None


def _beyond(field: str, position: tuple[Any, int], *, descending: bool) -> Q:
    value, pk = position
    side = "lt" if descending else "gt"
    if field == "id":
        return Q(**{f"id__{side}": pk})
    return Q(**{f"{field}__{side}": value}) | Q(**{field: value, f"id__{side}": pk})


def _link(query: QueryDict, direction: str, field: str, row: Any) -> str:
    target = query.copy()
    for name in ("after", "before"):
        target.pop(name, None)
    target[direction] = f"{'' if field == 'id' else getattr(row, field)}~{row.pk}"
    return "?" + target.urlencode()


def _count_words(queryset: models.QuerySet[Any]) -> str:
    counted = queryset.order_by()[: COUNT_CAP + 1].count()
    return f"超过 {COUNT_CAP} 条" if counted > COUNT_CAP else f"共 {counted} 条"
