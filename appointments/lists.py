"""The registers of visits, appointments and attendance: one function each for what a query asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from accounts.kept_lists import VISITS, Asked, KeptTabs, kept_tabs, opened
from accounts.models import User
from accounts.pinyin import spelled_like
from appointments.forms.filters import AppointmentFilterForm, AttendanceFilterForm, PeriodFields, VisitFilterForm
from appointments.measures import APPOINTMENT_SOURCES, ATTENDANCE_SOURCES, EXPECTED, VISIT_SOURCES
from appointments.models import Appointment, Attendance, Visit
from appointments.querysets import AttendanceQuerySet
from representatives.models import Representative
from studios.measures import Source, Span, counted_rows, measures_of
from studios.narrowing import Narrowing, filter_query, narrowing
from studios.periods import BEGINNING

END = date.max


@dataclass(frozen=True)
class Register:
    """The rows a query asks for, the form that says what was wrong, and what the list is called."""

    rows: Any
    form: PeriodFields
    label: str
    narrowing: Narrowing | None = None

    @property
    def heading(self) -> str:
        """What is listed: the name of the register, or the number it stands behind with all that narrows it."""
        return self.narrowing.words if self.narrowing else self.label


def visits(user: User, query: QueryDict) -> Register:
    """Keys: q, outcome, category, studio, from, to, measure. Raises Http404 for an unknown measure."""
    form, rows = VisitFilterForm(filter_query(query), user=user), Visit.objects.visible_to(user)
    conditions = _plain("outcome", "category", "studio")
    found = _register(user, rows, query, form, VISIT_SOURCES, "接访登记簿", conditions)
    return replace(found, rows=found.rows.matching(form.cleaned_data.get("q", ""), user))


def kept_visits(user: User, query: QueryDict) -> KeptTabs:
    """The views of the register that `user` keeps, as far as their conditions still exist."""

    def ask(kept: QueryDict) -> Asked:
        found = visits(user, kept)
        return found.form, found.rows

    named = [("measure", measures_of(VISIT_SOURCES), "统计项目")]
    return kept_tabs(user, VISITS, query, lambda kept: opened(kept, named, ask))


def appointments(user: User, query: QueryDict) -> Register:
    """Keys: kind, from, to, measure. Raises Http404 for an unknown measure."""
    form, rows = AppointmentFilterForm(filter_query(query)), Appointment.objects.visible_to(user)
    return _register(user, rows, query, form, APPOINTMENT_SOURCES, "约见", _plain("kind"))


def attendances(user: User, query: QueryDict) -> Register:
    """Keys: q, delegation, kind, status, person, by, from, to, measure. Raises Http404 for an unknown measure."""
    form = AttendanceFilterForm(filter_query(query), user=user)
    rows = Attendance.objects.visible_to(user)
    return _register(user, rows, query, form, ATTENDANCE_SOURCES, "到岗情况", _attendance_conditions)


def attendance_basis(user: User, found: Register) -> AttendanceQuerySet:
    """What the rates of the list are worked out from: all its conditions but for what came of it."""
    asked = found.form.cleaned_data | {"status": ""}
    rows = Attendance.objects.visible_to(user).filter(_attendance_conditions(asked))
    if found.narrowing:
        rows = EXPECTED.narrowed(rows, found.narrowing.where)
    return rows.between(asked.get("from_") or BEGINNING, asked.get("to") or END)


def _register(
    user: User,
    rows: Any,
    query: QueryDict,
    form: PeriodFields,
    sources: Sequence[Source],
    label: str,
    conditions: Callable[[dict[str, Any]], Q],
) -> Register:
    form.is_valid()
    asked = form.cleaned_data
    first, last = asked.get("from_") or BEGINNING, asked.get("to") or END
    if not asked.get("measure"):
        return Register(rows.between(first, last).filter(conditions(asked)), form, label)
    today = timezone.localdate()
    found = counted_rows(sources, rows, query, Span(first, last, today))
    narrowed = narrowing(found, user, query, form, today)
    return Register(found.rows.filter(conditions(asked)), form, found.label, narrowed)


def _plain(*names: str, **paths: str) -> Callable[[dict[str, Any]], Q]:
    lookups = dict.fromkeys(names) | paths
    return lambda asked: Q(**{path or name: asked[name] for name, path in lookups.items() if asked.get(name)})


def _attendance_conditions(asked: dict[str, Any]) -> Q:
    paths = {"kind": "appointment__kind", "delegation": "appointment__delegation", "person": "representative"}
    found = _plain("status", **paths)(asked)
    if text := asked.get("q"):
        found &= Q(representative__in=Representative.objects.filter(spelled_like(text)))
    return found
