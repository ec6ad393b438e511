"""Clock ticks for suggestions; a missed tick loses nothing, a repeated one does nothing twice."""

from celery import shared_task
from django.utils import timezone

from suggestions.services import close_lapsed


@shared_task
def sweep_evaluations() -> int:
    """Close what nobody has to rate any more; returns how many."""
    return close_lapsed(now=timezone.now())
