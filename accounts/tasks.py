"""What the clock does for accounts."""

from celery import shared_task

from accounts.import_services import expire_imports


@shared_task
def sweep_imports() -> int:
    """Drop the files of imports that are more than a day old."""
    return expire_imports()
