"""Who may open the papers of a case, its archive, the notices of supervision and the register."""

from collections.abc import Callable

from django.urls import reverse

from suggestions import services
from suggestions.enums import State, SupervisionKind
from tests.cast import Cast
from tests.people import EXPORTERS, SEES_CASE
from tests.suggestions import paths
from tests.suggestions.supervising import supervise

OPEN_PAGES: dict[str, set[str]] = {
    "suggestions:supervision_list": EXPORTERS,
    "suggestions:register": EXPORTERS,
    "suggestions:register_export": EXPORTERS,
}
KEEPERS = {"county_office", "town_office", "unit_handler"}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "suggestions:order": (SEES_CASE, set()),
    "suggestions:order_word": (SEES_CASE, set()),
    "suggestions:letter": (SEES_CASE, set()),
    "suggestions:letter_word": (SEES_CASE, set()),
    "suggestions:survey": (SEES_CASE, set()),
    "suggestions:survey_word": (SEES_CASE, set()),
    "suggestions:archive": (KEEPERS, SEES_CASE - KEEPERS),
    "suggestions:supervise": ({"county_office"}, SEES_CASE - {"county_office"}),
    "suggestions:supervision_answer": ({"unit_handler"}, SEES_CASE - {"unit_handler"}),
    "suggestions:supervision_lift": ({"county_office"}, SEES_CASE - {"county_office"}),
    "suggestions:notice": (SEES_CASE, set()),
    "suggestions:notice_word": (SEES_CASE, set()),
}
POST_ONLY: set[str] = set()


def _of_a_case(name: str, state: State) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[paths.case_in(state, cast).pk])


def _of_a_notice(name: str, *, is_answered: bool = False) -> Callable[[Cast], str]:
    def address(cast: Cast) -> str:
        notice = supervise(cast, paths.case_in(State.HANDLING, cast), kind=SupervisionKind.LISTED)
        if is_answered:
            services.answer_supervision(supervision=notice, actor=cast.unit_handler, text="下周办结")
        return reverse(name, args=[notice.pk])

    return address


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    **{
        f"suggestions:{key}{word}": _of_a_case(f"suggestions:{key}{word}", State.AWAIT_EVALUATION)
        for key in ("order", "letter", "survey")
        for word in ("", "_word")
    },
    "suggestions:archive": _of_a_case("suggestions:archive", State.HANDLING),
    "suggestions:supervise": _of_a_case("suggestions:supervise", State.HANDLING),
    "suggestions:supervision_answer": _of_a_notice("suggestions:supervision_answer"),
    "suggestions:supervision_lift": _of_a_notice("suggestions:supervision_lift", is_answered=True),
    "suggestions:notice": _of_a_notice("suggestions:notice"),
    "suggestions:notice_word": _of_a_notice("suggestions:notice_word"),
}
