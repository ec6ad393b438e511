"""Suggestions and everything that hangs on one (domain.md §6)."""

from suggestions.models.batch import AssignmentBatch
from suggestions.models.case import Petitioner, Suggestion
from suggestions.models.handling import Assignment, Consultation, Contact, Evaluation, Reply
from suggestions.models.record import DeadlinePolicy, NumberSequence, SuggestionTransition

__all__ = [
    "Assignment",
    "AssignmentBatch",
    "Consultation",
    "Contact",
    "DeadlinePolicy",
    "Evaluation",
    "NumberSequence",
    "Petitioner",
    "Reply",
    "Suggestion",
    "SuggestionTransition",
]
