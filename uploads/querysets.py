"""Which files a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Sum

from uploads.registry import is_visible

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from uploads.models import Upload


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User) -> Self:
        """Files of subjects the user may see, as the app of the subject says (one query per subject)."""
        subjects = self.order_by().values_list("subject", flat=True).distinct()
        return self.filter(subject__in=[subject for subject in subjects if is_visible(user, subject)])

    def bytes_since(self, user: User, moment: datetime) -> int:
        """How much the user has uploaded since `moment`."""
        return self.filter(created_by=user, created_at__gte=moment).aggregate(total=Sum("size"))["total"] or 0
