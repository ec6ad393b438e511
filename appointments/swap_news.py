"""What people are told about swaps and leave. Rows only: the sweep sends them, if it still stands then."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from appointments.enums import LeaveStatus, SwapState, SwapVerb
from appointments.models import Leave, Swap
from notifications.models import Reminder, role_address, user_address
from notifications.registry import Verdict, cancel, register, send
from notifications.services import ReminderDraft, schedule_reminders
from representatives.models import Representative

SWAP = "appointments.swap"
LEAVE = "appointments.leave"
NEWS_LIFE = timedelta(days=60)
HOUR = 60


@dataclass(frozen=True)
class News:
    """What one verb tells whom: the owner, the other one (asked, taker or all colleagues), liaisons, office."""

    title: str
    to_owner: bool = True
    to_other: bool = True
    to_liaisons: bool = True
    to_office: bool = False


NEWS = {
    SwapVerb.REQUEST: News("{owner}请求换班：{duty}", to_owner=False),
    SwapVerb.ACCEPT: News("{taker}接替{owner}值班，待批准：{duty}", to_other=False, to_office=True),
    SwapVerb.DECLINE: News("{asked}不便接替{owner}：{duty}", to_other=False),
    SwapVerb.UN_TAKE: News("{told}退回接替，{owner}的值班等人接替：{duty}"),
    SwapVerb.APPROVE: News("换班已批准：{duty}由{taker}值班", to_office=True),
    SwapVerb.REFUSE: News("换班未批准，仍由{owner}值班：{duty}"),
    SwapVerb.WITHDRAW: News("{owner}撤回换班：{duty}", to_owner=False),
}
ASKS = {
    SwapVerb.REQUEST: SwapState.REQUESTED,
    SwapVerb.ACCEPT: SwapState.ACCEPTED,
    SwapVerb.UN_TAKE: SwapState.REQUESTED,
}
"""News that asks somebody to act is void once the swap has moved on."""


def tell(
    swap: Swap,
    verb: SwapVerb,
    actor: User,
    now: datetime,
    *,
    before: SwapState = SwapState.REQUESTED,
    also: Representative | None = None,
) -> None:
    """Write the news of `verb`, taken by `actor`, to everybody concerned but the actor.

    `before` is the state it came from: the office hears of the end of what waited for it. `also` is somebody the swap
    no longer names.
    """
    news, meeting = NEWS[verb], swap.seat.appointment
    names = {"owner": swap.seat.representative, "taker": swap.taker, "asked": swap.asked, "told": also}
    title = news.title.format(duty=duty_words(swap), **names)
    people: list[User | None] = [swap.seat.representative.user] if news.to_owner else []
    if news.to_other:
        people += [person.user for person in _others(swap, also)]
    if news.to_liaisons and meeting.studio is not None:
        people += meeting.studio.liaisons.all()
    addresses = {user_address(user): None for user in people if user is not None and user != actor}
    if news.to_office or (verb != SwapVerb.REFUSE and before == SwapState.ACCEPTED):
        addresses[role_address(Role.DELEGATION_OFFICE, meeting.delegation)] = None
    body = "；".join(part for part in (swap.reason, f"说明：{swap.note}" if swap.note else "") if part)
    _write(SWAP, f"swap:{swap.pk}", f"{verb}-{now.timestamp():.0f}", addresses, title, body, swap.get_absolute_url())


def tell_leave(leave: Leave, actor: User, now: datetime, gaps: int = 0) -> None:
    """Write what became of a leave: a request to the office, everything else to the person and their liaisons.

    `gaps` is how many duties it leaves open; the office hears of them.
    """
    person = leave.representative
    title = f"{person.name}请假{leave_words(leave)}：{LeaveStatus(leave.status).label}"
    users = [person.user, *User.objects.filter(studios__representatives=person).distinct()]
    addresses = {user_address(user): None for user in users if user is not None and user != actor}
    if leave.status in {LeaveStatus.REQUESTED, LeaveStatus.WITHDRAWN} or gaps:
        addresses[role_address(Role.DELEGATION_OFFICE, person.delegation)] = None
    body = f"{gaps} 次值班空缺，需要安排人接替" if gaps else leave.decision_note
    occurrence = f"{leave.status}-{now.timestamp():.0f}"
    _write(LEAVE, f"leave:{leave.pk}", occurrence, addresses, title, body, leave.get_absolute_url())


def duty_words(swap: Swap) -> str:
    """11月28日曲塘镇第一村党代表工作室."""
    meeting = swap.seat.appointment
    return f"{meeting.held_on.month}月{meeting.held_on.day}日{meeting.studio}"


def leave_words(leave: Leave) -> str:
    """11月28日至12月5日."""
    first, last = leave.first_on, leave.last_on
    one = f"{first.month}月{first.day}日"
    return one if first == last else f"{one}至{last.month}月{last.day}日"


def ago(at: datetime) -> str:
    """刚刚, 5 分钟前, 11月24日 09:30."""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    return f"{minutes} 分钟前" if minutes < HOUR else f"{timezone.localtime(at):%-m月%-d日 %H:%M}"


def check_swap(reminder: Reminder, _now: datetime) -> Verdict:
    """A request is told while it stands; what happened stays true."""
    asks = ASKS.get(SwapVerb(reminder.occurrence.split("-")[0]))
    return _while_it_stands(asks, lambda: Swap.objects.filter(pk=reminder.subject_key, state=asks).exists())


def check_leave(reminder: Reminder, _now: datetime) -> Verdict:
    """A request is told while it stands; what happened stays true."""
    status = reminder.occurrence.split("-")[0]
    asks = status if status == LeaveStatus.REQUESTED else None
    return _while_it_stands(asks, lambda: Leave.objects.filter(pk=reminder.subject_key, status=asks).exists())


def _while_it_stands(asks: str | None, stands: Callable[[], bool]) -> Verdict:
    return send() if asks is None or stands() else cancel("已经办过")


def _others(swap: Swap, also: Representative | None) -> Iterable[Representative]:
    """Whom the owner swaps with; all colleagues of the studio while nobody in particular."""
    named = [person for person in (swap.taker or swap.asked, also) if person is not None]
    studio = swap.seat.appointment.studio
    if swap.taker or swap.asked or studio is None:
        return named
    colleagues = studio.representatives.active().standing().exclude(pk=swap.seat.representative_id)
    return [*named, *colleagues.select_related("user")]


def _write(kind: str, subject: str, occurrence: str, addresses: Iterable[str], title: str, body: str, url: str) -> None:
    now = timezone.now()
    schedule_reminders(
        ReminderDraft(
            kind=kind,
            subject=subject,
            occurrence=occurrence,
            offset=0,
            recipient=address,
            title=title,
            body=body,
            url=url,
            due_at=now,
            expires_at=now + NEWS_LIFE,
        )
        for address in addresses
    )


register(SWAP, check_swap)
register(LEAVE, check_leave)
