"""Duty rosters of one delegation (domain.md §5). Pure and deterministic: no rows, no clock, no solver.

`sessions_between` says on which days the studios open, `draft` seats people, `refill` mends a roster.
"""

from appointments.rostering.drafting import draft, refill
from appointments.rostering.facts import Breach, Member, Result, Seat, Session, World, hash_of
from appointments.rostering.sessions import SessionDay, sessions_between

__all__ = [
    "Breach",
    "Member",
    "Result",
    "Seat",
    "Session",
    "SessionDay",
    "World",
    "draft",
    "hash_of",
    "refill",
    "sessions_between",
]
