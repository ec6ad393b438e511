"""The only writer of ready phrases."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import Organization
from appointments.enums import Category, PhraseField
from appointments.models import PhraseChip


@transaction.atomic
def set_phrases(*, county: Organization, category: Category, texts: Mapping[PhraseField, Sequence[str]]) -> None:
    """Replace the county's phrases of one category; an empty list brings the built-in ones back."""
    Organization.objects.select_for_update().get(pk=county.pk)
    PhraseChip.objects.filter(county=county, category=category, field__in=texts).delete()
    PhraseChip.objects.bulk_create(
        PhraseChip(county=county, category=category, field=field, position=position, text=text)
        for field, lines in texts.items()
        for position, text in enumerate(lines, start=1)
    )
