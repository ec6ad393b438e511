"""Whose figures: one county or one delegation, out of the rows a reader sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.enums import OrganizationKind, Role
from accounts.models import Organization, User
from reports.bulletin.paper import Piece
from reports.rows import Rows
from reports.stats import RATIOS, Numbers, count, link, total, value
from studios.measures import Groups, Span


@dataclass(frozen=True)
class Counted:
    """Numbers of one group in one span; each knows the list of exactly its rows."""

    numbers: Numbers
    span: Span
    where: Groups = field(default_factory=dict)

    def number(self, key: str) -> Piece:
        """A measure as a linked number."""
        return Piece(str(self.numbers[key]), link(key, self.span, self.where))

    def rate(self, ratio: str) -> Piece:
        """A rate, linked to what stands above its line; — alone where nothing divides it."""
        worked = value(self.numbers, ratio)
        if worked.rate is None:
            return Piece(worked.words)
        return Piece(worked.words, link(RATIOS[ratio].numerator, self.span, self.where))


@dataclass(frozen=True)
class Reach:
    """The rows of `place` among those a reader sees."""

    rows: Rows
    place: Organization

    @property
    def is_county(self) -> bool:
        return self.place.kind == OrganizationKind.COUNTY

    @property
    def where(self) -> Groups:
        """What the rows are narrowed to."""
        return {"county" if self.is_county else "delegation": self.place.pk}

    def counted(self, keys: Iterable[str], span: Span) -> Counted:
        """The measures `keys` of the whole place."""
        return Counted(total(count(self.rows, span, keys, where=self.where)), span, self.where)

    def by(self, name: str, keys: Iterable[str], span: Span) -> dict[object, Counted]:
        """The same for every value of the dimension `name` that has any rows."""
        found = count(self.rows, span, keys, by=(name,), where=self.where)
        return {key: self.part(name, key, numbers, span) for (key,), numbers in found.items()}

    def part(self, name: str, key: object, numbers: Numbers, span: Span) -> Counted:
        """`numbers` of one value of the dimension `name`."""
        return Counted(numbers, span, {**self.where, name: key})


def places_of(user: User) -> list[Organization]:
    """Counties `user` reads as a whole with their delegations, else the own delegations; the first is the home."""
    seen = Organization.objects.visible_to(user)
    counties = user.scope.reads_county_ids
    own = user.scope.where(Role.DELEGATION_OFFICE)
    whole = list(seen.counties().filter(pk__in=counties).order_by("code"))
    parts = seen.delegations().active().select_related("county").order_by("county__code", "code")
    return whole + [row for row in parts if row.county_id in counties or row.pk in own]
