"""Who may open which address of the deadline settings; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from suggestions.models import DeadlinePolicy
from suggestions.services.recompute import open_job
from tests.cast import Cast
from tests.people import STAFF

SETTERS = {"county_office", "stranger"}

OPEN_PAGES: dict[str, set[str]] = {
    "suggestions:deadlines": STAFF - {"admin", "auditor", "nobody"},
    "suggestions:deadline_create": SETTERS,
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "suggestions:deadline_update": ({"county_office"}, STAFF - SETTERS),
    "suggestions:deadline_job": ({"county_office", "leader"}, set()),
}
POST_ONLY: set[str] = set()


def _policy(cast: Cast) -> str:
    policy = DeadlinePolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1))
    return reverse("suggestions:deadline_update", args=[policy.pk])


def _job(cast: Cast) -> str:
    return open_job(county=cast.county, cause="办公日历调整").get_absolute_url()


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "suggestions:deadline_update": _policy,
    "suggestions:deadline_job": _job,
}
"""The address of each row page, about rows of 海安."""
