"""The register of representatives: the one function that the page and its export share."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from accounts.models import User
from accounts.pinyin import spelled_like
from representatives.enums import Level
from representatives.forms.filters import RepresentativeFilterForm
from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet

ORDER = "certificate_no"


@dataclass(frozen=True)
class Register:
    """The records a query asks for, and the form that says what was wrong."""

    rows: RepresentativeQuerySet
    form: RepresentativeFilterForm


def filtered_representatives(user: User, query: QueryDict) -> Register:
    """Exactly the records `query` asks for among those `user` may see, without merged duplicates.

    Keys: q (汉字, 全拼, initials or certificate number), level, delegation, studio, status, term.
    """
    form = RepresentativeFilterForm(query, user=user)
    form.is_valid()
    rows = Representative.objects.visible_to(user).standing().filter(_conditions(form.cleaned_data))
    return Register(rows, form)


def named_like(text: str) -> Q:
    """Records whose name (汉字, 全拼, initials) or certificate number holds `text`."""
    return spelled_like(text) | Q(certificate_no__icontains=text.strip())


def _conditions(asked: dict[str, Any]) -> Q:
    found = Q()
    if text := asked.get("q"):
        found &= named_like(text)
    if level := asked.get("level"):
        found &= Q(level__in={level, Level.BOTH})  # who is both is a county and a town representative
    if studio := asked.get("studio"):
        found &= Q(pk__in=studio.representatives.values("pk"))
    for name in ("delegation", "status", "term"):
        if asked.get(name):
            found &= Q(**{name: asked[name]})
    return found
