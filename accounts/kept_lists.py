"""Lists whose conditions people keep under a name (我的视图), and what is kept of an address."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.db.models import IntegerField, Subquery
from django.http import QueryDict
from django.urls import reverse

from accounts.models import SavedView, User

MOST_VIEWS = 12
MOST_COUNTED = 999
MARK = "kept"
"""In the address of a view that lost a condition: what is left of it looks like any other address."""

PAGING = frozenset({"after", "before", "batch", MARK})


@dataclass(frozen=True)
class KeptList:
    """One list: its key in the table of views, its name on screen, and where it is."""

    key: str
    label: str
    url_name: str

    @property
    def url(self) -> str:
        """Without conditions."""
        return reverse(self.url_name)


CASES = KeptList("cases", "建议办理", "suggestions:list")
VISITS = KeptList("visits", "接访登记簿", "appointments:visit_list")
LISTS = {item.key: item for item in (CASES, VISITS)}


@dataclass(frozen=True)
class Opened:
    """What a kept view asks of its list today: the rows, and the conditions that mean nothing any more."""

    rows: models.QuerySet[Any]
    query: str
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptTab:
    """A kept view as its tab shows it; `count` is in words because it ends at 999+."""

    view: SavedView
    url: str
    count: str
    gone: tuple[str, ...]
    is_current: bool

    @property
    def warning(self) -> str:
        """What is missing, as a sentence; "" while everything is in order."""
        return f"“{self.view}”里的{'、'.join(self.gone)}已经没有了，没有按它筛选。" if self.gone else ""


@dataclass(frozen=True)
class KeptTabs:
    """The kept views of one person in one list; `keepable` is the address that may be kept now ("" if none)."""

    of: KeptList
    tabs: list[KeptTab]
    keepable: str

    @property
    def is_open(self) -> bool:
        """Whether one of them is the list on screen."""
        return any(tab.is_current for tab in self.tabs)

    @property
    def warning(self) -> str:
        """What the view that is open says of itself."""
        return next((tab.warning for tab in self.tabs if tab.is_current), "")


Named = tuple[str, Collection[str], str]
Asked = tuple[forms.Form, models.QuerySet[Any]]


def canonical(query: QueryDict) -> str:
    """The conditions of an address in one order, without its page and without what was left empty."""
    pairs = sorted((name, value) for name in query for value in query.getlist(name) if value and name not in PAGING)
    found = QueryDict(mutable=True)
    for name, value in pairs:
        found.appendlist(name, value)
    return found.urlencode()


def views_of(user: User, of: KeptList) -> list[SavedView]:
    """The person's views of that list in the order they chose."""
    return list(SavedView.objects.visible_to(user).filter(list_key=of.key))


def opened(kept: str, named: Iterable[Named], ask: Callable[[QueryDict], Asked]) -> Opened:
    """What still holds of a kept address; what does not is named and left out.

    `named`: conditions that choose a whole list by a key, with the keys there are and the word for it.
    """
    query, gone = QueryDict(kept, mutable=True), []
    for name, known, words in named:
        if name in query and query[name] not in known:
            gone.append(words)
            del query[name]
    form, rows = ask(query)
    for name in form.errors:
        gone.append(str(form.fields[name].label))
        query.pop(form.add_prefix(name), None)
    return Opened(rows, query.urlencode(), tuple(gone))


def kept_tabs(user: User, of: KeptList, query: QueryDict, open_view: Callable[[str], Opened]) -> KeptTabs:
    """The person's tabs of that list, counted in one query, beside an open address `query`."""
    found, here = [(view, open_view(view.query)) for view in views_of(user, of)], canonical(query)
    counts = _counts(user, [now.rows for _view, now in found])
    tabs = [
        KeptTab(
            view,
            f"{of.url}?{now.query}{f'&{MARK}={view.pk}' if now.gone else ''}",
            f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count),
            now.gone,
            query.get(MARK) == str(view.pk) if now.gone else here == view.query,
        )
        for (view, now), count in zip(found, counts, strict=True)
    ]
    is_new = len(tabs) < MOST_VIEWS and not any(tab.is_current and not tab.gone for tab in tabs)
    return KeptTabs(of, tabs, here if is_new and _says_more(here) else "")


def _says_more(query: str) -> bool:
    """Whether an address asks for anything but one of the built-in views, which have tabs already."""
    return bool(QueryDict(query).keys() - {"view"})


class _Counted(Subquery):
    """How many rows a query has; each is planned on its own, with the indexes it needs."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS rows_of_view)"
    output_field = IntegerField()


def _counts(user: User, queries: list[models.QuerySet[Any]]) -> list[int]:
    """The number of rows of each query, none beyond 1,000 (one query for all of them)."""
    if not queries:
        return []
    columns = [_Counted(rows.order_by().values("pk")[: MOST_COUNTED + 1]) for rows in queries]
    return list(User.objects.filter(pk=user.pk).values_list(*columns).get())
