"""The lists of inspections, 整改 and studios to inspect: one function each for what a query asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.pinyin import spelled_like
from studios.clocks import Light, running_light, stopped_light
from studios.compliance_measures import STUDIOS
from studios.enums import StudioStatus
from studios.forms.inspection_filters import (
    FAILED,
    PASSED,
    ComplianceFilterForm,
    InspectionFilterForm,
    RectificationFilterForm,
    StudioFields,
)
from studios.measures import Span, counted_rows
from studios.models import Inspection, Rectification, Studio
from studios.narrowing import Narrowing, filter_query, narrowing
from studios.periods import BEGINNING
from studios.permissions_inspections import studios_inspected_by
from studios.querysets import StudioQuerySet

YELLOW_DAYS = 3
OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
RELATED = ("studio__delegation", "opened_by__item", "closed_by")


@dataclass(frozen=True)
class Listing:
    """The rows a query asks for, the form that says what was wrong, and the number it stands behind, if any."""

    rows: Any
    form: StudioFields
    narrowing: Narrowing | None = None


@dataclass(frozen=True)
class View:
    """A tab of the 整改 list: which rows it holds on a day, and their order."""

    key: str
    label: str
    condition: Callable[[date], Q]
    order: str


@dataclass(frozen=True)
class Tab:
    """A view with its count."""

    view: View
    count: int
    is_current: bool


@dataclass(frozen=True)
class ShownRectification:
    """A 整改 with its light today."""

    row: Rectification
    light: Light


STANDS = Q(closed_on=None) & ~Q(studio__status=StudioStatus.CLOSED)
VIEWS = (
    View(OPEN, "整改中", lambda _today: STANDS, "due_on"),
    View(OVERDUE, "逾期", lambda today: STANDS & Q(due_on__lt=today), "due_on"),
    View(CLOSED, "已销号", lambda _today: Q(closed_on__isnull=False), "-closed_on"),
)


def inspections(user: User, query: QueryDict) -> Listing:
    """Keys: q, town, outcome, from, to."""
    form = InspectionFilterForm(query, user=user)
    form.is_valid()
    asked = form.cleaned_data
    rows = Inspection.objects.visible_to(user).with_fails().filter(_of_studio(asked, "studio__"))
    if first := asked.get("from_"):
        rows = rows.filter(inspected_on__gte=first)
    if last := asked.get("to"):
        rows = rows.filter(inspected_on__lte=last)
    conditions = {FAILED: Q(fails__gt=0), PASSED: Q(fails=0)}
    return Listing(rows.filter(conditions.get(asked.get("outcome", ""), Q())), form)


def rectifications(user: User, query: QueryDict, today: date) -> tuple[Listing, View]:
    """Keys: view, q, town. Raises Http404 for a view that does not exist."""
    form = RectificationFilterForm(query, user=user)
    form.is_valid()
    key = form.cleaned_data.get("view") or OPEN
    view = next((view for view in VIEWS if view.key == key), None)
    if view is None:
        raise Http404(key)
    rows = Rectification.objects.visible_to(user).filter(view.condition(today)).select_related(*RELATED)
    return Listing(rows.filter(_of_studio(form.cleaned_data, "studio__")), form), view


def tabs(user: User, current: View, today: date) -> list[Tab]:
    """The views with their counts, in one query."""
    counts = Rectification.objects.visible_to(user).aggregate(
        **{view.key: Count("pk", filter=view.condition(today)) for view in VIEWS}
    )
    return [Tab(view, counts[view.key], view == current) for view in VIEWS]


def studios_to_inspect(user: User, query: QueryDict) -> Listing:
    """Studios `user` may inspect, with what the last look said. Keys: q, town."""
    form = StudioFields(query, user=user)
    form.is_valid()
    rows: StudioQuerySet = studios_inspected_by(user).filter(_of_studio(form.cleaned_data))
    return Listing(rows.with_compliance(), form)


def studios_by_compliance(user: User, query: QueryDict) -> Listing:
    """The studios behind a number of the 达标率 page, or of a statistic. Keys: q, town, kind, state, measure."""
    form = ComplianceFilterForm(filter_query(query), user=user)
    form.is_valid()
    asked, narrowed = form.cleaned_data, None
    rows = Studio.objects.worked_in_by(user)
    if query.get("measure"):
        today = timezone.localdate()
        found = counted_rows((STUDIOS,), rows, query, Span(BEGINNING, date.max, today))
        rows, narrowed = found.rows, narrowing(found, user, query, form, today)
    else:
        rows = rows.active().with_compliance()
    rows = rows.filter(_of_studio(asked))
    if kind := asked.get("kind"):
        rows = rows.filter(Q(kind=kind))
    if state := asked.get("state"):
        rows = rows.filter(Q(compliance=state))
    return Listing(rows, form, narrowed)


def light_of(row: Rectification, today: date) -> Light:
    """Burning while it is to be mended, grey once a later look found it mended."""
    if row.closed_on is not None:
        return stopped_light(due_on=row.due_on, stopped_on=row.closed_on, verb="销号")
    return running_light(due_on=row.due_on, today=today, yellow_days=YELLOW_DAYS)


def shown(rows: Any, today: date) -> list[ShownRectification]:
    """Every 整改 of a list with its light."""
    return [ShownRectification(row, light_of(row, today)) for row in rows]


def _of_studio(asked: dict[str, Any], prefix: str = "") -> Q:
    found = spelled_like(asked.get("q") or "", name=f"{prefix}search_key")
    if town := asked.get("town"):
        found &= Q(**{f"{prefix}delegation": town})
    return found
