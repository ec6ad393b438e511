"""Case numbers: gapless per county and year, even when two offices accept at the same moment."""

from accounts.models import Organization
from suggestions.models import NumberSequence


def next_sequence(county: Organization, year: int) -> int:
    """The next number of `county` in `year`. Holds the sequence's row lock until the transaction ends, so a
    rolled-back acceptance leaves no gap. Call it inside a transaction."""
    NumberSequence.objects.get_or_create(county=county, year=year)
    row = NumberSequence.objects.select_for_update().get(county=county, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def number_words(county: Organization, year: int, sequence: int) -> str:
    """海建〔2026〕0312."""
    return f"{county.number_prefix}〔{year}〕{sequence:04d}"
