"""Which kinds of rows come in and go out as sheets. Each app registers its own in its `resources` module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organization, User
from sheets.resource import SheetResource
from sheets.writer import listing


@dataclass(frozen=True)
class Place:
    """Where somebody imports: a county, all of it or only some delegations, in which role."""

    county: Organization
    role: Role
    actor: User
    delegation_ids: frozenset[int] | None = None

    @property
    def words(self) -> str:
        """The county, or only the own delegations."""
        return self.county.short_name + ("" if self.delegation_ids is None else "（只含本代表队）")

    def has(self, delegation_id: int | None) -> bool:
        """Whether rows of that delegation are this place's."""
        return self.delegation_ids is None or delegation_id in self.delegation_ids

    def own(self, queryset: Any) -> Any:
        """The rows of `queryset`, of a model with county and delegation, that are this place's."""
        rows = queryset.filter(county=self.county)
        return rows if self.delegation_ids is None else rows.filter(delegation_id__in=self.delegation_ids)


@dataclass(frozen=True)
class ImportKind:
    """One kind: its name in addresses and on screen, its columns, and the roles that import it, the widest first."""

    slug: str
    label: str
    resource: type[SheetResource]
    roles: Sequence[Role]
    advice: str = ""

    @property
    def who(self) -> str:
        """The roles in words."""
        return "、".join(str(role.label) for role in self.roles)

    def is_for(self, user: User) -> bool:
        """Whether `user` may import this kind anywhere."""
        return user.scope.has(*self.roles)

    def place_of(self, user: User) -> Place | None:
        """Where `user` imports this kind, by the first role that may; None for everybody else."""
        for role in self.roles:
            if ids := sorted(user.scope.counties.get(role, ())):
                towns = user.scope.where(role) if role == Role.DELEGATION_OFFICE else None
                return Place(Organization.objects.get(pk=ids[0]), role, user, towns)
        return None


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Offer `kind` to those who may import it."""
    _kinds[kind.slug] = kind


def kind_named(slug: str) -> ImportKind:
    """The kind with that name in addresses. Raises Http404 where there is none."""
    if slug not in _kinds:
        raise Http404(slug)
    return _kinds[slug]


def kinds() -> list[ImportKind]:
    """Every kind, in the order of the words on screen."""
    return sorted(_kinds.values(), key=lambda kind: kind.slug)


def export_rows(kind: ImportKind, place: Place, queryset: Any, terms: Sequence[tuple[str, str]]) -> bytes:
    """`queryset` in the import's own columns, ready to be imported again; `terms` say on a second sheet what it holds.

    The caller has scoped and filtered `queryset`, checked the right, and writes the audit row.
    """
    resource = kind.resource(place)
    heads = [(column.column_name, column.width) for column in resource.columns]
    said = [("导出人", str(place.actor)), ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"), *terms]
    return listing(heads, resource.cells(queryset), said)
