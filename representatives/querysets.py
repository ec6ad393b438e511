"""Which representatives a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from representatives.enums import RepresentativeStatus

if TYPE_CHECKING:
    from accounts.models import User
    from representatives.models import Representative


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def visible_to(self, user: User) -> Self:
        """Representatives of the user's counties: their names and posts are public."""
        return self.filter(county_id__in=user.scope.county_ids)

    def active(self) -> Self:
        return self.filter(status=RepresentativeStatus.ACTIVE)
