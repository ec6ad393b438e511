"""The only writer of inspections and 整改 (domain.md §2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.services import cancel_reminders
from studios.enums import CheckOutcome, StudioStatus
from studios.models import ChecklistTemplate, Inspection, InspectionResult, Rectification, Studio, StudioStandard
from studios.notifications import RECTIFICATION, schedule_rectification_reminders, subject_of
from uploads.models import Upload
from uploads.services import no_orphans, store_photo


class InspectionError(Exception):
    """An inspection that cannot be written: a sentence for the person, and the item it is about ("" for none)."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class ItemResult:
    """How one item of the checklist was found; photos as they came."""

    code: str
    outcome: CheckOutcome
    note: str = ""
    photos: tuple[UploadedFile[bytes], ...] = ()


@transaction.atomic
def record_inspection(
    *,
    studio: Studio,
    template: ChecklistTemplate,
    results: Sequence[ItemResult],
    inspected_on: date,
    note: str,
    actor: User,
    submission_key: UUID,
) -> tuple[Inspection, bool]:
    """Write one inspection; returns it and whether it is new: the same key sent twice is one inspection.

    For each item the newest look decides: a FAIL opens a 整改 unless one is open, a PASS closes the open one,
    NOT_APPLICABLE changes nothing. Raises InspectionError for a closed studio, a future date, an older version
    of the checklist, an incomplete one, a failure without a note, and a photo that cannot be kept.
    """
    studio = Studio.objects.select_for_update().get(pk=studio.pk)
    sent_before = Inspection.objects.filter(submission_key=submission_key, studio=studio).first()
    if sent_before is not None:
        return sent_before, False
    _refuse_unlawful(studio, template, results, inspected_on)
    inspection = Inspection.objects.create(
        studio=studio,
        template=template,
        inspected_on=inspected_on,
        inspector=actor,
        note=note,
        submission_key=submission_key,
        created_at=timezone.now(),
    )
    items = {item.code: item for item in template.items.all()}
    found = InspectionResult.objects.bulk_create(
        InspectionResult(inspection=inspection, item=items[row.code], outcome=row.outcome, note=row.note)
        for row in results
    )
    _settle(inspection, found)
    _keep_photos(zip(found, results, strict=True), actor)
    return inspection, True


def _refuse_unlawful(
    studio: Studio, template: ChecklistTemplate, results: Sequence[ItemResult], inspected_on: date
) -> None:
    if studio.status == StudioStatus.CLOSED:
        raise InspectionError("这个工作室已经撤销，不再检查。")
    if inspected_on > timezone.localdate():
        raise InspectionError("检查日期不能晚于今天，请改成实际检查的日期。")
    current = ChecklistTemplate.objects.current(studio.county)
    if current is None or current.pk != template.pk:
        raise InspectionError("检查表刚刚更新，请按新的检查表核对后再提交。您填的内容还在。")
    if sorted(row.code for row in results) != sorted(template.items.values_list("code", flat=True)):
        raise InspectionError("请给检查表的每一项选择结果，一项只选一次。")
    if all(row.outcome == CheckOutcome.NOT_APPLICABLE for row in results):
        raise InspectionError("不能每一项都不适用，请至少检查一项。")
    for row in results:
        if row.outcome == CheckOutcome.FAIL and not row.note.strip():
            raise InspectionError("不达标的项目要写明问题。", row.code)


def _settle(inspection: Inspection, found: Sequence[InspectionResult]) -> None:
    """Open and close what this look decides; an item that was looked at on a later day is decided there."""
    later = InspectionResult.objects.filter(
        inspection__studio=inspection.studio, inspection__inspected_on__gt=inspection.inspected_on
    ).exclude(outcome=CheckOutcome.NOT_APPLICABLE)
    decided = set(later.values_list("item__code", flat=True))
    waiting = {row.code: row for row in Rectification.objects.filter(studio=inspection.studio, closed_on=None)}
    fresh = [result for result in found if result.item.code not in decided]
    _open(inspection, [row for row in fresh if row.outcome == CheckOutcome.FAIL and row.item.code not in waiting])
    for result in fresh:
        if result.outcome == CheckOutcome.PASS and result.item.code in waiting:
            _close(waiting[result.item.code], result)


def _open(inspection: Inspection, failed: Sequence[InspectionResult]) -> None:
    standard = StudioStandard.objects.in_force(inspection.studio.county, inspection.inspected_on)
    opened = Rectification.objects.bulk_create(
        Rectification(
            studio=inspection.studio,
            code=result.item.code,
            opened_by=result,
            opened_on=inspection.inspected_on,
            due_on=inspection.inspected_on + timedelta(days=standard.rectification_days),
        )
        for result in failed
    )
    schedule_rectification_reminders(opened)


def _close(rectification: Rectification, passed: InspectionResult) -> None:
    rectification.closed_by, rectification.closed_on = passed, passed.inspection.inspected_on
    rectification.save(update_fields=["closed_by", "closed_on"])
    cancel_reminders(subject_of(rectification), kind=RECTIFICATION, reason="整改已销号")


def _keep_photos(pairs: Iterator[tuple[InspectionResult, ItemResult]], actor: User) -> None:
    with no_orphans() as kept:
        for found, row in pairs:
            for file in row.photos:
                kept.append(_photo(found, row, file, actor))
                found.photos.add(kept[-1])


def _photo(found: InspectionResult, row: ItemResult, file: UploadedFile[bytes], actor: User) -> Upload:
    try:
        return store_photo(file=file, subject=f"inspection:{found.inspection_id}", actor=actor)
    except ValidationError as error:
        raise InspectionError(error.messages[0], row.code) from error
