"""Who may open the pages of themed appointments: themes, questionnaires, field trips, findings."""

from collections.abc import Callable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from appointments.models import Appointment, MonthlyTheme
from appointments.services import findings
from appointments.services.findings import TripEntry
from tests.appointments import theming
from tests.cast import Cast
from tests.people import OFFICES, READERS

COUNTY_OFFICES = {"county_office", "stranger"}
LIAISONS = {"liaison", "other_liaison"}
SEES = {"liaison", "representative_user", "town_office", "county_office", "leader"}
ARRANGES = {"town_office", "county_office"}
ENTERS = ARRANGES | {"liaison"}
IN_COUNTY_BUT = {
    "liaison", "other_liaison", "representative_user", "town_office", "other_town_office",
    "unit_handler", "other_unit_handler", "town_unit_handler", "leader", "admin", "auditor",
}  # fmt: skip

OPEN_PAGES: dict[str, set[str]] = {
    "appointments:topic_list": READERS | LIAISONS,
    "appointments:topic_create": OFFICES,
    "appointments:theme_create": COUNTY_OFFICES,
    "appointments:finding_list": READERS | LIAISONS,
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "appointments:topic_detail": (SEES, set()),
    "appointments:topic_update": (ARRANGES, SEES - ARRANGES),
    "appointments:topic_invite": (ARRANGES, SEES - ARRANGES),
    "appointments:topic_attendance": (ARRANGES, SEES - ARRANGES),
    "appointments:trip_create": (ENTERS, SEES - ENTERS),
    "appointments:trip_update": (ENTERS, SEES - ENTERS),
    "appointments:finding_create": (ENTERS, SEES - ENTERS),
    "appointments:finding_update": (ENTERS, SEES - ENTERS),
    "appointments:finding_adopt": (ARRANGES, SEES - ARRANGES),
    "appointments:theme_update": ({"county_office"}, IN_COUNTY_BUT),
    "appointments:questionnaire_create": (ARRANGES, SEES - ARRANGES),
    "appointments:questionnaire_detail": (SEES, set()),
    "appointments:questionnaire_update": (ARRANGES, SEES - ARRANGES),
    "appointments:questionnaire_preview": (SEES, set()),
    "appointments:questionnaire_print": (SEES, set()),
    "appointments:questionnaire_export": (ENTERS, SEES - ENTERS),
    "appointments:question_create": (ARRANGES, SEES - ARRANGES),
    "appointments:question_update": (ARRANGES, SEES - ARRANGES),
    "appointments:paper_create": (ENTERS, SEES - ENTERS),
    "suggestions:finding": (ENTERS | {"representative_user"}, {"leader"}),
}
POST_ONLY: set[str] = {
    "appointments:topic_cancel",
    "appointments:topic_hold",
    "appointments:question_move",
    "appointments:question_remove",
    "appointments:questionnaire_publish",
    "appointments:questionnaire_close",
    "appointments:questionnaire_copy",
}


def _event(cast: Cast) -> Appointment:
    return theming.event(cast, held_on=timezone.localdate() + timedelta(days=7))


def _of_event(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[_event(cast).pk])


def _of_questionnaire(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[theming.draft(cast, _event(cast)).pk])


def _of_finding(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[theming.finding(cast, _event(cast)).pk])


def _question(cast: Cast) -> str:
    question = theming.draft(cast, _event(cast)).questions.first()
    assert question is not None
    return reverse("appointments:question_update", args=[question.pk])


def _trip(cast: Cast) -> str:
    entry = TripEntry("第一村", timezone.localdate(), 12)
    trip = findings.write_trip(event=_event(cast), entry=entry, seats=[], actor=cast.town_office)
    return reverse("appointments:trip_update", args=[trip.pk])


def _theme(cast: Cast) -> str:
    theme = MonthlyTheme.objects.create(
        county=cast.county, month=date(2026, 11, 1), title="道路安全", created_by=cast.county_office
    )
    return reverse("appointments:theme_update", args=[theme.pk])


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "appointments:question_update": _question,
    "appointments:trip_update": _trip,
    "appointments:theme_update": _theme,
}
for _name in ROW_PAGES:
    _short = _name.split(":")[1]
    if _short.startswith("topic_") or _short in {"trip_create", "finding_create", "questionnaire_create"}:
        ADDRESSES[_name] = _of_event(_name)
    elif _short.startswith("questionnaire_") or _short in {"question_create", "paper_create"}:
        ADDRESSES[_name] = _of_questionnaire(_name)
    elif _short.startswith("finding"):
        ADDRESSES[_name] = _of_finding(_name)
