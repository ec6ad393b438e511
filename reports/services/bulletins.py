"""The only writer of the words of bulletins."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.changes import columns_of, difference_words
from accounts.enums import AuditAction
from accounts.models import User
from accounts.services import record_audit
from reports.models import BulletinText

COLUMNS = ("intro", "problems", "requirements", "copies")


class StaleTextError(Exception):
    """Somebody else wrote in the meantime; the message is a sentence for the writer."""


def save_bulletin_text(*, text: BulletinText, label: str, actor: User) -> BulletinText:
    """Write `text`, which was made from version `text.version`; `label` names the period in the audit log.

    Raises StaleTextError when a newer version stands there.
    """
    try:
        with transaction.atomic():
            return _save(text, label, actor)
    except IntegrityError:
        raise StaleTextError(_told(BulletinText.objects.of(text.place, text.period))) from None


def _save(text: BulletinText, label: str, actor: User) -> BulletinText:
    stored = BulletinText.objects.select_for_update().filter(place=text.place, period=text.period).first()
    if (stored.version if stored else 0) != text.version:
        raise StaleTextError(_told(stored))
    before = columns_of(stored, COLUMNS) if stored else {}
    text.pk = stored.pk if stored else None
    text.version, text.updated_by, text.updated_at = text.version + 1, actor, timezone.now()
    text.save()
    words = difference_words(before, columns_of(text, COLUMNS)) or "和原来一样"
    subject, county = f"{text.place.short_name}{label}通报文字", text.place.county
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject=subject, detail=words[:500], county=county)
    return text


def _told(stored: BulletinText | None) -> str:
    who = f"{stored.updated_by} {timezone.localtime(stored.updated_at):%H:%M}" if stored else "同事"
    return f"{who} 刚改过这一期的文字。您写的还在下面，请另开一页对照，改好后再保存。"
