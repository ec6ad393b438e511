"""What a production process refuses to start with (reliability.md, production defaults)."""

from django.conf import settings
from django.core.management import call_command


def refuse_demo_accounts() -> None:
    """Raise SystemCheckError in production while demonstration accounts exist (see demo/checks.py)."""
    if settings.IS_PRODUCTION:
        call_command("check", databases=["default"], fail_level="ERROR")
