"""What a user's memberships add up to: which roles, and in which organisations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from accounts.enums import Role

CountiesBelow = Callable[[int], Iterable[int]]


@dataclass(frozen=True)
class Scope:
    """Roles of one user with the organisations they hold them in.

    `organizations[role]` are ids of the organisations the role was granted in;
    `counties[role]` the counties those organisations belong to.
    """

    organizations: dict[str, frozenset[int]] = field(default_factory=dict)
    counties: dict[str, frozenset[int]] = field(default_factory=dict)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.organizations)

    def has(self, *roles: str) -> bool:
        """Whether any of `roles` is held anywhere."""
        return any(role in self.organizations for role in roles)

    def where(self, role: str) -> frozenset[int]:
        """Ids of the organisations in which `role` is held (empty when it is not)."""
        return self.organizations.get(role, frozenset())

    @property
    def county_ids(self) -> frozenset[int]:
        """Every county the user has any role in."""
        return frozenset().union(*self.counties.values())

    @property
    def reads_county_ids(self) -> frozenset[int]:
        """Counties the user reads as a whole: as county office or as leader."""
        return self.counties.get(Role.COUNTY_OFFICE, frozenset()) | self.counties.get(Role.LEADER, frozenset())


def build_scope(rows: Iterable[tuple[str, int, int | None]], counties_below: CountiesBelow) -> Scope:
    """Fold (role, organization_id, county_id) rows into a Scope.

    `county_id` is None above county level; there `counties_below(organization_id)` names the counties.
    """
    organizations: dict[str, set[int]] = {}
    counties: dict[str, set[int]] = {}
    for role, organization_id, county_id in rows:
        organizations.setdefault(role, set()).add(organization_id)
        reached = counties_below(organization_id) if county_id is None else [county_id]
        counties.setdefault(role, set()).update(reached)
    return Scope(
        {role: frozenset(ids) for role, ids in organizations.items()},
        {role: frozenset(ids) for role, ids in counties.items()},
    )
