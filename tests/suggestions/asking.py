"""Cases of several units, and what units ask for, through the services."""

from datetime import date, timedelta

from suggestions import services
from suggestions.enums import Complexity, State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.suggestions import paths

WHY = "排水管网属住建局管理"


def helped(cast: Cast) -> Suggestion:
    """The county's unit leads, the other unit helps; the lead has signed."""
    return _signed(cast, unit=cast.county_unit, co_units=[cast.other_unit])


def shared(cast: Cast) -> Suggestion:
    """Both units share the case, both have signed."""
    case = _signed(cast, split_units=[cast.county_unit, cast.other_unit])
    services.sign_suggestion(suggestion=case, actor=cast.other_unit_handler, version=None)
    return fresh(case)


def assigned(cast: Cast, **charge: object) -> Suggestion:
    """Assigned by the county as `charge` says; nobody has signed."""
    case = paths.case_in(State.ESCALATED, cast)
    charge = {"complexity": Complexity.SIMPLE} | charge
    services.assign_suggestion(suggestion=case, actor=cast.county_office, version=None, **charge)  # type: ignore[arg-type]
    return fresh(case)


def ask_return(case: Suggestion, cast: Cast) -> Suggestion:
    services.request_return(
        suggestion=case, actor=cast.unit_handler, version=None, reason=WHY, proposed_unit=cast.other_unit
    )
    return fresh(case)


def ask_extension(case: Suggestion, cast: Cast, day: date | None = None) -> Suggestion:
    """To `day`, or five days past the due date."""
    assert case.due_on
    services.request_extension(
        suggestion=case,
        actor=cast.unit_handler,
        version=None,
        reason="等待供货",
        proposed_due_on=day or case.due_on + timedelta(days=5),
    )
    return fresh(case)


def grant_return(case: Suggestion, cast: Cast) -> Suggestion:
    services.approve_return(suggestion=case, actor=cast.county_office, version=None, note="同意改交")
    return fresh(case)


def grant_extension(case: Suggestion, cast: Cast) -> Suggestion:
    services.approve_extension(suggestion=case, actor=cast.county_office, version=None)
    return fresh(case)


def countersign(case: Suggestion, cast: Cast) -> Suggestion:
    services.countersign(suggestion=case, actor=cast.other_unit_handler, version=None, note="同意，管线已核对")
    return fresh(case)


def hand_in(case: Suggestion, cast: Cast, who: str, **changes: object) -> Suggestion:
    """The part of `who`'s unit."""
    services.reply_suggestion(
        suggestion=case,
        actor=getattr(cast, who),
        version=None,
        reply=paths.ReplyText(**vars(paths.REPLY) | changes),
    )
    return fresh(case)


def fresh(case: Suggestion) -> Suggestion:
    return Suggestion.objects.get(pk=case.pk)


def _signed(cast: Cast, **charge: object) -> Suggestion:
    case = assigned(cast, **charge)
    paths.sign(case, cast)
    return fresh(case)
