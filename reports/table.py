"""The headline table by delegation: what the page previews and the sheet exports."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import Organization, User
from reports.headline import KEYS, Headline
from reports.rows import Rows
from reports.stats import count, total
from studios.measures import Span


@dataclass(frozen=True)
class Line:
    """One delegation's headline."""

    name: str
    headline: Headline


def table_of(user: User, span: Span) -> tuple[list[Line], Headline]:
    """A line per delegation the user's statistics cover, also those with nothing, and the total."""
    counted = count(Rows.visible_to(user), span, KEYS, by=("delegation",))
    delegations = Organization.objects.visible_to(user).delegations().order_by("code")
    covered = [row for row in delegations if (row.pk,) in counted or row.county_id in user.scope.reads_county_ids]
    lines = [Line(row.short_name, Headline(counted.get((row.pk,), Counter()))) for row in covered]
    return lines, Headline(total(counted))
