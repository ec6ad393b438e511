"""Who reads what offices and units keep beside the cases: private notes, and texts to begin a reply from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import User
    from suggestions.models import PrivateNote, ReplyTemplate

KEEPS_NOTES = (Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE, Role.UNIT_HANDLER)


class NoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: User) -> Self:
        """Notes of the offices and units the user works in, on cases the user sees; nobody else ever reads them."""
        own: frozenset[int] = frozenset().union(*(user.scope.where(role) for role in KEEPS_NOTES))
        cases: Any = self.model._meta.get_field("suggestion").related_model
        return self.filter(organization_id__in=own, suggestion__in=cases.objects.visible_to(user))


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def visible_to(self, user: User) -> Self:
        """Texts to begin from are no secret within a county."""
        return self.filter(county_id__in=user.scope.county_ids)
