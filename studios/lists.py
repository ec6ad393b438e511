"""The register of studios: the one function that says what a query asks for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.pinyin import spelled_like
from studios.forms.filters import BELOW, StudioFilterForm
from studios.models import Studio
from studios.querysets import StudioQuerySet

ORDER = "code"


@dataclass(frozen=True)
class StudioList:
    """The studios a query asks for, with their shortfalls, and the form that says what was wrong."""

    studios: StudioQuerySet
    form: StudioFilterForm


def filtered_studios(user: User, query: QueryDict) -> StudioList:
    """Exactly the studios that `query` asks for among those `user` may see; page and export both start here.

    Keys: q, kind, delegation, status, space (meets or below), compliance (what the last inspection says). Within a
    county it is no secret whether a studio is 达标; what was found is for those who read its registers.
    """
    form = StudioFilterForm(query, user=user)
    form.is_valid()
    studios = Studio.objects.visible_to(user).with_shortfalls(timezone.localdate()).with_compliance()
    return StudioList(studios.filter(_conditions(form.cleaned_data)), form)


def _conditions(asked: dict[str, Any]) -> Q:
    found = Q(**{name: asked[name] for name in ("kind", "delegation", "status", "compliance") if asked.get(name)})
    if text := asked.get("q"):
        found &= spelled_like(text) | Q(code__istartswith=text)
    if space := asked.get("space"):
        found &= Q(is_below=space == BELOW)
    return found
