"""The measures of 达标率 (domain.md §2, §8): active studios by what their last inspection says."""

from django.db.models import F, Q

from studios.enums import Compliance
from studios.measures import Measure, Source, Span
from studios.querysets import StudioQuerySet


def _active(studios: StudioQuerySet, span: Span) -> StudioQuerySet:
    """Active studios with the last inspection up to the as-of day; the period itself does not matter."""
    return studios.active().with_compliance(span.as_of)


STUDIOS = Source(
    _active,
    {
        "studios_active": Measure("启用的工作室", "个"),
        "studios_passing": Measure("达标的工作室", "个", Q(compliance=Compliance.PASSING)),
        "studios_failing": Measure("不达标的工作室", "个", Q(compliance=Compliance.FAILING)),
        "studios_unchecked": Measure("未检查的工作室", "个", Q(compliance=Compliance.UNCHECKED)),
    },
    {"county": F("county_id"), "delegation": F("delegation_id"), "studio": F("id"), "studio_kind": F("kind")},
)
