"""What waits for somebody today, role by role; a person with two roles finds both on one desk."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User
from appointments.booking_lists import waiting
from appointments.duties import duties_on, next_duty_of_representative, next_duty_of_studios
from appointments.dutybook import OwnDuty, shown_duties, waiting_for
from appointments.models import Attendance
from appointments.presence import ShownSeat, shown
from studios.models import CalendarYear
from suggestions.lists import VIEW_BY_KEY, clocks_of, tabs
from suggestions.models import Suggestion, Supervision
from suggestions.office_querysets import is_listed, is_unanswered
from suggestions.permissions_office import can_read_supervision
from suggestions.presentation import ShownCase, show_all
from suggestions.querysets import SuggestionQuerySet

SHOWN = 10


@dataclass(frozen=True)
class Counter:
    """A number that leads to its list."""

    label: str
    number: int
    url: str
    tone: str


@dataclass(frozen=True)
class Duty:
    """The duty card: the seat, whether it is today's, and what a liaison may write down about it now."""

    seat: Attendance
    is_today: bool
    presence: ShownSeat | None = None


def counters(user: User, today: date) -> list[Counter]:
    """The saved views of the user's roles that hold anything to do, with their counts (one query)."""
    return [
        Counter(
            tab.view.label,
            tab.count,
            f"{reverse('suggestions:list')}?view={tab.view.key}",
            "red" if tab.view.is_alarm else "",
        )
        for tab in tabs(user, VIEW_BY_KEY["all"], today)
        if tab.count is not None
    ]


def booking_counters(user: User, now: datetime) -> list[Counter]:
    """Bookings that wait for an answer, and those that wait too long, where there are any (one query)."""
    count, late = waiting(user, now)
    own = not user.scope.has(*OFFICE_ROLES, Role.LIAISON)
    url = reverse("appointments:my_bookings" if own else "appointments:booking_list")
    shown = [("约见待确认", count, ""), ("约见超过 2 天未答复", late, "red")]
    return [Counter(label, number, url, tone) for label, number, tone in shown if number]


def work_of(user: User) -> SuggestionQuerySet:
    """Open cases whose next step is the user's, the nearest deadline first."""
    return Suggestion.objects.awaiting(user).order_by("due_on", "id")


def shown_work(user: User, today: date) -> list[ShownCase]:
    """The first ten of them as lists show them."""
    cases = work_of(user).with_list_related()[:SHOWN]
    return show_all(cases, today, clocks_of(user, today))


def duties(user: User, today: date) -> list[Duty]:
    """Today's seats of the liaison's studios, else the next one; a representative's own next seat."""
    found: list[Duty] = []
    if user.scope.has(Role.LIAISON):
        now = timezone.now()
        found = [
            Duty(seat, is_today=True, presence=shown(seat, seat.appointment, now)) for seat in duties_on(user, today)
        ]
        following = None if found else next_duty_of_studios(user, today)
        found += [Duty(following, is_today=False)] if following else []
    return found


def own_duty(user: User, today: date) -> OwnDuty | None:
    """The representative's next seat, with what can be done about it."""
    seat = next_duty_of_representative(user, today)
    return shown_duties([seat], today)[0] if seat else None


def duty_counters(user: User, today: date) -> list[Counter]:
    """Swaps, leave and gaps that wait for liaisons and offices, where there are any (three counts)."""
    if not user.scope.has(Role.LIAISON, *OFFICE_ROLES):
        return []
    waiting = waiting_for(user, today)
    found = (
        Counter("换班待批准", waiting.swaps, reverse("appointments:swap_list"), ""),
        Counter("请假待审批", waiting.leaves, reverse("appointments:leave_list"), ""),
        Counter("值班空缺", waiting.gaps, reverse("appointments:gap_list"), "yellow"),
    )
    return [counter for counter in found if counter.number]


def supervision_counters(user: User, today: date) -> list[Counter]:
    """Notices a unit has to answer, answers an office waits for in vain, and what is listed (one query)."""
    if not can_read_supervision(user):
        return []
    own = Q(unit_id__in=user.scope.where(Role.UNIT_HANDLER))
    figures = Supervision.objects.visible_to(user).aggregate(
        own=Count("pk", filter=is_unanswered() & own),
        late=Count("pk", filter=is_unanswered() & Q(reply_due_on__lt=today) & ~own),
        listed=Count("pk", filter=is_listed()),
    )
    address = reverse("suggestions:supervision_list")
    found = (
        Counter("督办待回复", figures["own"], f"{address}?view=current", "yellow"),
        Counter("督办超期未回复", figures["late"], f"{address}?view=overdue", "red"),
        Counter("挂牌督办", figures["listed"], f"{address}?view=listed", "red"),
    )
    return [counter for counter in found if counter.number]


def unconfirmed(user: User, today: date) -> int:
    """Seats of past duties for which a liaison or a delegation's office has not written down who came."""
    if not user.scope.has(Role.LIAISON, Role.DELEGATION_OFFICE):
        return 0
    return Attendance.objects.visible_to(user).unconfirmed(today).count()


def calendar_alarm(user: User) -> int | None:
    """From 1 November the county office is told when next year's holidays are not announced: that year, else None."""
    if not user.scope.has(Role.COUNTY_OFFICE):
        return None
    return CalendarYear.objects.awaited(timezone.localdate())
