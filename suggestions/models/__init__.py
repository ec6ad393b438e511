"""Suggestions and everything that hangs on one (domain.md §6)."""

from suggestions.models.batch import AssignmentBatch
from suggestions.models.case import Petitioner, Suggestion
from suggestions.models.handling import Assignment, Consultation, Contact, Evaluation, Reply
from suggestions.models.office import DeadlineChange, PrivateNote, ReplyTemplate, Supervision
from suggestions.models.recompute import RecomputeJob
from suggestions.models.record import DeadlinePolicy, NumberSequence, SuggestionTransition
from suggestions.models.request import UnitRequest

__all__ = [
    "Assignment",
    "AssignmentBatch",
    "Consultation",
    "Contact",
    "DeadlineChange",
    "DeadlinePolicy",
    "Evaluation",
    "NumberSequence",
    "Petitioner",
    "PrivateNote",
    "RecomputeJob",
    "Reply",
    "ReplyTemplate",
    "Suggestion",
    "SuggestionTransition",
    "Supervision",
    "UnitRequest",
]
