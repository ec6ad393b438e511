"""Who may open what offices keep beside the cases: reply templates, private notes."""

from collections.abc import Callable

from django.urls import reverse

from suggestions.models import ReplyTemplate
from tests.cast import Cast
from tests.people import STAFF

OPEN_PAGES: dict[str, set[str]] = {
    "suggestions:template_list": {"county_office", "stranger"},
    "suggestions:template_create": {"county_office", "stranger"},
}
ROW_PAGES: dict[str, tuple[set[str], set[str]]] = {
    # Nobody but a county office sets templates; to the neighbour's this one does not exist.
    "suggestions:template_update": ({"county_office"}, STAFF - {"county_office", "stranger"}),
}
POST_ONLY = {"suggestions:template_delete", "suggestions:note_add"}


def _template(cast: Cast) -> str:
    template = ReplyTemplate.objects.create(county=cast.county, category="ROADS", name="已修复", text="已修复。")
    return reverse("suggestions:template_update", args=[template.pk])


ADDRESSES: dict[str, Callable[[Cast], str]] = {"suggestions:template_update": _template}
