"""The only writer of reply templates."""

from django.db import transaction

from accounts.changes import columns_of, difference_words
from accounts.enums import AuditAction
from accounts.models import User
from accounts.services import record_audit
from suggestions.models import ReplyTemplate

COLUMNS = ("category", "name", "text")


@transaction.atomic
def save_template(*, template: ReplyTemplate, actor: User) -> ReplyTemplate:
    """Write a template whose fields and uniqueness its form has checked."""
    stored = ReplyTemplate.objects.select_for_update().filter(pk=template.pk).first()
    before = columns_of(stored, COLUMNS) if stored else {}
    template.save()
    _record(template, before, columns_of(template, COLUMNS), actor)
    return template


@transaction.atomic
def delete_template(*, template: ReplyTemplate, actor: User) -> None:
    """Take it off the list; replies that were begun from it keep their text."""
    _record(template, columns_of(template, COLUMNS), {}, actor)
    template.delete()


def _record(template: ReplyTemplate, before: dict[str, str], after: dict[str, str], actor: User) -> None:
    detail = f"{template.name}：{difference_words(before, after) or '和原来一样'}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="答复模板", detail=detail, county=template.county)
