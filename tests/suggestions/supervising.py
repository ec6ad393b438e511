"""Notices of supervision as tests need them."""

from datetime import date

from django.utils import timezone

from studios.services import load_calendar
from suggestions import services
from suggestions.deadlines import Rules
from suggestions.enums import SupervisionKind
from suggestions.models import Suggestion, Supervision
from suggestions.services.supervision import Notice
from suggestions.supervising import proposed_day
from tests.cast import Cast

TEXT = "请抓紧办理"


def workday(kind: SupervisionKind = SupervisionKind.URGED) -> date:
    """A day that will do."""
    return proposed_day(kind, Rules(), timezone.localdate(), load_calendar())


def notice_of(case: Suggestion, kind: SupervisionKind = SupervisionKind.URGED, **changed: object) -> Notice:
    """What would be sent, with some of it changed."""
    assert case.unit is not None
    sent = {"kind": kind, "unit": case.unit, "text": TEXT, "reply_due_on": workday(kind)}
    return Notice(**(sent | changed))  # type: ignore[arg-type]


def supervise(cast: Cast, case: Suggestion, kind: SupervisionKind = SupervisionKind.URGED) -> Supervision:
    """Sent by the county office."""
    return services.supervise_suggestion(suggestion=case, actor=cast.county_office, notice=notice_of(case, kind))
