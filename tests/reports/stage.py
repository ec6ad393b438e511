"""Where random worlds play: two counties under one city and a third beside it, with studios, units and people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import OrganizationKind, Role
from accounts.models import Organization, User
from representatives.models import Representative
from studios.enums import ChecklistGroup, StudioKind, StudioStatus
from studios.models import ChecklistItem, ChecklistTemplate, Studio
from tests.accounts.factories import CountyFactory, DelegationFactory, OrganizationFactory, UnitFactory, UserFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

COLLEAGUES = 4
STATUSES = {StudioKind.COUNTY: StudioStatus.PREPARING}


@dataclass(frozen=True)
class Stage:
    """What stays while worlds come and go; `writer` writes everything."""

    towns: list[Organization]
    units: dict[int, list[Organization]]
    studios: dict[int, list[Studio]]
    people: dict[int, list[Representative]]
    items: dict[int, list[ChecklistItem]]
    writer: User


@dataclass(frozen=True)
class Reader:
    """Somebody who reads statistics, and the counties and towns they reach."""

    user: User
    counties: frozenset[int]
    towns: frozenset[int] | None = None

    def sees(self, row: object) -> bool:
        """Whether a row with `county_id` and `delegation_id` is theirs."""
        if self.towns is not None:
            return getattr(row, "delegation_id", None) in self.towns
        return getattr(row, "county_id", None) in self.counties


def built_stage() -> tuple[Stage, list[Reader]]:
    """Two towns in each of two counties under one city, one town in a third county; and who reads them."""
    city = OrganizationFactory(code="320600", name="南通市", kind=OrganizationKind.CITY)
    counties = [CountyFactory(parent=city), CountyFactory(parent=city), CountyFactory()]
    towns = [DelegationFactory(county=county) for county in (*counties[:2] * 2, counties[2])]
    units = [UnitFactory(county=county) for county in counties * 3]
    units.append(UnitFactory(county=counties[0], delegation=towns[0]))
    stage = _furnished(towns, units, UserFactory())
    first, second, third = (frozenset({county.pk}) for county in counties)
    readers = [
        Reader(_user(Role.LEADER, city), first | second),
        Reader(_user(Role.LEADER, counties[0]), first),
        Reader(_user(Role.COUNTY_OFFICE, counties[1]), second),
        Reader(_user(Role.DELEGATION_OFFICE, towns[0]), first, frozenset({towns[0].pk})),
        Reader(_user(Role.COUNTY_OFFICE, counties[2]), third),
    ]
    return stage, readers


def stage_of(cast: Cast) -> Stage:
    """The two towns of the cast and one in the county of the stranger."""
    elsewhere = cast.stranger.memberships.get().organization
    towns = [cast.town, cast.other_town, DelegationFactory(county=elsewhere)]
    units = [cast.county_unit, cast.other_unit, cast.town_unit, *(UnitFactory(county=elsewhere) for _ in range(3))]
    return _furnished(towns, units, cast.liaison)


def _furnished(towns: list[Organization], units: Iterable[Organization], writer: User) -> Stage:
    by_county: dict[int, list[Organization]] = defaultdict(list)
    for unit in units:
        assert unit.county_id is not None
        by_county[unit.county_id].append(unit)
    return Stage(
        towns,
        by_county,
        {town.pk: [_studio(town, kind) for kind in StudioKind] for town in towns},
        {town.pk: [RepresentativeFactory(delegation=town) for _ in range(COLLEAGUES)] for town in towns},
        {county: _checklist(county) for county in by_county},
        writer,
    )


def _studio(town: Organization, kind: StudioKind) -> Studio:
    studio: Studio = StudioFactory(delegation=town, kind=kind, status=STATUSES.get(kind, StudioStatus.ACTIVE))
    return studio


def _checklist(county_id: int) -> list[ChecklistItem]:
    version = ChecklistTemplate.objects.filter(county_id=county_id).count() + 1
    template = ChecklistTemplate.objects.create(county_id=county_id, version=version, published_at=timezone.now())
    return ChecklistItem.objects.bulk_create(
        ChecklistItem(
            template=template, code=f"item{position}", group=ChecklistGroup.OWN, position=position, text="值班表"
        )
        for position in range(3)
    )


def _user(role: Role, place: Organization) -> User:
    user: User = UserFactory(roles=[(role, place)])
    return user
