"""Everything the page of one studio shows to one user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.changes import Change, FieldChange, changes_of
from accounts.models import User
from studios.enums import EquipmentCondition
from studios.models import Equipment, Inspection, Rectification, Studio, StudioStatusChange
from studios.permissions import can_edit_studio, can_read_registers, can_tend_studio
from studios.permissions_inspections import can_inspect
from studios.presentation import ShownStudio, show

LATEST = 5


@dataclass(frozen=True)
class StudioRecord:
    """One studio with what hangs on it. Rows the user may not see are empty."""

    shown: ShownStudio
    equipment: Sequence[Equipment]
    equipment_changes: list[Change]
    representatives: Sequence[Any]
    inspections: Sequence[Inspection]
    rectifications: Sequence[Rectification]
    status_changes: Sequence[StudioStatusChange]
    changes: list[Change]
    reads_registers: bool
    may_edit: bool
    may_inspect: bool
    may_tend: bool

    @classmethod
    def of(cls, studio: Studio, user: User, today: date) -> StudioRecord:
        """Read it; `studio` comes from `visible_studio`."""
        reads = can_read_registers(user, studio)
        return cls(
            shown=show(studio),
            equipment=list(Equipment.objects.visible_to(user).filter(studio=studio)),
            equipment_changes=equipment_changes(studio) if reads else [],
            representatives=list(studio.representatives.standing().visible_to(user)),
            inspections=latest_inspections(studio, user),
            rectifications=open_rectifications(studio, user, today),
            status_changes=list(
                StudioStatusChange.objects.visible_to(user).filter(studio=studio).select_related("actor")
            ),
            changes=changes_of(studio) if reads else [],
            reads_registers=reads,
            may_edit=can_edit_studio(user, studio),
            may_inspect=can_inspect(user, studio),
            may_tend=can_tend_studio(user, studio),
        )


def visible_studio(user: User, pk: int, today: date) -> Studio:
    """One studio with its shortfalls on `today`. Raises Http404 outside the user's scope."""
    studios = Studio.objects.visible_to(user).with_shortfalls(today).with_list_related()
    studio = studios.select_related("county", "plaque_photo", "owner").filter(pk=pk).first()
    if studio is None:
        raise Http404
    return studio


def latest_inspections(studio: Studio, user: User) -> Sequence[Inspection]:
    """The newest five checks with `fails`, how many items were found wanting."""
    rows = Inspection.objects.visible_to(user).filter(studio=studio).select_related("inspector")
    return list(rows.with_fails().order_by("-inspected_on", "-id")[:LATEST])


def open_rectifications(studio: Studio, user: User, today: date) -> Sequence[Rectification]:
    """What still has to be mended, the earliest due first, with `is_late`."""
    rows = Rectification.objects.visible_to(user).open().filter(studio=studio)
    late = Rectification.objects.overdue(today)
    return list(rows.select_related("opened_by__item").annotate(is_late=Exists(late.filter(pk=OuterRef("pk")))))


def equipment_changes(studio: Studio) -> list[Change]:
    """What came, went or changed, the newest first; what one person saved within a minute is one change."""
    rows = Equipment.history.filter(studio_id=studio.pk).select_related("history_user").order_by("history_id")
    stood: dict[str, str] = {}
    told = []
    for (_minute, who), saved in groupby(rows, key=_saved_together):
        fields, at = [], None
        for row in saved:
            words = "" if row.history_type == "-" else f"{row.quantity} 件，{EquipmentCondition(row.condition).label}"
            if row.history_type != "~" or row.name in stood:
                fields.append(FieldChange(row.name, stood.get(row.name, ""), words))
            stood[row.name], at = words, row.history_date
        if fields and at is not None:
            told.append(Change(at, who, fields))
    return told[::-1]


def _saved_together(row: Any) -> tuple[Any, str]:
    return row.history_date.replace(second=0, microsecond=0), str(row.history_user or "系统")
