"""The tick of the sweep; reminders are rows, so a lost tick loses nothing."""

from celery import shared_task
from django.utils import timezone

from notifications.delivery import sweep


@shared_task
def sweep_reminders() -> dict[str, int]:
    """Send what is due; returns how many reminders ended in which state."""
    return sweep(timezone.now())
