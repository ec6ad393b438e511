"""The address people outside reach us under: for codes and links that are printed or sent."""

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest, path: str) -> str:
    """`path` ("/reps/7/") with the host of the setting PUBLIC_URL, or of `request` where it is empty."""
    base: str = settings.PUBLIC_URL
    return f"{base}{path}" if base else request.build_absolute_uri(path)
