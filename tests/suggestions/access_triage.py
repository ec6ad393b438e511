"""Who may open the triage page's own addresses."""

from collections.abc import Callable

from django.urls import reverse

from suggestions.enums import State
from tests.cast import Cast
from tests.people import OFFICES, SEES_CASE, STAFF
from tests.suggestions import paths


def _pane(cast: Cast) -> str:
    return reverse("suggestions:pane", args=[paths.case_in(State.HANDLING, cast).pk])


TRIAGES = {"town_office", "county_office"}

OPEN_PAGES: dict[str, set[str]] = {"accounts:preferences": STAFF}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {"suggestions:pane": (TRIAGES, SEES_CASE - TRIAGES)}
POST_ONLY: set[str] = {"suggestions:bulk_assign", "suggestions:batch_recall"}
ADDRESSES: dict[str, Callable[[Cast], str]] = {"suggestions:pane": _pane}
MAY_ASSIGN = OFFICES
"""Whose ticked rows are looked at; every row is checked again on its own."""
