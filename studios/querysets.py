"""Which studios a user may see. The office calendar is public and visible to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from studios.enums import StudioStatus

if TYPE_CHECKING:
    from accounts.models import User
    from studios.models import CalendarYear, Holiday, Studio


def studio_scope(user: User, prefix: str = "") -> Q:
    """Rows of the studios whose work the user runs or reads, for any model that has a studio and delegation.

    `prefix` is the path to that model, e.g. "appointment__". Liaisons: own studios; delegation office: own
    delegation; county office and leaders: the county. Other roles: nothing.
    """
    scope = user.scope
    allowed = Q(**{f"{prefix}county_id__in": scope.reads_county_ids})
    if scope.has(Role.DELEGATION_OFFICE):
        allowed |= Q(**{f"{prefix}delegation_id__in": scope.where(Role.DELEGATION_OFFICE)})
    if scope.has(Role.LIAISON):
        allowed |= Q(**{f"{prefix}studio_id__in": user.studios.values("pk")})
    return allowed


class StudioQuerySet(models.QuerySet["Studio"]):
    def visible_to(self, user: User) -> Self:
        """Studios of the user's counties: where they are and when they open is no secret within a county."""
        return self.filter(county_id__in=user.scope.county_ids)

    def run_by(self, user: User) -> Self:
        """Studios the user is a liaison of."""
        return self.filter(liaisons=user)

    def worked_in_by(self, user: User) -> Self:
        """Studios whose registers the user reads."""
        scope = user.scope
        offices = Q(delegation_id__in=scope.where(Role.DELEGATION_OFFICE)) | Q(county_id__in=scope.reads_county_ids)
        return self.filter(offices | Q(pk__in=user.studios.values("pk")))

    def active(self) -> Self:
        return self.filter(status=StudioStatus.ACTIVE)


class CalendarYearQuerySet(models.QuerySet["CalendarYear"]):
    def visible_to(self, user: User) -> Self:
        return self


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def visible_to(self, user: User) -> Self:
        return self
