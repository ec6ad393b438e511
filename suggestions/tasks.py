"""Clock ticks for suggestions; a missed tick loses nothing, a repeated one does nothing twice."""

from celery import shared_task
from django.utils import timezone

from suggestions.services import close_lapsed
from suggestions.services.recompute import sweep_jobs


@shared_task
def sweep_evaluations() -> int:
    """Close what nobody has to rate any more; returns how many."""
    return close_lapsed(now=timezone.now())


@shared_task
def sweep_recomputing() -> int:
    """Work off what waits since the deadline settings or the calendar changed; returns how many chunks."""
    return sweep_jobs()
