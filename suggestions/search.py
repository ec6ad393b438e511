"""Finding cases by words: in number, title or content, or in a name the user may see."""

from django.db.models import Q

from accounts.models import Organization, User
from accounts.pinyin import spelled_like
from accounts.search import among, holding
from representatives.models import Representative
from suggestions.enums import AssignmentKind, AssignmentStatus

JOINT = (AssignmentKind.CO, AssignmentKind.SPLIT)


def cases_holding(text: str, user: User) -> Q:
    """Cases in which every word of `text` is found.

    Names are those of representatives and units of the user's counties: the one a case is under, and those that share
    it or help.
    """

    def named(word: str) -> Q:
        units = Organization.objects.units().filter(spelled_like(word), county_id__in=user.scope.county_ids)
        people = Representative.objects.visible_to(user).filter(spelled_like(word))
        joint = units.filter(assignments__status=AssignmentStatus.ACTIVE, assignments__kind__in=JOINT)
        shared = list(joint.values_list("assignments__suggestion", flat=True))
        return among(representative=people, unit=units) | Q(pk__in=shared)

    return holding(text, named)
