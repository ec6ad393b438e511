"""The rows of a report: what stands in them by name, in the order of the registers, also where nothing was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Coalesce

from accounts.enums import OrganizationKind
from accounts.models import Organization, User
from appointments.collective import read_delegations
from representatives.enums import RepresentativeStatus
from representatives.models import Representative
from studios.enums import StudioStatus
from studios.models import Studio

Key = tuple[object, ...]


@dataclass(frozen=True)
class Grouping:
    """Rows by `dimensions` of the measures, the outer one first; `heads` stand above their names.

    `inner` reads (outer key, key, name, whether it is listed without figures), in order, of all that `user` may see.
    """

    key: str
    label: str
    dimensions: tuple[str, ...]
    heads: tuple[str, ...]
    inner: Callable[[User], Iterable[tuple[int, int, str, bool]]] | None = None
    nobody: str = ""


@dataclass(frozen=True)
class Place:
    """One row: its values of the dimensions, and its names."""

    key: Key
    names: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """The rows of one delegation, or of the county's units; `key` is what 小计 is counted over."""

    key: Key
    name: str
    places: list[Place]


def blocks(user: User, grouping: Grouping, found: Collection[Key], fixed: object = None) -> list[Block]:
    """The rows of `grouping` for `user`: those listed and those `found` among the figures (two queries at most).

    With `fixed` only the rows of that delegation.
    """
    names = _outer(user, grouping)
    if grouping.inner is None:
        keys = [pk for pk, (_name, is_listed) in names.items() if (is_listed and fixed in {None, pk}) or (pk,) in found]
        places = [Place((pk,), (names[pk][0],)) for pk in keys]
        places += [Place(key, (_foreign(key[-1], grouping),)) for key in found if key[0] not in names]
        return [Block((), "", places)]
    return list(_two_levels(user, grouping, names, found, fixed))


def _two_levels(
    user: User, grouping: Grouping, names: dict[int, tuple[str, bool]], found: Collection[Key], fixed: object
) -> Iterator[Block]:
    assert grouping.inner is not None
    titles: dict[object, str] = {}
    members: dict[object, list[object]] = defaultdict(list)
    for outer, pk, name, is_listed in grouping.inner(user):
        titles[pk] = name
        is_wanted = is_listed and fixed in {None, outer} and names.get(outer, ("", False))[1]
        if is_wanted or (outer, pk) in found:
            members[outer].append(pk)
    for at, key in sorted(found, key=str):
        if key not in members[at]:
            members[at].append(key)
    shown: dict[object, str] = {pk: name for pk, (name, _is_read) in names.items()}
    for key in (*shown, *(key for key in members if key not in shown)):
        if members.get(key):
            name = shown.get(key, "其他")
            rows = [Place((key, pk), (name, titles.get(pk) or _foreign(pk, grouping))) for pk in members[key]]
            yield Block((key,), name, rows)


def _foreign(key: object, grouping: Grouping) -> str:
    """What the user may not see by name, or what belongs to nobody."""
    return grouping.nobody if key is None else "其他"


def _outer(user: User, grouping: Grouping) -> dict[int, tuple[str, bool]]:
    """Names of delegations (and of counties, where units are theirs), and whether `user` reads the whole of them."""
    kinds = [OrganizationKind.DELEGATION]
    if grouping.dimensions[0] == "owner":
        kinds.append(OrganizationKind.COUNTY)
    scope = user.scope
    read = Q(pk__in=read_delegations(user).values("pk")) | Q(
        kind=OrganizationKind.COUNTY, county_id__in=scope.reads_county_ids
    )
    rows = Organization.objects.visible_to(user).filter(kind__in=kinds).annotate(is_read=_truth(read))
    rows = rows.order_by("county__code", "kind", "code")
    found = list(rows.values_list("pk", "kind", "short_name", "county__short_name", "is_read"))
    several = len({county for *_row, county, _is_read in found}) > 1
    return {pk: (_name(kind, name, county if several else ""), is_read) for pk, kind, name, county, is_read in found}


def _name(kind: str, name: str, county: str) -> str:
    """County units are those of no delegation; with several counties each name says whose it is."""
    own = "县级单位" if kind == OrganizationKind.COUNTY else name
    return f"{county}·{own}" if county else own


def _truth(condition: Q) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _studios(user: User) -> Iterable[tuple[int, int, str, bool]]:
    rows = Studio.objects.worked_in_by(user).annotate(is_listed=_truth(Q(status=StudioStatus.ACTIVE)))
    return rows.order_by("code").values_list("delegation_id", "pk", "name", "is_listed")


def _representatives(user: User) -> Iterable[tuple[int, int, str, bool]]:
    listed = Q(status=RepresentativeStatus.ACTIVE, merged_into=None)
    rows = Representative.objects.visible_to(user).annotate(is_listed=_truth(listed))
    return rows.order_by("certificate_no", "pk").values_list("delegation_id", "pk", "name", "is_listed")


def _units(user: User) -> Iterable[tuple[int, int, str, bool]]:
    rows = Organization.objects.visible_to(user).units()
    owned = rows.annotate(owner=Coalesce("delegation_id", "county_id"))
    return owned.order_by("code").values_list("owner", "pk", "short_name", "is_active")


DELEGATIONS = Grouping("delegation", "按代表队", ("delegation",), ("代表队",), nobody="不属某个代表队")
STUDIOS = Grouping(
    "studio", "按工作室", ("delegation", "studio"), ("代表队", "工作室"), _studios, nobody="不在工作室（走村入户等）"
)
PEOPLE = Grouping(
    *("representative", "按党代表", ("delegation", "representative"), ("代表队", "党代表")),
    inner=_representatives,
    nobody="没有记明党代表",
)
UNITS = Grouping("unit", "按承办单位", ("owner", "unit"), ("归属", "承办单位"), _units, nobody="未交办或退回待改派")
