"""Where on the board a reader stands: all they see, one county, one town, one unit."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Organization, User
from accounts.querysets import OrganizationQuerySet
from appointments.collective import read_delegations
from studios.measures import Groups


@dataclass(frozen=True)
class Place:
    """What the board is narrowed to, by its dimension ("": nothing), and the way up as (label, address)."""

    dimension: str
    name: str
    url: str
    where: Groups = field(default_factory=dict)
    above: tuple[tuple[str, str], ...] = ()

    @property
    def is_unit(self) -> bool:
        """Units answer cases; they hold no appointments and receive no visits."""
        return self.dimension == "unit"


def whole() -> Place:
    """Everything the reader sees."""
    return Place("", "看板", reverse("reports:board"))


def of_county(county: Organization) -> Place:
    """One county of several."""
    return _below(whole(), "county", county)


def of_town(town: Organization, *, in_county: bool) -> Place:
    """One delegation; `in_county`: the reader has several counties, and comes from that one."""
    return _below(_parent(town, in_county=in_county), "delegation", town)


def of_unit(unit: Organization, *, in_county: bool) -> Place:
    """One handling unit."""
    return _below(_parent(unit, in_county=in_county), "unit", unit)


def address(dimension: str, pk: object) -> str:
    """The board of one county, delegation or unit."""
    names = {"county": "reports:board_county", "delegation": "reports:board_town", "unit": "reports:board_unit"}
    return reverse(names[dimension], args=[pk])


def read_counties(user: User) -> OrganizationQuerySet:
    """Counties `user` reads as a whole."""
    return Organization.objects.visible_to(user).counties().filter(pk__in=user.scope.reads_county_ids).order_by("code")


def read_towns(user: User) -> OrganizationQuerySet:
    """Delegations whose figures `user` reads."""
    return read_delegations(user)


def read_units(user: User) -> OrganizationQuerySet:
    """Units that may handle cases `user` reads: all of a county read as a whole; else the county's and a town's own."""
    scope = user.scope
    offices = scope.counties.get(Role.DELEGATION_OFFICE, frozenset())
    own = Q(delegation=None) | Q(delegation__in=scope.where(Role.DELEGATION_OFFICE))
    read = Q(county__in=scope.reads_county_ids) | Q(own, county__in=offices)
    return Organization.objects.visible_to(user).units().filter(read)


def _parent(row: Organization, *, in_county: bool) -> Place:
    return of_county(row.county) if in_county and row.county else whole()


def _below(parent: Place, dimension: str, row: Organization) -> Place:
    way = (*parent.above, (parent.name, parent.url))
    return Place(dimension, row.short_name, address(dimension, row.pk), {dimension: row.pk}, way)
