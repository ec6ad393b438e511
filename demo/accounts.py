"""The accounts people try the product with, put into the places the README names."""

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import Membership, Organization, User
from demo.county import County
from demo.names import NAME_PREFIX
from representatives.models import Representative
from studios.models import Studio


def write_accounts(county: County, neighbour: County) -> None:
    """Write every demonstration account with its role; `rep` and the liaisons get theirs in `seat_people`."""
    qutang, libao = town(county, "曲塘镇"), town(county, "李堡镇")
    places: dict[str, list[tuple[Role, Organization]]] = {
        "county": [(Role.COUNTY_OFFICE, county.root)],
        "town": [(Role.DELEGATION_OFFICE, qutang)],
        "town2": [(Role.DELEGATION_OFFICE, libao), (Role.LIAISON, libao)],
        "liaison": [(Role.LIAISON, qutang)],
        "liaison2": [(Role.LIAISON, libao)],
        "unit": [(Role.UNIT_HANDLER, county.units["交通运输局"])],
        "unit2": [(Role.UNIT_HANDLER, county.units["住房和城乡建设局"])],
        "townunit": [(Role.UNIT_HANDLER, county.town_units[qutang.pk][0])],
        "rep": [(Role.REPRESENTATIVE, qutang)],
        "leader": [(Role.LEADER, county.root)],
        "admin": [(Role.SYSTEM_ADMIN, county.root)],
        "auditor": [(Role.AUDITOR, county.root)],
        "rugao": [(Role.COUNTY_OFFICE, neighbour.root)],
    }
    password = make_password(settings.DEMO_PASSWORD)
    users = User.objects.bulk_create(
        User(username=username, name=f"{NAME_PREFIX}{settings.DEMO_ACCOUNTS[username][:10]}", password=password)
        for username in places
    )
    Membership.objects.bulk_create(
        Membership(user=user, role=role, organization=place)
        for user, roles in zip(users, places.values(), strict=True)
        for role, place in roles
    )


def town(county: County, name: str) -> Organization:
    """The delegation of that town."""
    return next(row for row in county.towns if row.short_name == name)


def seat_people(county: County) -> Representative:
    """Give liaisons their studios and `rep` their person; returns that person (before any meeting is written)."""
    users = {user.username: user for user in User.objects.filter(username__in=settings.DEMO_ACCOUNTS)}
    own = _studio(county, "曲塘镇", 0)
    for username, studio in (
        ("liaison", own),
        ("liaison2", _studio(county, "李堡镇", 0)),
        ("town2", _studio(county, "李堡镇", 1)),
    ):
        studio.liaisons.add(users[username])
    person = county.members[own.pk][0]
    person.user, person.name = users["rep"], "曲演示甲"
    person.save(update_fields=["user", "name"])
    return person


def _studio(county: County, name: str, place: int) -> Studio:
    return [row for row in county.studios if row.delegation.short_name == name and row.village][place]
