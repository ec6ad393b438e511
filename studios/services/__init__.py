"""The only writers of studio rows, one module a subject."""

from studios.services.calendar import load_calendar, seed_calendar_years
from studios.services.register import change_status, register_studio, update_studio

__all__ = ["change_status", "load_calendar", "register_studio", "seed_calendar_years", "update_studio"]
