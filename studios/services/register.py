"""The only writer of studios, their equipment, people in charge and status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.changes import begin_history
from accounts.models import Organization, User
from studios.codes import next_code
from studios.enums import StudioKind, StudioStatus
from studios.models import Equipment, Studio, StudioStatusChange
from studios.permissions import can_edit_studio, can_tend_studio, candidates_for
from uploads.services import store_photo

TENDED = ("phone", "address")
"""Columns that the liaisons of a studio may write."""
COMMON = ("code", "name", "address", "phone", "plaque_on")
COLUMNS: dict[str, tuple[str, ...]] = {
    StudioKind.COUNTY: (*COMMON, "area", "shared_with"),
    StudioKind.TOWN: (*COMMON, "village", "area", "shared_with"),
    StudioKind.PERSONAL: (*COMMON, "village", "personal_statement", "service_promise"),
}
"""Columns that are asked for, by kind."""


class StudioError(Exception):
    """A change that is refused: a sentence for the person, and the field it is about ("" for none)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class StaleStudioError(StudioError):
    """Somebody else has written the record since the person opened it; nothing was overwritten."""


@dataclass(frozen=True)
class EquipmentEntry:
    """One kind of thing that stands in a studio."""

    name: str
    quantity: int
    condition: str


@dataclass(frozen=True)
class StudioEntry:
    """What is written about a studio: columns by name, equipment as it stands, a new photo, the people in charge.

    Columns that are not named, and liaisons that are None, stay as they are.
    """

    columns: Mapping[str, Any]
    equipment: Sequence[EquipmentEntry] = field(default_factory=list)
    photo: UploadedFile[bytes] | None = None
    liaisons: Sequence[User] | None = None


def version_of(studio: Studio) -> int:
    """A number that grows with every write of the record, to notice that somebody else was faster."""
    return studio.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def draft_studio(*, kind: str, delegation: Organization) -> Studio:
    """A studio of that kind and place, not saved yet, with the next free code."""
    assert delegation.county is not None
    codes = Studio.objects.filter(county=delegation.county)
    taken = set(codes.values_list("code", flat=True))
    own = list(codes.filter(delegation=delegation).values_list("code", flat=True))
    code = next_code(own=own, taken=taken, place=delegation.code)
    return Studio(kind=kind, delegation=delegation, county=delegation.county, code=code)


@transaction.atomic
def register_studio(*, kind: str, delegation: Organization, status: str, entry: StudioEntry, actor: User) -> Studio:
    """Write a new studio. Raises StudioError for another's delegation, a closed one, a code in use, a bad photo."""
    if not Organization.objects.registered_by(actor).active().filter(pk=delegation.pk).exists():
        raise StudioError("工作室由党联办和本代表队办公室登记，请重新选择代表队。")
    if status == StudioStatus.CLOSED:
        raise StudioError("新登记的工作室请选“筹建”或“启用”。", "status")
    assert delegation.county is not None
    studio = Studio(kind=kind, delegation=delegation, county=delegation.county, status=status)
    _write(studio, entry, COLUMNS[kind], actor)
    return studio


@transaction.atomic
def update_studio(*, studio: Studio, entry: StudioEntry, seen: int, actor: User) -> Studio:
    """Correct a studio: offices everything, its liaisons phone, address, equipment and photo.

    `seen` is the version the person was looking at. Raises StudioError for anybody else and for a code in use or
    a bad photo, StaleStudioError when the record has been written since.
    """
    studio = Studio.objects.select_for_update().get(pk=studio.pk)
    if not can_tend_studio(actor, studio):
        raise StudioError("只有党联办、本代表队办公室和本工作室的联络员可以修改。")
    if version_of(studio) != seen:
        raise StaleStudioError("这条记录刚被别人改过，您填的内容还在。请核对下面的改动，再保存一次。")
    begin_history(studio)
    is_office = can_edit_studio(actor, studio)
    _write(studio, entry, COLUMNS[studio.kind] if is_office else TENDED, actor)
    return studio


@transaction.atomic
def change_status(*, studio: Studio, to: str, on: date, reason: str, actor: User) -> StudioStatusChange:
    """Prepare, open or close a studio from `on`, and keep why. Raises StudioError where that makes no sense."""
    studio = Studio.objects.select_for_update().get(pk=studio.pk)
    if not can_edit_studio(actor, studio):
        raise StudioError("工作室的状态由党联办和本代表队办公室变更。")
    _refuse_nonsense(studio, to, on, reason)
    begin_history(studio)
    change = StudioStatusChange.objects.create(
        studio=studio,
        from_status=studio.status,
        to_status=to,
        on=on,
        reason=reason,
        actor=actor,
        at=timezone.now(),
    )
    studio.status = to
    studio._history_user = actor  # type: ignore[attr-defined]  # read by simple-history
    studio.save(update_fields=["status"])
    return change


def _refuse_nonsense(studio: Studio, to: str, on: date, reason: str) -> None:
    if to == studio.status:
        raise StudioError(f"这个工作室已经是“{StudioStatus(to).label}”状态，请选别的状态。", "to_status")
    if not reason.strip():
        raise StudioError("请写明变更的原因", "reason")
    today, last = timezone.localdate(), studio.status_changes.first()
    if on > today:
        raise StudioError(f"日期不能晚于今天({today.month}月{today.day}日)，到那一天再办", "on")
    if last is not None and on < last.on:
        raise StudioError(f"日期不能早于上一次变更的日期({last.on.year}年{last.on.month}月{last.on.day}日)", "on")


def _write(studio: Studio, entry: StudioEntry, allowed: Sequence[str], actor: User) -> None:
    if foreign := set(entry.columns) - set(allowed):
        raise StudioError(f"这些内容不能在这里修改：{'、'.join(sorted(foreign))}")
    for name, value in entry.columns.items():
        setattr(studio, name, value)
    studio._history_user = actor  # type: ignore[attr-defined]  # read by simple-history
    _save(studio)
    if entry.photo is not None:
        _hang(studio, entry.photo, actor)
    if entry.liaisons is not None:
        _put_in_charge(studio, entry.liaisons)
    _equip(studio, entry.equipment, actor)


def _save(studio: Studio) -> None:
    try:
        with transaction.atomic():
            studio.save()
    except IntegrityError:
        raise StudioError("本县已有使用这个编号的工作室，请换一个编号", "code") from None


def _hang(studio: Studio, photo: UploadedFile[bytes], actor: User) -> None:
    try:
        studio.plaque_photo = store_photo(file=photo, subject=f"studio:{studio.pk}", actor=actor)
    except ValidationError as error:
        raise StudioError(error.messages[0], "photo") from None
    studio.save(update_fields=["plaque_photo"])


def _put_in_charge(studio: Studio, liaisons: Sequence[User]) -> None:
    able = set(candidates_for(studio))
    if unable := [person for person in liaisons if person not in able]:
        names = "、".join(str(person) for person in unable)
        raise StudioError(f"{names}不是{studio.delegation}的“工作室联络员”，请重新选择", "liaisons")
    studio.liaisons.set(liaisons)


def _equip(studio: Studio, rows: Sequence[EquipmentEntry], actor: User) -> None:
    """Let the equipment be exactly `rows`; each name once (its form says so before)."""
    standing = {item.name: item for item in studio.equipment.all()}
    for known in standing.values():
        begin_history(known)
    for row in rows:
        item = standing.pop(row.name, None) or Equipment(studio=studio, name=row.name, quantity=0)
        if (item.quantity, item.condition) != (row.quantity, row.condition):
            item.quantity, item.condition = row.quantity, row.condition
            item._history_user = actor  # type: ignore[attr-defined]  # read by simple-history
            item.save()
    for gone in standing.values():
        gone._history_user = actor  # type: ignore[attr-defined]  # read by simple-history
        gone.delete()
