"""Every list that can be exported, by its name in addresses."""

from django.http import Http404

from reports.listings import cases, meetings, registers
from reports.listings.definition import Export

EXPORTS = {export.key: export for export in (*cases.EXPORTS, *meetings.EXPORTS, *registers.EXPORTS)}


def export_named(key: str) -> Export:
    """Raises Http404 where there is none."""
    if key not in EXPORTS:
        raise Http404(key)
    return EXPORTS[key]
