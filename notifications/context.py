"""The number beside the bell."""

from typing import Any

from django.http import HttpRequest

from accounts.models import User
from notifications.models import Message


def inbox(request: HttpRequest) -> dict[str, Any]:
    """How many messages the user has not read (one query; none for visitors)."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"inbox_unread": 0}
    return {"inbox_unread": Message.objects.visible_to(user).unread().count()}
