"""The named cast: one person per role in 海安, and a stranger from 如皋."""

from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import Organization, User
from representatives.models import Representative
from studios.models import Studio
from tests.accounts.factories import CountyFactory, DelegationFactory, UnitFactory, UserFactory
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory


@dataclass(frozen=True)
class Cast:
    county: Organization
    town: Organization
    other_town: Organization
    county_unit: Organization
    other_unit: Organization
    town_unit: Organization
    studio: Studio
    other_studio: Studio
    representative: Representative
    county_office: User
    town_office: User
    other_town_office: User
    liaison: User
    other_liaison: User
    unit_handler: User
    other_unit_handler: User
    town_unit_handler: User
    representative_user: User
    leader: User
    admin: User
    auditor: User
    stranger: User
    nobody: User

    @property
    def everybody(self) -> dict[str, User]:
        """Every user of the cast by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def build_cast() -> Cast:
    """Write the cast into the database."""
    county = CountyFactory(code="320621", name="海安县", short_name="海安", number_prefix="海建")
    town = DelegationFactory(county=county, code="D01", name="曲塘镇代表队", short_name="曲塘镇")
    other_town = DelegationFactory(county=county, code="D02", name="李堡镇代表队", short_name="李堡镇")
    county_unit = UnitFactory(county=county, code="U01", name="交通运输局", short_name="交通局")
    other_unit = UnitFactory(county=county, code="U02", name="住房和城乡建设局", short_name="住建局")
    town_unit = UnitFactory(county=county, delegation=town, code="U03", name="曲塘镇建设办", short_name="建设办")
    elsewhere = CountyFactory(code="320682", name="如皋市", short_name="如皋", number_prefix="皋建")
    liaison = _user("liaison", "联络员甲", (Role.LIAISON, town))
    other_liaison = _user("liaison2", "联络员乙", (Role.LIAISON, other_town))
    representative_user = _user("rep", "代表甲", (Role.REPRESENTATIVE, town))
    studio = StudioFactory(delegation=town, name="曲塘镇第一村党代表工作室", liaisons=[liaison])
    other_studio = StudioFactory(delegation=other_town, liaisons=[other_liaison])
    return Cast(
        county=county,
        town=town,
        other_town=other_town,
        county_unit=county_unit,
        other_unit=other_unit,
        town_unit=town_unit,
        studio=studio,
        other_studio=other_studio,
        representative=RepresentativeFactory(
            delegation=town, name="代表甲", user=representative_user, studios=[studio]
        ),
        county_office=_user("county", "党联办甲", (Role.COUNTY_OFFICE, county)),
        town_office=_user("town", "镇办甲", (Role.DELEGATION_OFFICE, town)),
        other_town_office=_user("town2", "镇办乙", (Role.DELEGATION_OFFICE, other_town)),
        liaison=liaison,
        other_liaison=other_liaison,
        unit_handler=_user("unit", "经办人甲", (Role.UNIT_HANDLER, county_unit)),
        other_unit_handler=_user("unit2", "经办人乙", (Role.UNIT_HANDLER, other_unit)),
        town_unit_handler=_user("townunit", "经办人丙", (Role.UNIT_HANDLER, town_unit)),
        representative_user=representative_user,
        leader=_user("leader", "领导甲", (Role.LEADER, county)),
        admin=_user("admin", "管理员甲", (Role.SYSTEM_ADMIN, county)),
        auditor=_user("auditor", "审计员甲", (Role.AUDITOR, county)),
        stranger=_user("rugao", "外县甲", (Role.COUNTY_OFFICE, elsewhere)),
        nobody=_user("nobody", "无角色"),
    )


def _user(username: str, name: str, *roles: tuple[Role, Organization]) -> User:
    user: User = UserFactory(username=username, name=name, roles=list(roles))
    return user
