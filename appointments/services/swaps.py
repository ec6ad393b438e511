"""The only writer of swaps: lock, ask the table, check both people again, write, tell (domain.md §5).

Locks are taken in one order everywhere: the swap, then the people, then the seats.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.enums import SwapCapacity, SwapState, SwapVerb
from appointments.models import Attendance, Swap
from appointments.permissions import can_act_for, swap_capacities
from appointments.services.checks import (
    check_given,
    check_in_time,
    check_return,
    check_taker,
    lock_people,
    lock_seats,
)
from appointments.services.seats import hand_over
from appointments.swap_news import ago, tell
from appointments.swapping import NotYoursError, SwapError, Transition, WrongStateError, find
from representatives.models import Representative

RELATED = ("seat__appointment__studio", "seat__appointment__delegation", "seat__representative", "asked", "taker")


class ConflictError(SwapError):
    """Somebody else was faster; the sentence says who did what and when."""


@dataclass(frozen=True)
class Step:
    """A verb on its way: the locked swap, the table's row, who acts in which capacities, and when."""

    swap: Swap
    transition: Transition
    held: frozenset[SwapCapacity]
    actor: User
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def check_in_time(self, seats: list[Attendance]) -> None:
        """Offices change duties until the day itself, everybody else until the cut-off. Raises SwapError."""
        if SwapCapacity.OFFICE not in self.held:
            check_in_time(seats, self.today)


@transaction.atomic
def request_swap(
    *,
    seat: Attendance,
    actor: User,
    reason: str,
    asked: Representative | None = None,
    in_return: Attendance | None = None,
) -> Swap:
    """Ask `asked` (None: any colleague of the studio) to take `seat`, perhaps against a seat of theirs.

    Raises NotYoursError for another's seat; SwapError for a seat that cannot be given, a colleague who cannot take
    it, after the cut-off, and while another swap of the seat is open.
    """
    people = lock_people(*[person for person in (seat.representative, asked) if person])
    seats = lock_seats(seat.pk, in_return.pk if in_return else None)
    draft = Swap(seat=seats[0], asked=people[1] if asked else None, in_return=seats[1] if in_return else None)
    draft.requested_by, draft.requested_at = actor, timezone.now()
    draft.reason = reason.strip()[:200]
    step = Step(draft, *_lawful(draft, SwapVerb.REQUEST, actor), actor, draft.requested_at)
    check_given(draft.seat, step.today)
    if Swap.objects.open().filter(seat=draft.seat).exists():
        raise SwapError("这次值班已有一个换班申请在办，撤回它才能另提。")
    step.check_in_time(seats)
    if draft.asked is None and draft.in_return is not None:
        raise SwapError("对换要先选好与谁换。")
    if draft.asked is not None:
        _check_both(step, draft.asked, seats)
    draft.save()
    tell(draft, SwapVerb.REQUEST, actor, step.now)
    return draft


@transaction.atomic
def accept_swap(*, swap: Swap, actor: User, taker: Representative) -> Swap:
    """`taker` says they will keep the seat, themselves or through whoever acts for them.

    Raises ConflictError when somebody was faster, NotYoursError, SwapError when one of the two cannot any more.
    """
    step = _begin(swap, SwapVerb.ACCEPT, actor)
    row = step.swap
    if row.asked_id is not None and row.asked_id != taker.pk:
        raise SwapError(f"这次换班请的是{row.asked}，只能由{row.asked}接替。")
    _owner, person = lock_people(row.seat.representative, taker)
    if not can_act_for(actor, person):
        raise NotYoursError(f"您不能替{person.name}答应接替。")
    seats = lock_seats(row.seat_id, row.in_return_id)
    step.check_in_time(seats)
    _check_both(step, person, seats)
    return _finish(step, taker=person, answered_by=actor, answered_at=step.now)


@transaction.atomic
def decline_swap(*, swap: Swap, actor: User, note: str = "") -> Swap:
    """The colleague who was asked cannot. Raises ConflictError, NotYoursError, SwapError when nobody was asked."""
    step = _begin(swap, SwapVerb.DECLINE, actor)
    if step.swap.asked is None:
        raise SwapError("这次换班没有指定请谁，不用婉拒；不换了请撤回。")
    return _finish(step, answered_by=actor, answered_at=step.now, note=note.strip()[:200])


@transaction.atomic
def un_take_swap(*, swap: Swap, actor: User) -> Swap:
    """The taker cannot after all: the swap is open to all colleagues of the studio again, a return falls away.

    Raises ConflictError, NotYoursError, SwapError after the cut-off.
    """
    step = _begin(swap, SwapVerb.UN_TAKE, actor)
    step.check_in_time(lock_seats(step.swap.seat_id, step.swap.in_return_id))
    told = step.swap.taker
    return _finish(step, told=told, taker=None, asked=None, in_return=None, answered_by=None, answered_at=None)


@transaction.atomic
def approve_swap(*, swap: Swap, actor: User) -> Swap:
    """The office lets both seats change hands, after checking both people once more.

    Raises ConflictError, NotYoursError (also for one's own swap), SwapError when it is not possible any more.
    """
    step = _begin(swap, SwapVerb.APPROVE, actor)
    row = step.swap
    assert row.taker is not None
    owner, taker = lock_people(row.seat.representative, row.taker)
    seats = lock_seats(row.seat_id, row.in_return_id)
    check_given(seats[0], step.today)
    _check_both(step, taker, seats)
    hand_over(seat=seats[0], to=taker, note=f"换班：{owner.name}换{taker.name}")
    if row.in_return_id:
        hand_over(seat=seats[1], to=owner, note=f"换班：{taker.name}换{owner.name}")
    return _finish(step, decided_by=actor, decided_at=step.now)


@transaction.atomic
def refuse_swap(*, swap: Swap, actor: User, note: str) -> Swap:
    """The office says no, and why. Raises ConflictError, NotYoursError, SwapError without a reason."""
    step = _begin(swap, SwapVerb.REFUSE, actor)
    if not note.strip():
        raise SwapError("请写明不批准的理由。")
    return _finish(step, decided_by=actor, decided_at=step.now, note=note.strip()[:200])


@transaction.atomic
def withdraw_swap(*, swap: Swap, actor: User) -> Swap:
    """The owner keeps the duty after all. Raises ConflictError, NotYoursError."""
    return _finish(_begin(swap, SwapVerb.WITHDRAW, actor))


@transaction.atomic
def confirm_duty(*, seat: Attendance, actor: User) -> Attendance:
    """确认值班: the representative will come; saying so twice is saying it once.

    Raises NotYoursError for another's seat, SwapError when the seat is not theirs to keep any more.
    """
    row = lock_seats(seat.pk)[0]
    if not can_act_for(actor, row.representative):
        raise NotYoursError("只能确认自己的值班。")
    check_kept(row, timezone.localdate())
    if row.confirmed_at is None:
        row.confirmed_at = timezone.now()
        row.save(update_fields=["confirmed_at"])
    return row


def check_kept(seat: Attendance, today: date) -> None:
    """A seat of any kind still to be kept by its person. Raises SwapError."""
    if seat.appointment.held_on < today or not Attendance.objects.standing().filter(pk=seat.pk).exists():
        raise SwapError("这次值班已经过去或已另作安排，不用确认。")


def what_happened(swap: Swap) -> str:
    """Who last did what with it and when, as a sentence for whoever came too late."""
    if swap.state == SwapState.ACCEPTED and swap.answered_at:
        return f"{swap.taker} {ago(swap.answered_at)}已答应接替这次值班。"
    if swap.state == SwapState.DECLINED and swap.answered_at:
        return f"{swap.asked} {ago(swap.answered_at)}已答复不便。"
    if swap.decided_at:
        return f"{swap.decided_by} {ago(swap.decided_at)}已{'批准' if swap.state == SwapState.DONE else '答复不批准'}。"
    return "申请人已撤回这次换班。" if swap.state == SwapState.WITHDRAWN else "接替人已退回，现在等人接替。"


def _lawful(swap: Swap, verb: SwapVerb, actor: User) -> tuple[Transition, frozenset[SwapCapacity]]:
    held = swap_capacities(actor, swap)
    return find(verb, SwapState(swap.state) if swap.pk else None, held), held


def _begin(swap: Swap, verb: SwapVerb, actor: User) -> Step:
    Swap.objects.select_for_update().get(pk=swap.pk)  # then read: what a waiting lock had joined is from before it
    row = Swap.objects.select_related(*RELATED, "decided_by").get(pk=swap.pk)
    try:
        return Step(row, *_lawful(row, verb, actor), actor, timezone.now())
    except WrongStateError as error:
        raise ConflictError(what_happened(row)) from error


def _check_both(step: Step, taker: Representative, seats: list[Attendance]) -> None:
    """The seat can be given, the taker may keep it, and the owner theirs in return. Raises SwapError."""
    seat, *back = seats
    check_given(seat, step.today)
    check_taker(seat, taker, besides=[given.pk for given in back])
    for given in back:
        check_return(seat, given, taker, step.today)


def _finish(step: Step, *, told: Representative | None = None, **fields: Any) -> Swap:
    """Write the named fields and the new state, and tell; `told` is somebody the swap no longer names."""
    swap = step.swap
    before = SwapState(swap.state)
    fields["state"] = step.transition.target
    for name, value in fields.items():
        setattr(swap, name, value)
    swap.save(update_fields=list(fields))
    tell(swap, step.transition.verb, step.actor, step.now, before=before, also=told)
    return swap
