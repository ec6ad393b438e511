"""A county's standing rows: organisations, accounts, studios, representatives."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password

from accounts.enums import OrganizationKind, Role
from accounts.models import Membership, Organization, User
from demo.names import name_of, phone_of
from demo.studios import furnish
from demo.texts import MORE_UNITS, TEXTS
from representatives.enums import Gender, Level
from representatives.models import Representative
from studios.enums import StudioKind
from studios.models import Studio

DIVISIONS = Path(__file__).parent / "data" / "haian-divisions.csv"
TOWN_UNITS = ("建设办", "农业农村办", "社会事务办")
NOBODY = make_password(None)


@dataclass(frozen=True)
class Spec:
    """How large a county is to be. `towns` maps a town to its villages."""

    name: str
    short_name: str
    code: str
    prefix: str
    towns: dict[str, list[str]]
    county_studios: int
    town_studios: int
    personal_studios: int
    county_representatives: int
    town_representatives: int


@dataclass
class County:
    """What was written, for the histories that follow."""

    root: Organization
    towns: list[Organization] = field(default_factory=list)
    units: dict[str, Organization] = field(default_factory=dict)
    town_units: dict[int, list[Organization]] = field(default_factory=dict)
    studios: list[Studio] = field(default_factory=list)
    members: dict[int, list[Representative]] = field(default_factory=dict)
    offices: dict[int, User] = field(default_factory=dict)
    handlers: dict[int, User] = field(default_factory=dict)
    liaisons: dict[int, User] = field(default_factory=dict)
    county_office: User = field(default_factory=User)


def haian() -> Spec:
    """海安 with its real towns and villages: 17 + 228 + 21 studios, 319 + 1,320 representatives."""
    towns: dict[str, list[str]] = {}
    with DIVISIONS.open(encoding="utf8") as rows:
        for row in csv.DictReader(rows):
            towns.setdefault(row["town"], []).append(row["village"])
    return Spec("海安市", "海安", "320685", "海建", towns, 17, 228, 21, 319, 1320)


def rugao() -> Spec:
    """A small neighbour, to prove that nobody sees across."""
    towns = {"演示东镇": ["东一村", "东二村", "东三村"], "演示西镇": ["西一村", "西二村"]}
    return Spec("如皋市", "如皋", "320682", "皋建", towns, 1, 5, 1, 9, 30)


def build(spec: Spec) -> County:
    """Write every standing row of a county."""
    root = Organization.objects.create(
        kind=OrganizationKind.COUNTY,
        code=spec.code,
        name=spec.name,
        short_name=spec.short_name,
        number_prefix=spec.prefix,
        phone="0513-88880000",
    )
    Organization.objects.filter(pk=root.pk).update(county=root)
    root.county = root
    county = County(root)
    _organizations(county, spec)
    _studios(county, spec)
    _staff(county, spec)
    _representatives(county, spec)
    furnish(county.studios, county.members)
    return county


def _organizations(county: County, spec: Spec) -> None:
    root = county.root
    names = [*spec.towns, "县直机关"]
    county.towns = Organization.objects.bulk_create(
        Organization(
            parent=root,
            county=root,
            kind=OrganizationKind.DELEGATION,
            code=f"D{number:02d}",
            name=f"{name}代表队",
            short_name=name,
        )
        for number, name in enumerate(names, start=1)
    )
    for town in county.towns:
        town.delegation = town
    Organization.objects.bulk_update(county.towns, ["delegation"])
    _units(county)


def _units(county: County) -> None:
    root = county.root
    units = list(dict.fromkeys([text.unit for text in TEXTS] + list(MORE_UNITS)))
    written = Organization.objects.bulk_create(
        Organization(
            parent=root,
            county=root,
            kind=OrganizationKind.UNIT,
            code=f"U{number:02d}",
            name=name,
            short_name=name.replace("住房和城乡建设局", "住建局").replace("交通运输局", "交通局"),
            phone=f"0513-8888{number:04d}",
        )
        for number, name in enumerate(units, start=1)
    )
    county.units = {unit.name: unit for unit in written}
    for town in county.towns[:-1]:
        county.town_units[town.pk] = Organization.objects.bulk_create(
            Organization(
                parent=town,
                county=root,
                delegation=town,
                kind=OrganizationKind.UNIT,
                code=f"{town.code}U{number}",
                name=f"{town.short_name}{name}",
                short_name=f"{town.short_name}{name}",
            )
            for number, name in enumerate(TOWN_UNITS, start=1)
        )


def _studios(county: County, spec: Spec) -> None:
    village_towns = [(town, village) for town in county.towns[:-1] for village in spec.towns[town.short_name]]
    step = len(village_towns) / spec.town_studios
    chosen = [village_towns[int(place * step)] for place in range(spec.town_studios)]
    rows = [(county.towns[-1], StudioKind.COUNTY, f"第{n}") for n in range(1, spec.county_studios + 1)]
    rows += [(town, StudioKind.TOWN, village) for town, village in chosen]
    towns = county.towns[:-1]
    rows += [(towns[n % len(towns)], StudioKind.PERSONAL, f"个人第{n + 1}") for n in range(spec.personal_studios)]
    county.studios = Studio.objects.bulk_create(
        Studio(
            county=county.root,
            delegation=town,
            kind=kind,
            code=f"S{number:03d}",
            name=f"{town.short_name}{place}党代表工作室",
            village=place if kind == StudioKind.TOWN else "",
            phone=f"0513-8889{number:04d}",
        )
        for number, (town, kind, place) in enumerate(rows, start=1)
    )


def _staff(county: County, spec: Spec) -> None:
    """One account per office, unit and delegation's liaison; nobody can log in with these."""
    seats: list[tuple[str, Role, Organization]] = [(f"{spec.code}-office", Role.COUNTY_OFFICE, county.root)]
    seats += [(f"{spec.code}-{town.code}", Role.DELEGATION_OFFICE, town) for town in county.towns]
    seats += [(f"{spec.code}-{town.code}-liaison", Role.LIAISON, town) for town in county.towns]
    units = [*county.units.values(), *(unit for group in county.town_units.values() for unit in group)]
    seats += [(f"{spec.code}-{unit.code}", Role.UNIT_HANDLER, unit) for unit in units]
    users = _accounts((username for username, _role, _place in seats), start=0)
    Membership.objects.bulk_create(
        Membership(user=user, role=role, organization=place)
        for user, (_name, role, place) in zip(users, seats, strict=True)
    )
    for user, (_name, role, place) in zip(users, seats, strict=True):
        {
            Role.DELEGATION_OFFICE: county.offices,
            Role.LIAISON: county.liaisons,
            Role.UNIT_HANDLER: county.handlers,
            Role.COUNTY_OFFICE: {},
        }[role][place.pk] = user
    county.county_office = users[0]
    links = Studio.liaisons.through
    links.objects.bulk_create(
        links(studio_id=studio.pk, user_id=county.liaisons[studio.delegation_id].pk) for studio in county.studios
    )


def _representatives(county: County, spec: Spec) -> None:
    homes = list(_homes(county, spec))
    users = _accounts((f"{spec.code}-r{number:04d}" for number in range(len(homes))), start=100)
    people = Representative.objects.bulk_create(
        Representative(
            county=county.root,
            delegation=studio.delegation,
            user=user,
            name=user.name,
            gender=Gender.FEMALE if number % 3 == 0 else Gender.MALE,
            birth_date=date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
            certificate_no=f"{spec.code}{number:05d}",
            term=13,
            level=level,
            position=("村党总支书记", "教师", "车间主任", "种粮大户", "医生", "社区工作者")[number % 6],
            phone=phone_of(number),
        )
        for number, ((studio, level), user) in enumerate(zip(homes, users, strict=True))
    )
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.REPRESENTATIVE, organization=person.delegation)
        for user, person in zip(users, people, strict=True)
    )
    links = Representative.studios.through
    links.objects.bulk_create(
        links(representative_id=person.pk, studio_id=studio.pk)
        for person, (studio, _level) in zip(people, homes, strict=True)
    )
    for person, (studio, _level) in zip(people, homes, strict=True):
        county.members.setdefault(studio.pk, []).append(person)


def _homes(county: County, spec: Spec) -> Iterator[tuple[Studio, Level]]:
    """A studio for each representative: county ones everywhere, town ones in the towns, in turn."""
    in_towns = [studio for studio in county.studios if studio.kind != StudioKind.COUNTY]
    for number in range(spec.town_representatives):
        yield in_towns[number % len(in_towns)], Level.TOWN
    for number in range(spec.county_representatives):
        yield county.studios[number % len(county.studios)], Level.COUNTY


def _accounts(usernames: Iterable[str], start: int) -> list[User]:
    written: list[User] = User.objects.bulk_create(
        User(username=username, name=name_of(start + number), password=NOBODY)
        for number, username in enumerate(usernames)
    )
    return written
