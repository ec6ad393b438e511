"""The only writer of checklists. A version never changes: a change is the next version."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.changes import difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from studios.checklist import SOURCE_ITEMS, Item, next_own_code
from studios.enums import ChecklistGroup
from studios.models import ChecklistItem, ChecklistTemplate, Rectification


class ChecklistError(Exception):
    """A version that cannot be published; the message is a sentence for the person."""


@transaction.atomic
def ensure_checklist(county: Organization) -> ChecklistTemplate:
    """The current checklist of `county`; one without any gets version 1 with the source's items, once."""
    current = ChecklistTemplate.objects.current(county)
    if current is not None:
        return current
    first, is_new = ChecklistTemplate.objects.get_or_create(
        county=county, version=1, defaults={"published_at": timezone.now()}
    )
    if is_new:
        _write_items(first, SOURCE_ITEMS)
    return first


@transaction.atomic
def publish_checklist(
    *, county: Organization, own: Sequence[Item], base_version: int, actor: User
) -> ChecklistTemplate:
    """The next version: the source's items and `own` ones, a new one without code.

    Raises ChecklistError when `base_version` is no longer current, nothing would change, two items read the
    same, or an item that still has to be mended somewhere would go.
    """
    Organization.objects.select_for_update().get(pk=county.pk)
    current = ensure_checklist(county)
    if current.version != base_version:
        raise ChecklistError(f"检查表刚刚更新到第 {current.version} 版。请先记下您的改动，刷新页面后再改。")
    items = [*SOURCE_ITEMS, *_with_codes(county, own)]
    _refuse_unlawful(county, current, items)
    published = ChecklistTemplate.objects.create(
        county=county, version=current.version + 1, published_at=timezone.now(), published_by=actor
    )
    _write_items(published, items)
    _record(current, published, actor)
    return published


def own_items(template: ChecklistTemplate) -> list[Item]:
    """The county's own items of one version, in order."""
    return [Item(row.code, row.text, row.hint) for row in template.items.all() if row.group == ChecklistGroup.OWN]


def _with_codes(county: Organization, own: Sequence[Item]) -> Iterator[Item]:
    used = set(ChecklistItem.objects.filter(template__county=county).values_list("code", flat=True))
    for item in own:
        code = item.code if item.code in used else next_own_code(used)
        used.add(code)
        yield Item(code, item.text, item.hint)


def _refuse_unlawful(county: Organization, current: ChecklistTemplate, items: Sequence[Item]) -> None:
    texts = [item.text for item in items]
    for text in texts:
        if texts.count(text) > 1:
            raise ChecklistError(f"“{text}”写了两次，请改成不同的内容或删去一条。")
    if [(item.code, item.text, item.hint) for item in items] == list(current.items.values_list("code", "text", "hint")):
        raise ChecklistError("检查项没有改动，不用发布新版本。")
    gone = current.items.exclude(code__in=[item.code for item in items])
    for item in gone:
        waiting = Rectification.objects.filter(studio__county=county, code=item.code, closed_on=None).count()
        if waiting:
            raise ChecklistError(f"“{item.text}”还有 {waiting} 处整改没有销号，销号后再删去这一项。")


def _record(before: ChecklistTemplate, published: ChecklistTemplate, actor: User) -> None:
    was, now = ({row.code: row.text for row in own_items(template)} for template in (before, published))
    detail = f"第 {published.version} 版：{difference_words(was, now) or '改了说明'}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="检查表", detail=detail, county=published.county)


def _write_items(template: ChecklistTemplate, items: Sequence[Item]) -> None:
    ChecklistItem.objects.bulk_create(
        ChecklistItem(template=template, position=position, **vars(item)) for position, item in enumerate(items, 1)
    )
