"""The only writers of studio rows, one module a subject."""

from studios.services.calendar import load_calendar, seed_calendar_years

__all__ = ["load_calendar", "seed_calendar_years"]
