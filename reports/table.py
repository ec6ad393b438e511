"""The headline table by delegation: what the page previews and the sheet exports."""

from dataclasses import dataclass

from accounts.models import Organization, User
from reports.headline import Headline, Rows, tally, total
from studios.periods import Period


@dataclass(frozen=True)
class Line:
    """One delegation's headline."""

    name: str
    headline: Headline


def table_of(user: User, period: Period) -> tuple[list[Line], Headline]:
    """A line per delegation the user's statistics cover, also those with nothing, and the total (three queries)."""
    counts = tally(Rows.visible_to(user), period)
    parts: dict[int, list[Headline]] = {}
    for group, headline in counts.items():
        parts.setdefault(group.delegation_id, []).append(headline)
    delegations = Organization.objects.visible_to(user).delegations().order_by("code")
    covered = [row for row in delegations if row.pk in parts or row.county_id in user.scope.reads_county_ids]
    lines = [Line(row.short_name, total(parts.get(row.pk, []))) for row in covered]
    return lines, total(counts.values())
