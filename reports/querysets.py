"""What a user may see of the words of bulletins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from reports.models import BulletinText


class BulletinTextQuerySet(models.QuerySet["BulletinText"]):
    def visible_to(self, user: User) -> Self:
        """Those of counties the user reads as a whole, and of delegations the user is the office of."""
        own = Q(place__in=user.scope.where(Role.DELEGATION_OFFICE))
        return self.filter(own | Q(place__county_id__in=user.scope.reads_county_ids))

    def of(self, place: Organization, period: str) -> BulletinText | None:
        """The words for that place and period, None where nobody wrote any."""
        return self.filter(place=place, period=period).first()
