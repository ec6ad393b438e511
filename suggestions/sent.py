"""What is put on record when a reminder about a case was really sent."""

from notifications.registry import after_sending
from suggestions.notifications import DEADLINE
from suggestions.services.supervision import note_stage

after_sending(DEADLINE, note_stage)
