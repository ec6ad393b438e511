"""Which representatives a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from representatives.enums import RepresentativeStatus

if TYPE_CHECKING:
    from accounts.models import User
    from representatives.models import Representative

Row = TypeVar("Row", bound=models.Model)


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def visible_to(self, user: User) -> Self:
        """Representatives of the user's counties: their names and posts are public."""
        return self.filter(county_id__in=user.scope.county_ids)

    def active(self) -> Self:
        return self.filter(status=RepresentativeStatus.ACTIVE)

    def standing(self) -> Self:
        """Without duplicates that were merged into another record."""
        return self.filter(merged_into=None)


class PersonRowQuerySet(models.QuerySet[Row]):
    """Rows that belong to one representative and are visible exactly when they are."""

    def visible_to(self, user: User) -> Self:
        people: Any = self.model._meta.get_field("representative").related_model
        return self.filter(representative__in=people.objects.visible_to(user))
