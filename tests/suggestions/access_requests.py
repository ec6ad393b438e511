"""Who may open the page of each step of 退办, 延期, 会办 and 分办; read by test_request_pages.py.

All of them live at one address (`suggestions:act`), so the table is by verb: the case, who gets the form (200), who sees
the case but stands elsewhere (403). For all others the case does not exist (404).
"""

from collections.abc import Callable

from suggestions.enums import State, Verb
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.people import SEES_CASE
from tests.suggestions import asking, paths

SEES_HELPED = SEES_CASE | {"other_unit_handler"}

STEP_PAGES: dict[Verb, tuple[Callable[[Cast], Suggestion], set[str], set[str]]] = {
    Verb.REQUEST_RETURN: (asking.helped, {"unit_handler"}, SEES_HELPED - {"unit_handler"}),
    Verb.REQUEST_EXTENSION: (asking.helped, {"unit_handler"}, SEES_HELPED - {"unit_handler"}),
    Verb.COUNTERSIGN: (asking.helped, {"other_unit_handler"}, SEES_HELPED - {"other_unit_handler"}),
    Verb.WAIVE: (asking.helped, {"county_office"}, SEES_HELPED - {"county_office"}),
    Verb.APPROVE_RETURN: (
        lambda cast: asking.ask_return(paths.case_in(State.HANDLING, cast), cast),
        {"county_office"},
        SEES_CASE - {"county_office"},
    ),
    Verb.DENY_RETURN: (
        lambda cast: asking.ask_return(paths.case_in(State.ASSIGNED, cast), cast),
        {"county_office"},
        SEES_CASE - {"county_office"},
    ),
    Verb.APPROVE_EXTENSION: (
        lambda cast: asking.ask_extension(paths.case_in(State.HANDLING, cast), cast),
        {"county_office"},
        SEES_CASE - {"county_office"},
    ),
    Verb.DENY_EXTENSION: (
        lambda cast: asking.ask_extension(paths.case_in(State.HANDLING, cast), cast),
        {"county_office"},
        SEES_CASE - {"county_office"},
    ),
}
