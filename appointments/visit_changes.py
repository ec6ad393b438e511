"""Who corrected what of a visit; the visitor stays masked in it."""

from dataclasses import replace

from accounts.changes import Change, FieldChange, changes_of
from accounts.masking import mask_name, mask_phone
from appointments.models import Visit

MASKS = {
    str(Visit._meta.get_field("visitor_name").verbose_name): mask_name,
    str(Visit._meta.get_field("visitor_phone").verbose_name): mask_phone,
}


def masked_changes(visit: Visit) -> list[Change]:
    """The corrections, newest first."""
    return [replace(change, fields=[_masked(field) for field in change.fields]) for change in changes_of(visit)]


def _masked(field: FieldChange) -> FieldChange:
    mask = MASKS.get(field.label)
    return replace(field, before=mask(field.before), after=mask(field.after)) if mask else field
