"""The four pages of 检查整改, as tabs above each of them."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from studios.permissions_inspections import can_read_compliance

PAGES = (
    ("studios:inspection_list", "检查"),
    ("studios:rectification_list", "整改"),
    ("studios:compliance", "达标率"),
    ("studios:checklist", "检查表"),
)


@dataclass(frozen=True)
class Section:
    """One tab."""

    label: str
    url: str
    is_current: bool


def sections(user: User, current: str) -> list[Section]:
    """The tabs `user` may open; `current` is the address name of the page."""
    return [
        Section(label, reverse(name), name == current)
        for name, label in PAGES
        if name != "studios:compliance" or can_read_compliance(user)
    ]
