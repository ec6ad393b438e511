"""The terms (届) that counties elect their representatives for, read from the mandates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from accounts.models import User
from representatives.enums import Level
from representatives.models import Mandate
from representatives.rules import term_end


@dataclass(frozen=True)
class Term:
    """One term: its number, its first day and its last."""

    number: int
    first: date
    last: date


def terms_of(user: User) -> list[Term]:
    """The terms of the counties `user` works for that have begun or will, the oldest first (one query).

    Nobody types a term's days twice: it begins with its earliest county mandate (who is elected later joins a term
    that runs), and ends with its longest, else after five years. Where two counties number a term alike, the earlier
    beginning counts. Mandates of towns alone are left out.
    """
    found = (
        Mandate.objects.visible_to(user)
        .filter(level__in=[Level.COUNTY, Level.BOTH], starts_on__isnull=False)
        .order_by("term")
        .values_list("term")
        .annotate(first=Min("starts_on"), last=Max("ends_on"))
    )
    return [Term(number, first, last or term_end(first)) for number, first, last in found]
