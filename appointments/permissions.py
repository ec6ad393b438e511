"""Who records and corrects visits (domain.md §1)."""

from accounts.enums import Role
from accounts.models import User
from appointments.models import Visit
from studios.models import Studio
from studios.querysets import StudioQuerySet


def studios_recorded_by(user: User) -> StudioQuerySet:
    """Studios whose visits `user` records: a liaison's own; for a delegation office (paper days) its delegation's."""
    return Studio.objects.recorded_by(user)


def can_record_visits(user: User) -> bool:
    """Liaisons and delegation offices."""
    return user.scope.has(Role.LIAISON, Role.DELEGATION_OFFICE)


def can_correct_visit(user: User, visit: Visit) -> bool:
    """Whoever records visits of its studio."""
    return can_record_visits(user) and studios_recorded_by(user).filter(pk=visit.studio_id).exists()
