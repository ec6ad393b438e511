"""Who brought the matter, as papers name them: masked unless the caller has put the full identity on record."""

from dataclasses import dataclass

from accounts.masking import mask_name, mask_phone
from accounts.models import Organization
from suggestions.families import family_of, name_of
from suggestions.models import Suggestion


@dataclass(frozen=True)
class Petitioners:
    """Names, phones and addresses in words, "" for none."""

    names: str
    phones: str
    units: str


def petitioners_of(case: Suggestion, *, is_full: bool) -> Petitioners:
    """The petitioners of `case`; runs no query when they are prefetched."""
    people = list(case.petitioners.all())
    return Petitioners(
        names=_listed([person.name if is_full else mask_name(person.name) for person in people]),
        phones=_listed([person.phone if is_full else mask_phone(person.phone) for person in people]),
        units=_listed([person.unit for person in people]),
    )


def merged_petitioners(case: Suggestion) -> str:
    """Who brought the cases merged into `case`, a line each, always masked: their identity is shown case by case, to
    those who may know it and on record; "" where none was merged. Runs no query when they are prefetched."""
    return "\n".join(f"{name_of(child)}：{_masked(child)}" for child in family_of(case)[1:])


def office_of(county: Organization) -> str:
    """The county office as papers sign: 海安市党代表联络工作办公室."""
    return f"{county.name}党代表联络工作办公室"


def _masked(case: Suggestion) -> str:
    people = [f"{mask_name(row.name) or '未留姓名'} {mask_phone(row.phone)}".strip() for row in case.petitioners.all()]
    return "不愿透露" if case.is_anonymous or not people else _listed(people)


def _listed(texts: list[str]) -> str:
    return "、".join(text for text in texts if text)
