"""The list of notices: its tabs, its conditions, its rows as they are shown; and the notices of one case."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, QueryDict

from accounts.models import User
from studios.clocks import SHANGHAI, Light, end_of_day
from suggestions.forms.filters import places_of
from suggestions.forms.supervision import SupervisionFilterForm
from suggestions.models import Suggestion, Supervision
from suggestions.office_querysets import SupervisionQuerySet, is_listed, is_unanswered
from suggestions.permissions_office import can_answer, can_lift, can_supervise
from suggestions.services.supervision import obstacle_to_lift
from suggestions.supervising import notice_light, obstacle_to_supervise

CURRENT = "current"
VIEWS = {
    CURRENT: "在督",
    "overdue": "超期未回复",
    "listed": "挂牌中",
    "lifted": "已摘牌",
    "all": "全部",
}
COUNTED = (CURRENT, "overdue", "listed")


@dataclass(frozen=True)
class Tab:
    """A view of the list with its count; None where it is not counted."""

    key: str
    label: str
    count: int | None
    is_alarm: bool
    is_current: bool


@dataclass(frozen=True)
class NoticeList:
    """The notices a query asks for, the form that says what was wrong, and the view they are of."""

    rows: SupervisionQuerySet
    form: SupervisionFilterForm
    view: str
    label: str


@dataclass(frozen=True)
class ShownNotice:
    """A notice with its light, and what the user may do about it."""

    notice: Supervision
    light: Light | None
    may_answer: bool
    may_lift: bool


@dataclass(frozen=True)
class CaseNotices:
    """The notices of one case, newest first, and whether the user may send another."""

    rows: list[ShownNotice]
    may_supervise: bool


def filtered_notices(user: User, query: QueryDict, today: date) -> NoticeList:
    """Keys: view, q, kind, delegation, unit, from, to. Raises Http404 for an unknown view."""
    form = SupervisionFilterForm(query, places=places_of(user))
    form.is_valid()
    asked = form.cleaned_data
    view = asked.get("view") or CURRENT
    if view not in VIEWS:
        raise Http404(view)
    rows = Supervision.objects.visible_to(user).filter(_condition(view, today), _conditions(asked))
    return NoticeList(rows, form, view, VIEWS[view])


def tabs(user: User, current: str, today: date) -> list[Tab]:
    """The views of the list, with counts from one query."""
    figures = Supervision.objects.visible_to(user).aggregate(
        **{key: Count("pk", filter=_condition(key, today)) for key in COUNTED}
    )
    return [Tab(key, label, figures.get(key), key == "overdue", key == current) for key, label in VIEWS.items()]


def show_notice(notice: Supervision, user: User, today: date) -> ShownNotice:
    """`notice` as `user` sees it; reads its case and the case's assignments."""
    return ShownNotice(
        notice,
        notice_light(notice, today),
        may_answer=notice.is_owed and can_answer(user, notice),
        may_lift=can_lift(user, notice) and not obstacle_to_lift(notice),
    )


def notices_of(case: Suggestion, user: User, today: date) -> CaseNotices:
    """What the case page shows of its notices (one query)."""
    rows = list(case.supervisions.select_related("unit", "issued_by", "replied_by", "lifted_by"))
    for row in rows:
        row.suggestion = case
    may_supervise = can_supervise(user, case) and not obstacle_to_supervise(case)
    return CaseNotices([show_notice(row, user, today) for row in rows], may_supervise)


def _condition(view: str, today: date) -> Q:
    return {
        CURRENT: is_listed() | is_unanswered(),
        "overdue": is_unanswered() & Q(reply_due_on__lt=today),
        "listed": is_listed(),
        "lifted": Q(lifted_at__isnull=False),
        "all": Q(),
    }[view]


def _conditions(asked: dict[str, Any]) -> Q:
    paths = {"kind": "kind", "delegation": "suggestion__delegation", "unit": "unit"}
    found = Q(**{path: asked[name] for name, path in paths.items() if asked.get(name)})
    if text := asked.get("q"):
        found &= Q(suggestion__title__icontains=text) | Q(suggestion__number__icontains=text)
    if first := asked.get("from_"):
        found &= Q(issued_at__gte=datetime.combine(first, time.min, SHANGHAI))
    if last := asked.get("to"):
        found &= Q(issued_at__lt=end_of_day(last))
    return found
