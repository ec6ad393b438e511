"""Who may open the pages of visits: one visit, its papers and photos, the register as a file, ready phrases."""

from collections.abc import Callable

from django.urls import reverse

from suggestions.enums import State
from tests.cast import Cast
from tests.people import OFFICES, SEES_CASE, SEES_VISIT
from tests.suggestions import paths

LIAISONS = {"liaison", "other_liaison"}
OPEN_PAGES: dict[str, set[str]] = {
    "appointments:visit_blank": OFFICES | LIAISONS,
    "appointments:visit_blank_word": OFFICES | LIAISONS,
    "suggestions:blank": OFFICES | LIAISONS,
    "suggestions:blank_word": OFFICES | LIAISONS,
    "appointments:phrases": {"county_office", "stranger"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "appointments:visit_reveal": (SEES_VISIT - {"leader"}, {"leader"}),
    "appointments:visit_photos": ({"liaison"}, SEES_VISIT - {"liaison"}),
    "appointments:visit_paper": (SEES_VISIT, set()),
    "appointments:visit_paper_word": (SEES_VISIT, set()),
    "suggestions:receipt": (SEES_CASE, set()),
    "suggestions:paper": (SEES_CASE, set()),
    "suggestions:paper_word": (SEES_CASE, set()),
}
POST_ONLY: set[str] = set()


def _case(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[paths.case_in(State.HANDLING, cast).pk])


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    name: _case(name) for name in ROW_PAGES if name.startswith("suggestions:")
}
