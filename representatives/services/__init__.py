"""The only writers of representatives, one module a subject."""

from representatives.services.merging import merge_representatives
from representatives.services.register import (
    MandateEntry,
    RepresentativeEntry,
    register_representative,
    update_representative,
)
from representatives.services.status import change_status

__all__ = [
    "MandateEntry",
    "RepresentativeEntry",
    "change_status",
    "merge_representatives",
    "register_representative",
    "update_representative",
]
