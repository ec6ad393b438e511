"""Who prints what about representatives (domain.md §1, §3)."""

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User
from representatives.models import Representative


def can_print_cards(user: User) -> bool:
    """Offices and liaisons; whose cards, says `cards.printable_for`."""
    return user.scope.has(*OFFICE_ROLES, Role.LIAISON)


def can_read_dossier(user: User, person: Representative) -> bool:
    """The person, the office of their delegation, and whoever reads the county: its office and its leaders."""
    scope = user.scope
    is_office = person.delegation_id in scope.where(Role.DELEGATION_OFFICE)
    return person.user_id == user.pk or is_office or person.county_id in scope.reads_county_ids
