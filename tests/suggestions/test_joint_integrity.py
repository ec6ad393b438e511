"""Each rule about several units and about requests notices the row that breaks it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.utils import timezone

from suggestions.enums import AssignmentKind, AssignmentStatus, RequestState, State
from suggestions.integrity import RULES
from suggestions.models import Assignment, Reply, Suggestion, UnitRequest
from tests.cast import Cast
from tests.suggestions import asking, paths

Build = Callable[[Cast], Suggestion]


def _answered(cast: Cast) -> Suggestion:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler")
    return asking.hand_in(case, cast, "other_unit_handler")


def _countersigned(cast: Cast) -> Suggestion:
    case = asking.countersign(asking.helped(cast), cast)
    paths.take_two_steps(case, cast)
    return asking.hand_in(case, cast, "unit_handler")


def _asked(cast: Cast) -> Suggestion:
    return asking.ask_return(paths.case_in(State.HANDLING, cast), cast)


def _returned(cast: Cast) -> Suggestion:
    return asking.grant_return(_asked(cast), cast)


BREAKS: list[tuple[str, Build, Callable[[], object]]] = [
    ("主办", asking.helped, lambda: Assignment.objects.filter(kind="LEAD").update(kind=AssignmentKind.CO)),
    ("主办", asking.helped, lambda: Assignment.objects.filter(kind="CO").update(kind=AssignmentKind.SPLIT)),
    ("主办", asking.shared, lambda: Assignment.objects.filter(unit__code="U02").update(status="RECALLED")),
    ("主办", asking.shared, lambda: Assignment.objects.filter(unit__code="U02").update(kind=AssignmentKind.CO)),
    ("答复", _answered, lambda: Reply.objects.filter(assignment__unit__code="U02").update(status="RETURNED")),
    ("答复", _countersigned, lambda: Assignment.objects.update(countersigned_at=None)),
    ("申请", _asked, lambda: Suggestion.objects.update(state=State.ESCALATED)),
    ("申请", _returned, lambda: UnitRequest.objects.update(decided_by=None)),
    ("申请", _returned, lambda: UnitRequest.objects.update(decided_at=None)),
    ("申请", _returned, lambda: UnitRequest.objects.update(state=RequestState.DENIED)),
    ("申请", _returned, lambda: Assignment.objects.update(status=AssignmentStatus.RECALLED)),
    (
        "申请",
        lambda cast: asking.ask_extension(paths.case_in(State.HANDLING, cast), cast),
        lambda: UnitRequest.objects.update(proposed_due_on=timezone.localdate()),
    ),
]


@pytest.mark.parametrize(("name", "build", "damage"), BREAKS)
def test_damage_is_named(cast: Cast, name: str, build: Build, damage: Callable[[], object]) -> None:
    build(cast)
    assert not [line for rule in RULES.values() for line in rule()]
    damage()
    assert list(RULES[name]())


def test_the_database_keeps_one_part_per_unit(cast: Cast) -> None:
    asking.helped(cast)
    with pytest.raises(IntegrityError):
        Assignment.objects.update(unit=cast.county_unit)
