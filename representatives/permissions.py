"""Who keeps the register of representatives, who reads what of it, who prints (domain.md §1, §3)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User
from representatives.models import Representative

READS_PRIVATE = (Role.COUNTY_OFFICE, Role.DELEGATION_OFFICE, Role.LEADER, Role.LIAISON)


def can_read_register(user: User) -> bool:
    """Everybody with a role in a county."""
    return bool(user.scope.county_ids)


def can_register(user: User) -> bool:
    """Delegation offices and county offices."""
    return user.scope.has(Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE)


def can_update(user: User, person: Representative) -> bool:
    """The office of the delegation and the county office, while the record was not merged into another."""
    is_office = person.delegation_id in user.scope.where(Role.DELEGATION_OFFICE) or _is_county_office(user, person)
    return is_office and person.merged_into_id is None


def can_change_status(user: User, person: Representative) -> bool:
    """Whoever may correct the record."""
    return can_update(user, person)


def can_merge(user: User, person: Representative) -> bool:
    """The county office, while the record was not merged into another."""
    return _is_county_office(user, person) and person.merged_into_id is None


def can_read_private(user: User, person: Representative) -> bool:
    """Phone, birth date, life and history: offices, leaders and liaisons of the county, and the person."""
    counties = user.scope.counties
    is_office = any(person.county_id in counties.get(role, frozenset()) for role in READS_PRIVATE)
    return is_office or person.user_id == user.pk


def can_print_cards(user: User) -> bool:
    """Offices and liaisons; whose cards, says `cards.printable_for`."""
    return user.scope.has(*OFFICE_ROLES, Role.LIAISON)


def can_read_dossier(user: User, person: Representative) -> bool:
    """The person, the office of their delegation, and whoever reads the county: its office and its leaders."""
    scope = user.scope
    is_office = person.delegation_id in scope.where(Role.DELEGATION_OFFICE)
    return person.user_id == user.pk or is_office or person.county_id in scope.reads_county_ids


def _is_county_office(user: User, person: Representative) -> bool:
    return person.county_id in user.scope.counties.get(Role.COUNTY_OFFICE, frozenset())
