"""Clock ticks for duties; a missed tick loses nothing, a repeated one does nothing twice."""

from celery import shared_task

from appointments.integrity import duties_ahead
from appointments.notifications import schedule_duty_reminders


@shared_task
def sweep_duties() -> None:
    """Write the reminders that duties of the next seven days lack: of people who got an account or a new liaison."""
    schedule_duty_reminders(duties_ahead())
