"""The only writer of ready phrases."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.changes import difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from appointments.enums import Category, PhraseField
from appointments.models import PhraseChip
from appointments.phrases import phrases_of


@transaction.atomic
def set_phrases(
    *, county: Organization, category: Category, texts: Mapping[PhraseField, Sequence[str]], actor: User
) -> None:
    """Replace the county's phrases of one category; an empty list brings the built-in ones back."""
    Organization.objects.select_for_update().get(pk=county.pk)
    before = _offered(county, category)
    PhraseChip.objects.filter(county=county, category=category, field__in=texts).delete()
    PhraseChip.objects.bulk_create(
        PhraseChip(county=county, category=category, field=field, position=position, text=text)
        for field, lines in texts.items()
        for position, text in enumerate(lines, start=1)
    )
    differences = difference_words(before, _offered(county, category)) or "和原来一样"
    detail = f"{category.label}：{differences}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="常用语", detail=detail, county=county)


def _offered(county: Organization, category: Category) -> dict[str, object]:
    """What people are offered in `category`, the built-in phrases where the county has none of its own."""
    now = next(group for group in phrases_of(county) if group.category == category)
    return {PhraseField.MATTER.label: now.matter, PhraseField.ANSWER.label: now.answer}
