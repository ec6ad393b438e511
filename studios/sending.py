"""When reminders that follow office hours go out (domain.md §6.2)."""

from datetime import datetime

from notifications.readings import once
from notifications.registry import Verdict, later, send
from studios.clocks import next_sending_time
from studios.services.calendar import load_calendar


def in_office_hours(now: datetime) -> Verdict:
    """Send on workdays 08:00–21:00 (Shanghai); at any other moment put it off to the next such time."""
    at = next_sending_time(now, once(load_calendar))
    return send() if at == now else later(at)
