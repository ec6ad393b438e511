"""Clock ticks for reports; a missed tick loses nothing, a repeated one does nothing twice."""

from celery import shared_task
from django.utils import timezone

from reports.folding import fold
from reports.services import exports


@shared_task
def sweep_exports() -> int:
    """Write the lists that wait and delete those whose day is over; returns how many were written."""
    return exports.sweep_exports()


@shared_task
def sweep_tallies() -> int:
    """Count a batch of what was written since again; returns how many buckets."""
    return fold(timezone.localdate())
