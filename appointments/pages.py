"""What the page of an appointment shows beside its facts and seats, one entry a kind.

A kind that has more to tell registers a template that extends appointments/appointment_detail.html (blocks
kind_facts, kind_actions, kind_sections) and a function that gives its context.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from appointments.enums import AppointmentKind
from appointments.models import Appointment

Context = Callable[[Appointment, User], dict[str, Any]]
PLAIN = "appointments/appointment_detail.html"


@dataclass(frozen=True)
class KindPage:
    """A template, and what it needs to know."""

    template: str
    context: Context


def nothing_more(_meeting: Appointment, _user: User) -> dict[str, Any]:
    """Facts and seats are all there is."""
    return {}


_pages: dict[str, KindPage] = {}


def register(kind: AppointmentKind, page: KindPage) -> None:
    """Let appointments of `kind` be shown by `page`."""
    _pages[kind] = page


def page_of(meeting: Appointment) -> KindPage:
    """How `meeting` is shown."""
    return _pages.get(meeting.kind, KindPage(PLAIN, nothing_more))
