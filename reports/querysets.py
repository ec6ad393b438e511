"""What a user may see of the words of bulletins and of exports, and which exports wait to be written."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.enums import Role
from reports.enums import LIFETIME, UNFINISHED, ExportState

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from reports.models import BulletinText, ExportJob


class BulletinTextQuerySet(models.QuerySet["BulletinText"]):
    def visible_to(self, user: User) -> Self:
        """Those of counties the user reads as a whole, and of delegations the user is the office of."""
        own = Q(place__in=user.scope.where(Role.DELEGATION_OFFICE))
        return self.filter(own | Q(place__county_id__in=user.scope.reads_county_ids))

    def of(self, place: Organization, period: str) -> BulletinText | None:
        """The words for that place and period, None where nobody wrote any."""
        return self.filter(place=place, period=period).first()


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    def visible_to(self, user: User) -> Self:
        """One's own and nobody else's, not even an office's."""
        return self.filter(user=user)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def claimable(self, now: datetime) -> Self:
        """Nobody writes it, or whoever did is dead."""
        return self.filter(Q(state=ExportState.WAITING) | Q(state=ExportState.RUNNING, lease_until__lte=now))

    def being_written(self, now: datetime) -> Self:
        return self.filter(state=ExportState.RUNNING, lease_until__gt=now)

    def outdated(self, now: datetime) -> Self:
        """Their day is over, or they were never written within one."""
        return self.filter(
            Q(state=ExportState.DONE, expires_at__lte=now) | Q(state__in=UNFINISHED, asked_at__lte=now - LIFETIME)
        )
