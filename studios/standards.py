"""The space each kind of studio must have and what it must show (domain.md §2): the one home of this rule.

`StudioQuerySet.with_shortfalls` turns every row of `SHORTFALLS` into a column of the studio, so that the filter of
the list, its tags and the page of a studio say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import BooleanField, Case, DecimalField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from studios.enums import StudioKind

if TYPE_CHECKING:
    from accounts.models import Organization
    from studios.models import StudioStandard

LEAST_AREA = {StudioKind.COUNTY: "county_min_area", StudioKind.TOWN: "town_min_area"}
"""The column of StudioStandard that says how large a studio of this kind must be; other kinds may have any size."""


@dataclass(frozen=True)
class Shortfall:
    """One way of staying below the rule: its column, when it holds, its words in a list and as a sentence.

    `holds` may use the column `asked_area`; the sentence may name {area}, {asked} and {shared_with}.
    """

    name: str
    label: str
    holds: Q
    sentence: str


SHORTFALLS = (
    Shortfall(
        "lacks_area",
        "面积没有登记",
        Q(kind__in=LEAST_AREA, area=None),
        "还没有登记面积，要求不少于 {asked:g} 平方米",
    ),
    Shortfall(
        "is_too_small",
        "面积不足",
        Q(kind__in=LEAST_AREA, area__lt=F("asked_area")),
        "面积 {area:g} 平方米，要求不少于 {asked:g} 平方米",
    ),
    Shortfall(
        "is_not_alone",
        "没有独立设置",
        Q(kind=StudioKind.COUNTY) & ~Q(shared_with=""),
        "与{shared_with}联建共用，县党代表工作室要独立设置",
    ),
    Shortfall(
        "lacks_owner",
        "没有登记代表",
        Q(kind=StudioKind.PERSONAL, owner=None),
        "还没有登记是哪位党代表的工作室，请在这位党代表的记录里选定",
    ),
    Shortfall(
        "lacks_statement",
        "缺个人感言",
        Q(kind=StudioKind.PERSONAL, personal_statement=""),
        "还没有个人感言，个人工作室要公开展示",
    ),
    Shortfall(
        "lacks_promise",
        "缺服务承诺",
        Q(kind=StudioKind.PERSONAL, service_promise=""),
        "还没有服务承诺，个人工作室要公开展示",
    ),
)


class Reason(NamedTuple):
    """Why one studio stays below its rule: a few words for a list, a sentence for its page."""

    label: str
    sentence: str


def asked_area(day: date) -> Case:
    """The least area that each studio's county asks on `day` of its kind, None where any size will do."""
    standard: type[StudioStandard] = apps.get_model("studios", "StudioStandard")
    in_force = standard.objects.filter(county=OuterRef("county"), effective_from__lte=day).order_by("-effective_from")
    return Case(
        *(
            When(kind=kind, then=Coalesce(Subquery(in_force.values(column)[:1]), Value(_default(standard, column))))
            for kind, column in LEAST_AREA.items()
        ),
        output_field=DecimalField(),
    )


def duty_weekdays(county: Organization | None) -> Callable[[date], int]:
    """`weekday(day)`: on which weekday the studios of `county` are open on `day`; one query, the default for none."""
    standard: type[StudioStandard] = apps.get_model("studios", "StudioStandard")
    versions = standard.objects.filter(county=county).order_by("-effective_from")
    known = list(versions.values_list("effective_from", "duty_weekday")) if county else []

    def weekday(day: date) -> int:
        return next((found for since, found in known if since <= day), int(_default(standard, "duty_weekday")))

    return weekday


def holds(condition: Q) -> Case:
    """`condition` as a column that is always true or false, never NULL."""
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def reasons_of(studio: Any) -> list[Reason]:
    """Why `studio`, a row of `with_shortfalls`, is 不达标; nothing when it meets its rule."""
    words = {
        "area": float(studio.area or 0),
        "asked": float(studio.asked_area or 0),
        "shared_with": studio.shared_with,
    }
    return [Reason(row.label, row.sentence.format(**words)) for row in SHORTFALLS if getattr(studio, row.name)]


def _default(standard: type[StudioStandard], column: str) -> Any:
    return getattr(standard(), column)
