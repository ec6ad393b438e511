"""The tables of the attendance list: rates of delegations and of representatives, each number with its list."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from accounts.models import Organization
from accounts.paging import Page, keyset_page
from appointments.measures import EXPECTED
from appointments.querysets import AttendanceQuerySet
from appointments.rates import Turnout, span_until, turnout_by
from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet
from studios.narrowing import Narrowing

KEPT_KEYS = ("q", "delegation", "kind", "from", "to", "person")


@dataclass(frozen=True)
class Line:
    """One delegation or representative: names, figures, and the query string of the seats behind them."""

    name: str
    sub: str
    turnout: Turnout
    query: str


def query_of(query: QueryDict, **more: int) -> str:
    """The conditions of the list but for view, state and page, for the links behind its numbers."""
    kept = {name: query[name] for name in KEPT_KEYS if query.get(name)} | more
    return urlencode(kept)


def narrowed_query(query: QueryDict, narrowing: Narrowing | None) -> str:
    """The same, with what narrows the list to the rows behind a number; its links name their own measure."""
    kept = dict(narrowing.kept) if narrowing else {}
    return urlencode(dict(parse_qsl(query_of(query))) | kept)


def delegation_lines(rows: AttendanceQuerySet, query: QueryDict, today: date) -> list[Line]:
    """A line per delegation that had anybody to expect (two queries)."""
    found = turnout_by(rows, "appointment__delegation", today)
    towns = Organization.objects.filter(pk__in=found).order_by("code")
    return [Line(row.short_name, "", found[row.pk], query_of(query, delegation=row.pk)) for row in towns]


def people_expected(rows: AttendanceQuerySet, today: date) -> RepresentativeQuerySet:
    """Whoever was expected at any of `rows`."""
    called = EXPECTED.base(rows, span_until(today)).order_by().values("representative")
    return Representative.objects.filter(pk__in=called).select_related("delegation")


def person_page(rows: AttendanceQuerySet, query: QueryDict, today: date) -> tuple[Page, list[Line]]:
    """Fifty representatives who were expected, by their number."""
    page = keyset_page(people_expected(rows, today), query, order="certificate_no")
    return page, person_lines(rows, page.rows, query, today)


def person_lines(rows: AttendanceQuerySet, people: list[Representative], query: QueryDict, today: date) -> list[Line]:
    """Their lines, in the order of `people` (one query)."""
    found = turnout_by(rows.filter(representative__in=people), "representative", today)
    return [Line(row.name, row.delegation.short_name, found[row.pk], query_of(query, person=row.pk)) for row in people]
