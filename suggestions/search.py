"""Finding cases by words: in number, title or content, or in a name the user may see."""

from django.db.models import Q

from accounts.models import Organization, User
from accounts.pinyin import spelled_like
from accounts.search import among, holding
from representatives.models import Representative


def cases_holding(text: str, user: User) -> Q:
    """Cases in which every word of `text` is found.

    Names are those of representatives and handling units of the user's counties.
    """

    def named(word: str) -> Q:
        units = Organization.objects.units().filter(spelled_like(word), county_id__in=user.scope.county_ids)
        return among(representative=Representative.objects.visible_to(user).filter(spelled_like(word)), unit=units)

    return holding(text, named)
