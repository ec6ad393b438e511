"""Which reminders and messages a user may see, and which wait to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from notifications.enums import LATE_AFTER, WAITING_STATES

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Message, Reminder


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: User) -> Self:
        """Reminders addressed to the user or to a role the user holds."""
        addresses = [f"user:{user.pk}"]
        addresses += [f"{role}:{pk}" for role, ids in user.scope.organizations.items() for pk in ids]
        return self.filter(recipient__in=addresses)

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING_STATES)

    def due(self, now: datetime) -> Self:
        """Waiting, due at `now`, without a lower bound: a missed tick forgets nothing."""
        ready = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
        return self.waiting().filter(ready, due_at__lte=now)

    def late(self, now: datetime) -> Self:
        """What `/health/` turns red for: sendable for ten minutes and still waiting."""
        return self.due(now - LATE_AFTER).filter(expires_at__gt=now)

    def about(self, subject: str) -> Self:
        return self.filter(subject=subject)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)
