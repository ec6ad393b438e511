"""Clock ticks for studios; a missed tick loses nothing, a repeated one does nothing twice."""

from celery import shared_task
from django.utils import timezone

from studios.notifications import remind_unannounced


@shared_task
def sweep_calendar() -> int | None:
    """Remind county offices of a year whose holidays are not announced; returns that year."""
    return remind_unannounced(timezone.localdate())
