"""The only writers of rosters."""

from appointments.services.rosters.drafting import draft_roster, refill_draft
from appointments.services.rosters.errors import RosterConflictError, RosterError

__all__ = ["RosterConflictError", "RosterError", "draft_roster", "refill_draft"]
