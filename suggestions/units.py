"""Units as pages offer them for a choice: which are in use, where they are at home, what an option says."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.enums import Role
from accounts.models import Membership, Organization
from accounts.querysets import OrganizationQuerySet


def in_use(organizations: OrganizationQuerySet) -> Any:
    """The units in use among `organizations`, by place and code; `is_staffed` where somebody works there."""
    somebody = Membership.objects.filter(organization=OuterRef("pk"), role=Role.UNIT_HANDLER, user__is_active=True)
    units = organizations.units().active().select_related("delegation")
    return units.annotate(is_staffed=Exists(somebody)).order_by("delegation__code", "code")


def by_place(units: Iterable[Organization]) -> list[tuple[str, list[Organization]]]:
    """`units`, in the order of `in_use`, under 县级 and the short name of each delegation."""

    def place(unit: Organization) -> str:
        return unit.delegation.short_name if unit.delegation else "县级"

    ordered = sorted(units, key=lambda unit: unit.delegation_id is not None)
    return [(name, list(group)) for name, group in groupby(ordered, key=place)]


def option_words(unit: Any) -> str:
    """The name of a unit `in_use`, with the warning that nobody would see the case."""
    return unit.name if unit.is_staffed else f"{unit.name}（未开通账号）"
