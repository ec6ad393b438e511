"""The link that takes away the list on screen."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from accounts.paging import Page
from reports.listings import export_named
from reports.views.exports import NO_CONDITIONS

register = template.Library()


@register.inclusion_tag("reports/partials/export_link.html", takes_context=True)
def export_link(context: Context, key: str, page: Page | None = None) -> dict[str, Any]:
    """The link to the export `key` by the conditions of this page, for those who have the right; nothing for others,
    and nothing where `page` holds no rows. `page` says how many rows there are."""
    request = context["request"]
    if (page is not None and not page.rows) or not export_named(key).may(request.user):
        return {"url": "", "words": ""}
    query = request.GET.copy()
    for name in NO_CONDITIONS:
        query.pop(name, None)
    address = reverse("reports:list_export", args=[key])
    return {"url": f"{address}?{query.urlencode()}" if query else address, "words": page.count_words if page else ""}
