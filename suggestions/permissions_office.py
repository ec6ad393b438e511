"""Who supervises, answers, keeps the file of a case and reads the registers (domain.md §1)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User
from suggestions.enums import Capacity, SupervisionKind
from suggestions.models import Suggestion, Supervision
from suggestions.permissions import capacities

SUPERVISORS = frozenset({Capacity.COUNTY_OFFICE, Capacity.DELEGATION_ASSIGNER})
KEEPERS = frozenset({Capacity.COUNTY_OFFICE, Capacity.DELEGATION_OFFICE, Capacity.ASSIGNEE})


def can_supervise(user: User, case: Suggestion, kind: str = "") -> bool:
    """The county office; the delegation where it assigned, but 挂牌 is the county's."""
    held = capacities(user, case)
    return Capacity.COUNTY_OFFICE in held if kind == SupervisionKind.LISTED else bool(held & SUPERVISORS)


def can_answer(user: User, notice: Supervision) -> bool:
    """Those who handle for the unit the notice went to."""
    return notice.unit_id in user.scope.where(Role.UNIT_HANDLER)


def can_lift(user: User, notice: Supervision) -> bool:
    """The county office, which listed it."""
    return notice.suggestion.county_id in user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())


def can_read_supervision(user: User) -> bool:
    """Offices and leaders, and units for the cases assigned to them."""
    return user.scope.has(*OFFICE_ROLES, Role.LEADER, Role.UNIT_HANDLER)


def can_take_archive(user: User, case: Suggestion) -> bool:
    """The county office, the delegation's office and the assigned unit keep a file of the case."""
    return bool(capacities(user, case) & KEEPERS)
