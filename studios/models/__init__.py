"""Studios, their checklists, and the office calendar's rows (domain.md §2, §4)."""

from studios.models.calendar import CalendarChange, CalendarEffect, CalendarYear, Holiday
from studios.models.checklist import ChecklistItem, ChecklistTemplate, Inspection, InspectionResult, Rectification
from studios.models.studio import Equipment, Studio, StudioStandard, StudioStatusChange

__all__ = [
    "CalendarChange",
    "CalendarEffect",
    "CalendarYear",
    "ChecklistItem",
    "ChecklistTemplate",
    "Equipment",
    "Holiday",
    "Inspection",
    "InspectionResult",
    "Rectification",
    "Studio",
    "StudioStandard",
    "StudioStatusChange",
]
