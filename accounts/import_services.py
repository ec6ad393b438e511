"""The only writer of imports: upload and preview, all or nothing, and nothing overwritten that nobody has seen."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import AuditAction, ImportState
from accounts.imports import ImportKind, Place, kind_named
from accounts.models import ImportRun, User
from accounts.services import Deed, record_audit, record_deeds
from sheets.pace import no_collection
from sheets.package import MAX_BYTES, MEGABYTE, SheetError
from sheets.reader import ERROR_HEAD, read_table
from sheets.resource import Finding, Outcome, SheetResource
from sheets.table import Table, unpacked
from sheets.writer import listing

LIFETIME = timedelta(hours=24)


class ImportRefusedError(Exception):
    """An import that is not done; the message is a sentence for the person who confirmed it."""


class _ChangedMeanwhileError(Exception):
    """What the sheet would do is no longer what was shown."""


@no_collection()
def preview_import(
    *, kind: ImportKind, place: Place, file: UploadedFile[bytes], actor: User, mended: ImportRun | None = None
) -> ImportRun:
    """Keep the rows of the sheet, work out what each would do, and keep that, too. Changes no record.

    With `mended` the sheet holds the corrected rows of that run: they take the place of its refused rows.
    Raises SheetError with a sentence for a file that is refused, ImportRefusedError for a `mended` that is outdated.
    """
    if (file.size or 0) > MAX_BYTES:
        raise SheetError(f"文件超过 {MAX_BYTES // MEGABYTE} MB。请删去无关内容，或分成几个文件上传。")
    data = file.read()
    resource = kind.resource(place)
    table = _read(resource, data)
    if mended:
        table = _mended(mended, resource, table)
    findings = resource.examine(table)
    expire_imports()
    run = ImportRun(
        kind=kind.slug,
        county=place.county,
        role=place.role,
        actor=actor,
        at=timezone.now(),
        file_name=mended.file_name if mended else Path(file.name or "导入.xlsx").name[-120:],
        sha256=hashlib.sha256(data).hexdigest(),
    )
    run.file.save("sheet", ContentFile(table.packed(resource.heads)), save=False)
    _keep(run, findings)
    return run


def _mended(run: ImportRun, resource: SheetResource, corrected: Table) -> Table:
    """The rows of `run` with the corrected ones in the place of the refused, numbered anew."""
    before = _kept(run, resource)
    refused = {found.number for found in findings_of(run) if found.outcome == Outcome.REFUSED}
    good = [row for number, row in zip(before.numbers, before.rows, strict=True) if number not in refused]
    rows = [*good, *corrected.rows]
    return Table(rows, range(2, len(rows) + 2))


def apply_import(*, run: ImportRun, actor: User) -> None:
    """Examine the rows again under a transaction and write all of it, with history and audit, or nothing.

    Raises ImportRefusedError when it was done before, has expired, holds refused rows, or would now do something
    else than what was shown; then the new findings are kept to be shown.
    """
    kind = kind_named(run.kind)
    place = kind.place_of(actor)
    if place is None or run.actor_id != actor.pk or place.county.pk != run.county_id:
        raise ImportRefusedError("只有上传的人可以确认导入。")
    try:
        _apply(run, kind.resource(place), actor)
    except (_ChangedMeanwhileError, IntegrityError):
        resource = kind.resource(place)
        _keep(run, resource.examine(_kept(run, resource)))
        raise ImportRefusedError("您核对之后有人改动了这些记录。已重新比对，请再核对一遍后确认。") from None


@no_collection()
@transaction.atomic
def _apply(run: ImportRun, resource: SheetResource, actor: User) -> None:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    _refuse_closed(locked)
    table = _kept(locked, resource)
    with resource.storing(actor):
        if _fingerprint(_report(resource.examine(table, lock=True))) != locked.report_sha256:
            raise _ChangedMeanwhileError
    locked.state, locked.applied_at = ImportState.APPLIED, timezone.now()
    locked.save(update_fields=["state", "applied_at"])
    record_audit(
        action=AuditAction.IMPORT,
        actor=actor,
        subject=f"{kind_named(run.kind).label}：新增 {locked.new}，修改 {locked.changed}，不变 {locked.same}",
        detail=f"文件指纹 {locked.sha256}",
        county=locked.county,
    )


def _refuse_closed(run: ImportRun) -> None:
    if run.state == ImportState.APPLIED:
        raise ImportRefusedError("这个文件已经导入过了，没有再导入一遍。")
    if run.state == ImportState.EXPIRED or is_outdated(run):
        raise ImportRefusedError("核对结果已超过 24 小时，请重新上传。")
    if run.refused:
        raise ImportRefusedError("还有不能导入的行，请下载改好后重新上传。")


def is_outdated(run: ImportRun) -> bool:
    """Whether a preview is too old to be confirmed."""
    return timezone.now() - run.at > LIFETIME


def expire_imports() -> int:
    """Drop the files of what was uploaded more than a day ago; previews have expired then. Returns how many."""
    old = list(ImportRun.objects.outdated(timezone.now() - LIFETIME))
    for run in old:
        run.file.delete(save=False)
        run.report.delete(save=False)
        if run.state == ImportState.PREVIEWED:
            run.state = ImportState.EXPIRED
        run.save(update_fields=["file", "report", "state"])
    return len(old)


def _read(resource: SheetResource, data: bytes) -> Table:
    return read_table(data, resource.heads, str(resource.fields[resource.key].example))


def findings_of(run: ImportRun) -> list[Finding]:
    """What every row does, as it was shown; nothing once the files are gone."""
    if not run.report:
        return []
    with run.report.open("rb") as file:
        rows = json.loads(file.read())
    return [Finding(number, Outcome(outcome), title, details) for number, outcome, title, details in rows]


def refused_sheet(*, run: ImportRun, actor: User) -> bytes:
    """The refused rows as they were uploaded, with their reasons in a last column 「错误」.

    Raises ImportRefusedError for an outdated run.
    """
    kind = kind_named(run.kind)
    resource = kind.resource(Place(run.county, run.role, actor))  # type: ignore[arg-type]  # stored as its value
    table = _kept(run, resource)
    cells = dict(zip(table.numbers, table.rows, strict=True))
    refused = [found for found in findings_of(run) if found.outcome == Outcome.REFUSED]
    heads = [(column.column_name, column.width) for column in resource.columns] + [(ERROR_HEAD, 60)]
    rows = ([*map(str, cells[found.number]), "；".join(found.details)] for found in refused)
    terms = [
        ("原文件", run.file_name),
        ("用法", "按“错误”一列改好，在核对页面上传这个文件，这些行就会换成改好的；“错误”一列不用删"),
    ]
    record_deeds(
        deeds=[Deed(AuditAction.EXPORT, f"{kind.label}：不能导入的 {run.refused} 行")], actor=actor, county=run.county
    )
    return listing(heads, rows, terms)


def _kept(run: ImportRun, resource: SheetResource) -> Table:
    """The rows as they were read at upload: nothing is read twice, and the workbook itself is not kept.

    Raises ImportRefusedError once they are deleted, or where the template has other heads now.
    """
    if run.file:
        with run.file.open("rb") as file:
            if table := unpacked(file.read(), resource.heads):
                return table
    raise ImportRefusedError("文件已过期删除，请重新上传。")


def _keep(run: ImportRun, findings: Iterable[Finding]) -> None:
    """Store the findings and their counts with the run; the run may be new."""
    found = list(findings)
    report = _report(found)
    counts = Counter(row.outcome for row in found)
    run.new, run.changed = counts[Outcome.NEW], counts[Outcome.CHANGED]
    run.same, run.refused = counts[Outcome.SAME], counts[Outcome.REFUSED]
    run.report_sha256 = _fingerprint(report)
    if run.report:
        run.report.delete(save=False)
    run.report.save("report", ContentFile(report), save=False)
    run.save()


def _report(findings: Iterable[Finding]) -> bytes:
    rows: list[Any] = [(row.number, row.outcome, row.title, row.details) for row in findings]
    return json.dumps(rows, ensure_ascii=False, default=str).encode()


def _fingerprint(report: bytes) -> str:
    return hashlib.sha256(report).hexdigest()
