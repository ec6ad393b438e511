"""The only writer of background exports: asked for once, written by whoever holds the lease, gone after a day.

A worker that dies leaves its lease to lapse; the next tick begins the file anew, because writing 100,000 rows takes
less time than it takes to notice the death (docs/decisions/0017-export-writer.md).
"""

import logging
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from accounts.enums import AuditAction
from accounts.models import User
from accounts.services import home_county, record_audit
from notifications.services import schedule_reminders
from reports.enums import ATTEMPTS, LEASE, LIFETIME, ExportState
from reports.listings import export_named
from reports.listings.definition import Export, Found
from reports.models import ExportJob
from reports.notifications import told
from sheets.cells import Cell
from sheets.writer import Terms, write_listing

logger = logging.getLogger(__name__)


class ExportRefusedError(Exception):
    """A file that is not handed out; the message is a sentence for the person who asks."""


class _TakenError(Exception):
    """It was cancelled, or somebody else writes it now."""


def record_export(*, export: Export, found: Found, count: int, reason: str, actor: User) -> None:
    """Put on record that a list leaves, with how many rows and by which conditions."""
    said = [("视图", found.label), *found.terms, *([("导出事由", reason)] if reason else [])]
    detail = "；".join(f"{name}：{text}" for name, text in said if name != "说明")
    subject = f"{export.label} {count} {export.counted[0]}"
    record_audit(action=AuditAction.EXPORT, actor=actor, subject=subject, detail=detail, county=home_county(actor))


def said_of(found: Found, reason: str, actor: User) -> Terms:
    """The second sheet of a list: who took which rows when, and why."""
    return [
        ("导出人", str(actor)),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("视图", found.label),
        *found.terms,
        *([("导出事由", reason)] if reason else []),
    ]


def request_export(*, export: Export, query: QueryDict, reason: str, actor: User) -> tuple[ExportJob, bool]:
    """Ask for a list to be written in the background, on record. Returns the job, and whether it is new.

    A list that is being written for the same person by the same conditions is not written twice.
    """
    found, asked = export.find(actor, query), query.urlencode()
    count = found.count()
    job = ExportJob(
        user=actor,
        county=home_county(actor),
        key=export.key,
        query=asked,
        label=export.name_of(found)[:80],
        reason=reason,
        total=count,
        asked_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            job.save()
            record_export(export=export, found=found, count=count, reason=reason, actor=actor)
    except IntegrityError:
        return ExportJob.objects.filter(user=actor, key=export.key, query=asked).latest("pk"), False
    return job, True


def cancel_export(*, job: ExportJob) -> bool:
    """Stop it; whoever writes it notices at the next chunk. Returns whether there was anything to stop."""
    waiting = ExportJob.objects.unfinished().filter(pk=job.pk)
    return waiting.update(state=ExportState.CANCELLED, lease_token=None, lease_until=None) == 1


def hand_out(*, job: ExportJob, actor: User) -> None:
    """Put the download of `job` on record. Raises ExportRefusedError for whom it is no longer meant."""
    export = export_named(job.key)
    if not export.may(actor):
        raise ExportRefusedError(export.refusal)
    if not {tuple(role) for role in job.held} <= set(_roles(actor)):
        raise ExportRefusedError("导出以后您的角色有变动，请按现在的角色重新导出。")
    subject = f"下载{export.label} {job.done} {export.counted[0]}"
    record_audit(action=AuditAction.EXPORT, actor=actor, subject=subject, detail=job.reason, county=job.county)


def sweep_exports() -> int:
    """Delete what is over, then write what waits, one after the other. Returns how many were written."""
    expire_exports(timezone.now())
    written = 0
    while claimed := _claim(timezone.now()):
        written += _work_off(*claimed)
    return written


def expire_exports(now: datetime) -> int:
    """Delete the files whose day is over; their rows stay. Returns how many."""
    jobs = list(ExportJob.objects.outdated(now))
    for job in jobs:
        default_storage.delete(job.path)
    over = {"state": ExportState.EXPIRED, "file": "", "lease_token": None, "lease_until": None}
    return ExportJob.objects.filter(pk__in=[job.pk for job in jobs]).update(**over)


def _claim(now: datetime) -> tuple[ExportJob, uuid.UUID] | None:
    """The oldest that waits, if this process is the one to write it. One at a time: the clock must go on ticking."""
    if ExportJob.objects.being_written(now).exists():
        return None
    job = ExportJob.objects.claimable(now).order_by("pk").first()
    if job is None:
        return None
    token = uuid.uuid4()
    lease = {"state": ExportState.RUNNING, "lease_token": token, "lease_until": now + LEASE, "done": 0}
    taken = ExportJob.objects.claimable(now).filter(pk=job.pk).update(attempts=F("attempts") + 1, **lease)
    job.refresh_from_db()
    return (job, token) if taken else None


def _work_off(job: ExportJob, token: uuid.UUID) -> bool:
    """Write it, or say why not. Returns whether it was written."""
    if job.attempts > ATTEMPTS:
        return _finish(job, token, ExportState.FAILED, note="几次都没有写完，请缩小范围再导出")
    try:
        return _write(job, token)
    except _TakenError:
        return False
    except Exception:
        # One list that cannot be written must not keep the others waiting; its row says so.
        logger.exception("export %s failed", job.pk)
        return _finish(job, token, ExportState.FAILED, note="系统出错，请稍后再导出；仍不成功请联系系统管理员")


def _write(job: ExportJob, token: uuid.UUID) -> bool:
    export, user = export_named(job.key), User.objects.get(pk=job.user_id)
    if not user.is_active or not export.may(user):
        return _finish(job, token, ExportState.FAILED, note="您已没有导出这份清单的权限")
    found = export.find(user, QueryDict(job.query))
    with TemporaryFile() as target:
        rows = write_listing(target, found.heads, _counted(job, token, found), said_of(found, job.reason, user))
        default_storage.delete(job.path)
        name = default_storage.save(job.path, File(target))
    made = timezone.now()
    fields = {"file": name, "done": rows, "made_at": made, "expires_at": made + LIFETIME, "held": _roles(user)}
    if _finish(job, token, ExportState.DONE, **fields):
        return True
    default_storage.delete(name)
    return False


def _counted(job: ExportJob, token: uuid.UUID, found: Found) -> Iterator[Sequence[Cell]]:
    """The rows, counted chunk by chunk."""
    done = 0
    for chunk in found.chunks():
        yield from found.lines(chunk)
        done += len(chunk)
        each_chunk(job, token, done)


def each_chunk(job: ExportJob, token: uuid.UUID, done: int) -> None:
    """Say how far it is, and hold on to the lease. Raises _TakenError where it is lost."""
    own = ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, lease_token=token)
    if not own.update(done=done, lease_until=timezone.now() + LEASE):
        raise _TakenError


@transaction.atomic
def _finish(job: ExportJob, token: uuid.UUID, state: ExportState, **fields: object) -> bool:
    """End the job in `state` and tell its owner, if the lease still stands. Returns whether a file came of it."""
    own = ExportJob.objects.filter(pk=job.pk, state=ExportState.RUNNING, lease_token=token)
    if not own.update(state=state, lease_token=None, lease_until=None, **fields):
        return False
    job.refresh_from_db()
    schedule_reminders([told(job)])
    return state == ExportState.DONE


def _roles(user: User) -> list[tuple[str, int]]:
    return [(row.role, row.organization_id) for row in user.held]
