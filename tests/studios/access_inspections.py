"""Who may open which address of inspections and 整改; read by tests/test_permissions.py, which explains the tables."""

from collections.abc import Callable

from django.urls import reverse

from studios.models import Inspection, Rectification
from tests.cast import Cast
from tests.people import OFFICES, READERS
from tests.studios.inspecting import inspect

INSPECTORS = OFFICES | {"liaison", "other_liaison"}
SEES_STUDIO = {"liaison", "town_office", "county_office", "leader"}

OPEN_PAGES: dict[str, set[str]] = {
    "studios:inspection_list": INSPECTORS | {"leader"},
    "studios:inspection_create": INSPECTORS,
    "studios:rectification_list": INSPECTORS | {"leader"},
    "studios:compliance": READERS,
    "studios:compliance_studios": READERS,
    "studios:checklist": INSPECTORS | {"leader"},
    "studios:checklist_publish": {"county_office", "stranger"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    "studios:inspect": (SEES_STUDIO - {"leader"}, {"leader"}),
    "studios:inspection_history": (SEES_STUDIO, set()),
    "studios:registration_form": (SEES_STUDIO, set()),
    "studios:inspection_detail": (SEES_STUDIO, set()),
    "studios:rectification_notice": (SEES_STUDIO, set()),
}
POST_ONLY: set[str] = set()


def _studio(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[cast.studio.pk])


def _inspection(cast: Cast) -> str:
    return _failed(cast).get_absolute_url()


def _notice(cast: Cast) -> str:
    opened = Rectification.objects.get(opened_by__inspection=_failed(cast))
    return reverse("studios:rectification_notice", args=[opened.pk])


def _failed(cast: Cast) -> Inspection:
    return inspect(cast, one_phone="FAIL")


ADDRESSES: dict[str, Callable[[Cast], str]] = {
    "studios:inspect": _studio("studios:inspect"),
    "studios:inspection_history": _studio("studios:inspection_history"),
    "studios:registration_form": _studio("studios:registration_form"),
    "studios:inspection_detail": _inspection,
    "studios:rectification_notice": _notice,
}
"""The address of each row page, about rows of 曲塘镇."""
