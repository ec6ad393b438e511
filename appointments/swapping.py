"""The life of a swap (换班, domain.md §5) as one table, and until when it may be changed. No ORM, request or clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from appointments.enums import SwapCapacity as C
from appointments.enums import SwapState as S
from appointments.enums import SwapVerb as V


@dataclass(frozen=True)
class Transition:
    """Who may take a swap from which states to which; source None: there is none yet.

    Whoever stands in a `barred` capacity may not, whatever else they are.
    """

    verb: V
    sources: frozenset[S | None]
    target: S
    who: frozenset[C]
    barred: frozenset[C] = frozenset()

    def is_open_to(self, capacities: Iterable[C]) -> bool:
        held = frozenset(capacities)
        return bool(held & self.who) and not held & self.barred


class SwapError(Exception):
    """A step that is not possible; the message is a sentence for the person."""


class WrongStateError(SwapError):
    """The swap does not stand where this verb begins."""


class NotYoursError(SwapError):
    """The swap stands right, but somebody else takes this step."""


ON_BEHALF = (C.LIAISON, C.OFFICE)


def _row(verb: V, sources: Iterable[S | None], target: S, *who: C, barred: tuple[C, ...] = ()) -> Transition:
    return Transition(verb, frozenset(sources), target, frozenset(who), frozenset(barred))


TRANSITIONS: tuple[Transition, ...] = (
    _row(V.REQUEST, [None], S.REQUESTED, C.OWNER, *ON_BEHALF),
    _row(V.ACCEPT, [S.REQUESTED], S.ACCEPTED, C.ASKED, C.COLLEAGUE, *ON_BEHALF),
    _row(V.DECLINE, [S.REQUESTED], S.DECLINED, C.ASKED, *ON_BEHALF),
    _row(V.UN_TAKE, [S.ACCEPTED], S.REQUESTED, C.TAKER, *ON_BEHALF),
    _row(V.APPROVE, [S.ACCEPTED], S.DONE, C.OFFICE, barred=(C.OWNER, C.TAKER)),
    _row(V.REFUSE, [S.REQUESTED, S.ACCEPTED], S.REFUSED, C.OFFICE, barred=(C.OWNER, C.TAKER)),
    _row(V.WITHDRAW, [S.REQUESTED, S.ACCEPTED], S.WITHDRAWN, C.OWNER, *ON_BEHALF),
)

STANDING: dict[S | None, str] = {
    None: "还没有换班申请",
    S.REQUESTED: "还没有人接替",
    S.ACCEPTED: "已有人接替，正等批准",
    S.DONE: "已经换班",
    S.DECLINED: "对方已答复不便",
    S.REFUSED: "已答复不批准",
    S.WITHDRAWN: "已经撤回",
}


def available(state: S | None, capacities: Iterable[C]) -> tuple[Transition, ...]:
    """Every transition lawful from `state` for somebody standing in `capacities`."""
    held = frozenset(capacities)
    return tuple(row for row in TRANSITIONS if state in row.sources and row.is_open_to(held))


def find(verb: V, state: S | None, capacities: Iterable[C]) -> Transition:
    """The one row that applies. Raises WrongStateError or NotYoursError with a sentence for the person."""
    row = next(row for row in TRANSITIONS if row.verb == verb)
    if state not in row.sources:
        raise WrongStateError(f"{STANDING[state]}，不能{verb.label}")
    if not row.is_open_to(capacities):
        who = "、".join(sorted(capacity.label for capacity in row.who))
        raise NotYoursError(f"这一步由{who}办理，您不能{verb.label}")
    return row


def last_day(duties: Iterable[date], swap_days: int) -> date:
    """The last day on which representatives change `duties` among themselves: so many days before the first."""
    return min(duties) - timedelta(days=swap_days)


def breaks_gap(day: date, others: Iterable[date], gap_weeks: int) -> date | None:
    """The duty among `others` nearest to `day` when it is less than `gap_weeks` away, else None."""
    nearest = min(others, key=lambda other: (abs((other - day).days), other), default=None)
    return nearest if nearest is not None and abs((nearest - day).days) < gap_weeks * 7 else None
