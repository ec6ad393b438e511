"""What the frame of every page shows: whose system, in which role, the way around, the help phone."""

from typing import Any

from django.http import HttpRequest

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.navigation import nav_items

ROLES_NAMED = 2


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates. Anonymous visitors get the same keys, empty."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"nav": [], "county_name": "", "help_phone": "", "role_words": ""}
    county = next((row.organization.county for row in user.held if row.organization.county), None)
    return {
        "nav": nav_items(user.scope, request.path),
        "county_name": county.short_name if county else "",
        "help_phone": county.phone if county else "",
        "role_words": role_words(user.held),
    }


def role_words(memberships: list[Membership]) -> str:
    """曲塘镇 代表队办公室、工作室联络员 …: the first two roles by name, the rest as a number."""
    words = [f"{row.organization.short_name} {Role(row.role).label}" for row in memberships[:ROLES_NAMED]]
    more = f" 等 {len(memberships)} 个角色" if len(memberships) > ROLES_NAMED else ""
    return "、".join(words) + more
