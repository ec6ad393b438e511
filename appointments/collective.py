"""集中约见日: which day it is, what is odd about it, and which delegations hold it (domain.md §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Organization, User
from accounts.querysets import OrganizationQuerySet
from appointments.enums import AppointmentKind
from appointments.models import Appointment, CollectiveDay
from appointments.quarters import Quarter
from appointments.querysets import AppointmentQuerySet
from studios.calendar import collective_day
from studios.enums import HolidayKind
from studios.models import Holiday
from studios.services import load_calendar


@dataclass(frozen=True)
class Day:
    """The collective day of one county and quarter; `reason` is empty for the last Sunday."""

    county: Organization
    quarter: Quarter
    held_on: date
    reason: str
    warning: str


@dataclass(frozen=True)
class Line:
    """One delegation with its appointment of the quarter, None while there is none."""

    delegation: Organization
    appointment: Appointment | None
    may_arrange: bool


def day_of(county: Organization, quarter: Quarter) -> tuple[date, str]:
    """The day of `county` in `quarter`, and why it differs from the last Sunday ("" where it does not)."""
    row = CollectiveDay.objects.filter(county=county, quarter_on=quarter.first).first()
    return (row.held_on, row.reason) if row else (collective_day(quarter.first), "")


def shown_day(county: Organization, quarter: Quarter) -> Day:
    """The day with what is odd about it: inside a holiday, a make-up workday, or a year not announced yet."""
    held_on, reason = day_of(county, quarter)
    return Day(county, quarter, held_on, reason, warning_about(held_on))


def warning_about(day: date) -> str:
    """A sentence where `day` is in a holiday, a make-up workday, or of a year whose holidays are not announced.

    A weekend is in the holiday whose days off it touches: rows tell only days that differ from Monday to Friday.
    """
    calendar = load_calendar()
    if calendar.exceptions.get(day) == HolidayKind.MAKEUP_WORKDAY:
        return "这天是调休上班日。"
    off = {day} if not calendar.is_workday(day) else set()
    for step in (timedelta(days=-1), timedelta(days=1)):
        other = day + step
        while off and not calendar.is_workday(other):
            off.add(other)
            other += step
    holiday = Holiday.objects.filter(date__in=off, kind=HolidayKind.HOLIDAY).first()
    if holiday is not None:
        return f"这天在{holiday.name}假期内，请确认是否另定日子。"
    return f"{day.year}年放假安排还没有公布，日子是暂定。" if calendar.is_provisional(day) else ""


def lines_of(user: User, quarter: Quarter) -> list[Line]:
    """The delegations whose collective appointments `user` reads, each with that of `quarter` (four queries)."""
    delegations = read_delegations(user)
    meetings = of_quarter(quarter).filter(delegation__in=delegations).with_turnout().order_by("held_on", "pk")
    found = {row.delegation_id: row for row in meetings}
    own = set(Organization.objects.registered_by(user).values_list("pk", flat=True))
    return [
        Line(row, found.get(row.pk), row.pk in own) for row in delegations.select_related("county").order_by("code")
    ]


def read_delegations(user: User) -> OrganizationQuerySet:
    """Delegations whose collective days `user` reads: an office's own, all of a county for its office and leaders."""
    scope = user.scope
    read = Q(county_id__in=scope.reads_county_ids) | Q(pk__in=scope.where(Role.DELEGATION_OFFICE))
    return Organization.objects.visible_to(user).delegations().active().filter(read)


def counties_of(lines: Iterable[Line]) -> list[Organization]:
    """The counties of those delegations, each once."""
    return list(
        {line.delegation.county_id: line.delegation.county for line in lines if line.delegation.county}.values()
    )


def of_quarter(quarter: Quarter) -> AppointmentQuerySet:
    """Collective appointments of `quarter` that stand."""
    return Appointment.objects.in_force().of_kind(AppointmentKind.COLLECTIVE).between(quarter.first, quarter.last)
