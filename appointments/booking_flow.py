"""The life of a 指定约见 as one table: pure data and two questions. No ORM, request or clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from appointments.enums import BookingState as S


class Verb(StrEnum):
    REQUEST = "request"
    ACCEPT = "accept"
    MOVE = "move"
    DECLINE = "decline"
    CANCEL = "cancel"
    KEEP = "keep"
    MISS = "miss"

    @property
    def label(self) -> str:
        return VERB_WORDS[self]


VERB_WORDS = {
    Verb.REQUEST: "登记约见",
    Verb.ACCEPT: "确认约见",
    Verb.MOVE: "改期",
    Verb.DECLINE: "婉拒",
    Verb.CANCEL: "取消约见",
    Verb.KEEP: "登记见面",
    Verb.MISS: "记为未到",
}


class Party(StrEnum):
    """In what capacity somebody stands before one booking; several may hold at once."""

    REPRESENTATIVE = "representative"
    LIAISON = "liaison"
    OFFICE = "office"


PARTY_WORDS = {
    Party.REPRESENTATIVE: "被约的党代表",
    Party.LIAISON: "工作室联络员",
    Party.OFFICE: "代表队办公室和党联办",
}


@dataclass(frozen=True)
class Transition:
    """Who may take a booking from which states to which; `sources` None: it does not exist yet."""

    verb: Verb
    sources: frozenset[S | None]
    target: S
    who: frozenset[Party]


class BookingError(Exception):
    """A step that is not lawful now; the message is a sentence for the person, `field` what it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class WrongStateError(BookingError):
    """The booking does not stand where this verb begins: somebody was faster."""


class NotYoursError(BookingError):
    """The booking stands right, but somebody else takes this step."""


KEEPERS = (Party.LIAISON, Party.OFFICE)
EVERYBODY = (*KEEPERS, Party.REPRESENTATIVE)


def _row(verb: Verb, sources: Iterable[S | None], target: S, *who: Party) -> Transition:
    return Transition(verb, frozenset(sources), target, frozenset(who))


TRANSITIONS: tuple[Transition, ...] = (
    _row(Verb.REQUEST, [None], S.REQUESTED, *KEEPERS),
    _row(Verb.ACCEPT, [S.REQUESTED], S.ACCEPTED, *EVERYBODY),
    _row(Verb.MOVE, [S.REQUESTED, S.ACCEPTED], S.ACCEPTED, *EVERYBODY),
    _row(Verb.DECLINE, [S.REQUESTED], S.DECLINED, *EVERYBODY),
    _row(Verb.CANCEL, [S.REQUESTED], S.CANCELLED, *KEEPERS),
    _row(Verb.CANCEL, [S.ACCEPTED], S.CANCELLED, *EVERYBODY),
    _row(Verb.KEEP, [S.ACCEPTED], S.KEPT, Party.LIAISON),
    _row(Verb.MISS, [S.ACCEPTED], S.MISSED, *EVERYBODY),
)

STANDING: dict[S | None, str] = {
    None: "还没有登记",
    S.REQUESTED: "还在等待确认",
    S.ACCEPTED: "已经确认",
    S.DECLINED: "已经婉拒",
    S.CANCELLED: "已经取消",
    S.KEPT: "已经见面",
    S.MISSED: "已记为未到",
}


def available(state: S, parties: Iterable[Party]) -> frozenset[Verb]:
    """The verbs lawful from `state` for somebody standing in `parties`."""
    held = frozenset(parties)
    return frozenset(row.verb for row in TRANSITIONS if state in row.sources and held & row.who)


def find(verb: Verb, state: S | None, parties: Iterable[Party]) -> Transition:
    """The one row that applies. Raises WrongStateError or NotYoursError with a sentence for the person."""
    starting_here = [row for row in TRANSITIONS if row.verb == verb and state in row.sources]
    if not starting_here:
        raise WrongStateError(f"这个约见{STANDING[state]}，不能{verb.label}")
    held = frozenset(parties)
    for row in starting_here:
        if held & row.who:
            return row
    who = "、".join(PARTY_WORDS[party] for party in Party if party in starting_here[0].who)
    raise NotYoursError(f"这一步由{who}办理，您不能{verb.label}")
