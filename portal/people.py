"""Representatives and studios as anybody may see them: no birth date, no phone of a person, no reasons."""

from django.db.models import Q

from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet
from studios.models import Studio
from studios.querysets import StudioQuerySet


def studios_of(person: Representative) -> StudioQuerySet:
    """The studios in use where `person` meets people, the own one among them."""
    return Studio.objects.active().filter(Q(representatives=person) | Q(owner=person)).distinct().order_by("code")


def people_of(studios: StudioQuerySet) -> RepresentativeQuerySet:
    """Those who hold their mandate and meet people in any of `studios`."""
    here = Q(studios__in=studios) | Q(owned_studio__in=studios)
    people = Representative.objects.active().standing().filter(here)
    return people.distinct().order_by("certificate_no")
