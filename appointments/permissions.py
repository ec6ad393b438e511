"""Who records and corrects visits: liaisons, at their own studios (domain.md §1)."""

from accounts.enums import Role
from accounts.models import User
from appointments.models import Visit
from studios.models import Studio
from studios.querysets import StudioQuerySet


def can_record_visits(user: User) -> bool:
    """Liaisons."""
    return user.scope.has(Role.LIAISON)


def studios_recorded_by(user: User) -> StudioQuerySet:
    """Active studios whose visits `user` records."""
    studios = Studio.objects.run_by(user).active()
    return studios if can_record_visits(user) else studios.none()


def can_correct_visit(user: User, visit: Visit) -> bool:
    """Whoever records visits of its studio."""
    return studios_recorded_by(user).filter(pk=visit.studio_id).exists()
