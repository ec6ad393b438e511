"""The case list: built-in views, conditions, and the one function that the page and its export share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Case, Count, DateField, F, Q, Value, When
from django.http import Http404, QueryDict

from accounts.enums import Role
from accounts.models import User
from studios.measures import Span, counted_rows
from studios.narrowing import Narrowing, filter_query, narrowing
from studios.periods import BEGINNING, Period
from studios.services import load_calendar
from suggestions.enums import HANDLING_STATES, UNFINISHED_STATES, RequestKind, State
from suggestions.forms.filters import DEADLINE, CaseFilterForm, Places, places_of
from suggestions.measures import CASE_SOURCES
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.presentation import Clocks
from suggestions.querysets import PROMISED, SuggestionQuerySet, is_in_inbox, is_overdue

Thing = TypeVar("Thing")

OWED = frozenset({"soon", "overdue"})
"""Views of running clocks: a unit that has handed in its part of a shared case is not late in it."""
SOON = timedelta(days=3)
NO_DEADLINE = date(9999, 12, 31)

OFFICES = frozenset({Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE})
AUTHORS = frozenset({Role.LIAISON, Role.REPRESENTATIVE})
READERS = OFFICES | AUTHORS | {Role.LEADER}
EVERYBODY = READERS | {Role.UNIT_HANDLER}


@dataclass(frozen=True)
class BuiltInView:
    """A tab of the list: who is offered it, and which cases it holds for a user on a day."""

    key: str
    label: str
    roles: frozenset[Role]
    condition: Callable[[User, date], Q]
    is_counted: bool = True
    is_alarm: bool = False


@dataclass(frozen=True)
class Tab:
    """A built-in view as one user sees it today; `count` is None where it is not counted."""

    view: BuiltInView
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class CaseList:
    """The cases a query asks for, the form that says what was wrong, and what the list is called."""

    cases: SuggestionQuerySet
    form: CaseFilterForm
    view: BuiltInView
    label: str
    period: Period | None
    order: str
    narrowing: Narrowing | None = None

    @property
    def heading(self) -> str:
        """What is listed: the view, or the number the list stands behind with all that narrows it."""
        return self.narrowing.words if self.narrowing else self.label


def _in(*states: State) -> Callable[[User, date], Q]:
    return lambda _user, _today: Q(state__in=states)


def _inbox(user: User, _today: date) -> Q:
    return is_in_inbox(user)


def _to_assign(user: User, _today: date) -> Q:
    return is_in_inbox(user) & ~Q(state=State.SUBMITTED)


def _to_sign(user: User, _today: date) -> Q:
    """A unit signs for itself; everybody else sees cases nobody has begun with."""
    own = _own(user)
    return own & Q(pk__in=Suggestion.objects.to_sign_by(user).values("pk")) if own else Q(state=State.ASSIGNED)


def _handling(user: User, today: date) -> Q:
    own = _own(user)
    return own & ~_to_sign(user, today) if own else Q(state=State.HANDLING)


def _soon(user: User, today: date) -> Q:
    if _own(user):
        return _owed(user, due_on__range=(today, today + SOON))
    return Q(state__in=HANDLING_STATES, due_on__range=(today, today + SOON))


def _overdue(user: User, today: date) -> Q:
    return _owed(user, due_on__lt=today) if _own(user) else is_overdue(today)


def _own(user: User) -> Q:
    """What the user's unit owes, where somebody works for a unit and nothing else; empty for all others."""
    is_unit = user.scope.has(Role.UNIT_HANDLER) and not user.scope.has(*READERS)
    return _owed(user) if is_unit else Q()


def _owed(user: User, **conditions: object) -> Q:
    return Q(pk__in=Suggestion.objects.owed_by(user, **conditions).values("pk"))


def _asked(kind: RequestKind) -> Callable[[User, date], Q]:
    return lambda user, _today: Q(pk__in=Suggestion.objects.to_decide_by(user, kind).values("pk"))


def _handed_back(user: User, today: date) -> Q:
    return _to_assign(user, today) & Q(pk__in=Suggestion.objects.handed_back().values("pk"))


def _to_countersign(user: User, _today: date) -> Q:
    return Q(pk__in=Suggestion.objects.to_countersign_by(user).values("pk"))


def _unsatisfied(_user: User, _today: date) -> Q:
    return Suggestion.objects.all().is_unsatisfied()


def _promised(_user: User, _today: date) -> Q:
    return PROMISED


def _all(_user: User, _today: date) -> Q:
    return Q()


PROMISES = BuiltInView("promised", "承诺待兑现", EVERYBODY, _promised)
ALL = BuiltInView("all", "全部", EVERYBODY, _all, is_counted=False)
VIEWS: tuple[BuiltInView, ...] = (
    BuiltInView("triage", "待我处理", OFFICES, _inbox),
    BuiltInView("draft", "草稿", AUTHORS, _in(State.DRAFT)),
    BuiltInView("submitted", "待受理", frozenset({Role.DELEGATION_OFFICE, *AUTHORS}), _in(State.SUBMITTED)),
    BuiltInView("to_assign", "待交办", OFFICES, _to_assign),
    BuiltInView("reassign", "退回待改派", OFFICES, _handed_back),
    BuiltInView("returned", "退回补充", frozenset({Role.DELEGATION_OFFICE, *AUTHORS}), _in(State.RETURNED)),
    BuiltInView("asked_return", "退办待审批", OFFICES, _asked(RequestKind.RETURN)),
    BuiltInView("asked_extension", "延期待审批", OFFICES, _asked(RequestKind.EXTENSION)),
    BuiltInView("to_countersign", "待会签", frozenset({Role.UNIT_HANDLER}), _to_countersign),
    BuiltInView("to_sign", "待签收", EVERYBODY, _to_sign),
    BuiltInView("handling", "办理中", EVERYBODY, _handling),
    BuiltInView("soon", "三日内到期", EVERYBODY, _soon),
    BuiltInView("overdue", "逾期", EVERYBODY, _overdue, is_alarm=True),
    BuiltInView("to_forward", "待转交", OFFICES | {Role.UNIT_HANDLER}, _in(State.REPLY_REVIEW)),
    BuiltInView("to_rate", "待评价", READERS, _in(State.AWAIT_EVALUATION)),
    BuiltInView("unsatisfied", "不满意", READERS, _unsatisfied, is_alarm=True),
    PROMISES,
    BuiltInView("closed", "已办结", EVERYBODY, _in(State.CLOSED), is_counted=False),
    ALL,
)
VIEW_BY_KEY = {view.key: view for view in VIEWS}


def filtered_cases(user: User, query: QueryDict, today: date, places: Places | None = None) -> CaseList:
    """Exactly the cases that `query` asks for among those `user` may see; page and export both start here.

    Keys: view, measure, q, state, category, delegation, unit, from, to, sort. With `measure` the days bound the
    measure, else the day of acceptance. Raises Http404 for a view or a measure that does not exist. `places`: those of
    `places_of(user)`, where many lists are asked for at once.
    """
    form = CaseFilterForm(filter_query(query), places=places or places_of(user))
    form.is_valid()
    asked = form.cleaned_data
    view = _named(VIEW_BY_KEY, asked.get("view") or ALL.key)
    cases = Suggestion.objects.visible_to(user).filter(view.condition(user, today))
    label, period, narrowed = view.label, _period(asked, today), None
    if asked.get("measure"):
        period = period or Period(BEGINNING, today, "all", "全部")
        found = counted_rows(CASE_SOURCES, cases, query, Span.of(period, today))
        cases, label, narrowed = found.rows, found.label, narrowing(found, user, query, form, today)
        asked = {name: value for name, value in asked.items() if name not in found.where}  # narrowed as it was counted
    elif period is not None:
        cases = cases.filter(accepted_on__range=(period.first, period.last))
    cases = cases.filter(_conditions(asked)).matching(asked.get("q", ""), user)
    if asked.get("unit"):
        cases = cases.answered_by(asked["unit"], is_owed=view.key in OWED)
    order = "promise_on" if view == PROMISES else "-id"
    if asked.get("sort") == DEADLINE:
        cases, order = _by_deadline(cases), "ends_on"
    return CaseList(cases, form, view, label, period, order, narrowed)


def tabs(user: User, current: BuiltInView, today: date) -> list[Tab]:
    """The built-in views of the user's roles with counts: a query over the unfinished cases, one over promises."""
    offered = [view for view in VIEWS if user.scope.has(*view.roles)]
    counted = [view for view in offered if view.is_counted and view != PROMISES]
    figures = (
        Suggestion.objects.visible_to(user)
        .filter(state__in=UNFINISHED_STATES)
        .aggregate(**{view.key: Count("pk", filter=view.condition(user, today)) for view in counted})
    )
    if PROMISES in offered:
        figures[PROMISES.key] = Suggestion.objects.visible_to(user).promised().count()
    return [Tab(view, figures.get(view.key), view == current) for view in offered]


def clocks_of(user: User, today: date) -> Clocks:
    """What the lights of a list need, for the counties of `user`; three queries for any number of rows."""
    policies = DeadlinePolicy.objects.visible_to(user).filter(effective_from__lte=today).order_by("effective_from")
    rules = {policy.county_id: policy.rules for policy in policies}
    is_office = user.scope.has(*OFFICES)
    return Clocks(load_calendar(), rules, is_office, () if is_office else user.scope.where(Role.UNIT_HANDLER))


def _conditions(asked: dict[str, Any]) -> Q:
    found = Q()
    for name in ("state", "category", "delegation"):
        if asked.get(name):
            found &= Q(**{name: asked[name]})
    return found


def _period(asked: dict[str, Any], today: date) -> Period | None:
    first, last = asked.get("from_"), asked.get("to")
    if not first and not last:
        return None
    return Period(first or BEGINNING, last or today, "custom", "自定义")


def _by_deadline(cases: SuggestionQuerySet) -> SuggestionQuerySet:
    """Annotate what to sort by: the due date while the clock runs; all others come last."""
    return cases.annotate(
        ends_on=Case(
            When(state__in=HANDLING_STATES, then=F("due_on")),
            default=Value(NO_DEADLINE),
            output_field=DateField(),
        )
    )


def _named(things: dict[str, Thing], key: str) -> Thing:
    try:
        return things[key]
    except KeyError:
        raise Http404(key) from None
