"""The transition table of domain.md §6.1: pure data and two questions. No ORM, request or clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from suggestions.enums import HANDLING_STATES
from suggestions.enums import Capacity as C
from suggestions.enums import State as S
from suggestions.enums import Verb as V


@dataclass(frozen=True)
class Transition:
    """Who may take a case from which states to which. `target` None leaves the state as it is.

    Whoever stands in a `barred` capacity may not, whatever else they are.
    """

    verb: V
    sources: frozenset[S]
    target: S | None
    who: frozenset[C]
    barred: frozenset[C] = frozenset()

    def leads_to(self, state: S) -> S:
        """The state a case in `state` is in afterwards."""
        return self.target or state

    def is_open_to(self, capacities: Iterable[C]) -> bool:
        held = frozenset(capacities)
        return bool(held & self.who) and not held & self.barred


class StepError(Exception):
    """A step that is not lawful now; the message is a sentence for the person."""


class WrongStateError(StepError):
    """The case does not stand where this verb begins."""


class NotYoursError(StepError):
    """The case stands right, but somebody else takes this step."""


ASSIGNERS = (C.DELEGATION_ASSIGNER, C.COUNTY_ASSIGNER)
UNITS = (C.ASSIGNEE, C.CO_UNIT)
REVIEWERS = (C.COUNTY_OFFICE, C.DELEGATION_ASSIGNER)
AUTHORS = (C.LIAISON, C.REPRESENTATIVE)
BEFORE_REPLY = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.ESCALATED, S.ASSIGNED, S.HANDLING)


def _row(verb: V, sources: Iterable[S], target: S | None, *who: C, barred: tuple[C, ...] = ()) -> Transition:
    return Transition(verb, frozenset(sources), target, frozenset(who), frozenset(barred))


TRANSITIONS: tuple[Transition, ...] = (
    _row(V.SUBMIT, [S.DRAFT, S.RETURNED], S.SUBMITTED, *AUTHORS),
    _row(V.RETURN_TO_AUTHOR, [S.SUBMITTED], S.RETURNED, C.DELEGATION_OFFICE),
    _row(V.REJECT, [S.SUBMITTED], S.REJECTED, C.DELEGATION_OFFICE),
    _row(V.REJECT, [S.ESCALATED], S.REJECTED, C.COUNTY_OFFICE),
    _row(V.ACCEPT, [S.SUBMITTED], S.ACCEPTED, C.DELEGATION_OFFICE),
    _row(V.ESCALATE, [S.ACCEPTED], S.ESCALATED, C.DELEGATION_OFFICE),
    _row(V.SEND_DOWN, [S.ESCALATED], S.ACCEPTED, C.COUNTY_OFFICE),
    _row(V.ASSIGN, [S.ACCEPTED], S.ASSIGNED, C.DELEGATION_OFFICE),
    _row(V.ASSIGN, [S.ESCALATED], S.ASSIGNED, C.COUNTY_OFFICE),
    _row(V.RECALL, [S.ASSIGNED], S.ACCEPTED, C.DELEGATION_ASSIGNER),
    _row(V.RECALL, [S.ASSIGNED], S.ESCALATED, C.COUNTY_ASSIGNER),
    _row(V.SIGN, [S.ASSIGNED], S.HANDLING, C.ASSIGNEE),
    _row(V.SIGN, [S.ASSIGNED], None, C.CO_UNIT),
    _row(V.SIGN, [S.HANDLING], None, *UNITS),
    _row(V.REQUEST_RETURN, [S.ASSIGNED, S.HANDLING], None, C.ASSIGNEE),
    _row(V.APPROVE_RETURN, [S.ASSIGNED, S.HANDLING], S.ACCEPTED, C.DELEGATION_ASSIGNER),
    _row(V.APPROVE_RETURN, [S.ASSIGNED, S.HANDLING], S.ESCALATED, C.COUNTY_ASSIGNER),
    _row(V.DENY_RETURN, [S.ASSIGNED, S.HANDLING], None, *ASSIGNERS),
    _row(V.REQUEST_EXTENSION, [S.HANDLING], None, C.ASSIGNEE),
    _row(V.APPROVE_EXTENSION, [S.HANDLING], None, *ASSIGNERS),
    _row(V.DENY_EXTENSION, [S.HANDLING], None, *ASSIGNERS),
    _row(V.RECORD_CONTACT, [S.HANDLING], None, C.ASSIGNEE),
    _row(V.CONSULT, [S.HANDLING], None, C.ASSIGNEE),
    _row(V.GIVE_OPINION, [S.HANDLING], None, C.REPRESENTATIVE),
    _row(V.COUNTERSIGN, HANDLING_STATES, None, C.CO_UNIT),
    _row(V.WAIVE, HANDLING_STATES, None, *ASSIGNERS),
    _row(V.REPLY_PART, [S.HANDLING], None, C.ASSIGNEE),
    _row(V.REPLY, [S.HANDLING], S.REPLY_REVIEW, C.ASSIGNEE),
    _row(V.RETURN_REPLY, [S.REPLY_REVIEW], S.HANDLING, *REVIEWERS),
    _row(V.FORWARD, [S.REPLY_REVIEW], S.AWAIT_EVALUATION, *REVIEWERS),
    _row(V.EVALUATE, [S.AWAIT_EVALUATION, S.MERGED], None, *AUTHORS, barred=UNITS),
    _row(V.CLOSE, [S.AWAIT_EVALUATION], S.CLOSED, C.SYSTEM, C.COUNTY_OFFICE),
    _row(V.REDO, [S.AWAIT_EVALUATION], S.HANDLING, C.COUNTY_OFFICE),
    _row(V.RULE, [S.AWAIT_EVALUATION], S.CLOSED, C.COUNTY_OFFICE),
    _row(V.MERGE, [S.SUBMITTED, S.ACCEPTED], S.MERGED, C.DELEGATION_OFFICE, C.COUNTY_OFFICE),
    _row(V.WITHDRAW, BEFORE_REPLY, S.WITHDRAWN, C.REPRESENTATIVE),
    _row(V.FULFIL, [S.CLOSED], None, C.ASSIGNEE),
)

STANDING: dict[S, str] = {
    S.DRAFT: "尚未提交",
    S.SUBMITTED: "尚未受理",
    S.RETURNED: "已退回补充，尚未重新提交",
    S.REJECTED: "已不予受理",
    S.ACCEPTED: "尚未交办",
    S.ESCALATED: "已上报党联办，尚未交办",
    S.ASSIGNED: "尚未签收",
    S.HANDLING: "正在办理，尚未答复",
    S.REPLY_REVIEW: "已经答复，尚未转交",
    S.AWAIT_EVALUATION: "已经转交，正在评价",
    S.CLOSED: "已经办结",
    S.MERGED: "已并入另一件建议",
    S.WITHDRAWN: "已经撤回",
}


def available(state: S, capacities: Iterable[C]) -> tuple[Transition, ...]:
    """Every transition lawful from `state` for somebody standing in `capacities`."""
    held = frozenset(capacities)
    return tuple(row for row in TRANSITIONS if state in row.sources and row.is_open_to(held))


def find(verb: V, state: S, capacities: Iterable[C]) -> Transition:
    """The one row that applies. Raises WrongStateError or NotYoursError with a sentence for the person."""
    starting_here = [row for row in TRANSITIONS if row.verb == verb and state in row.sources]
    if not starting_here:
        raise WrongStateError(f"{STANDING[state]},不能{verb.label}")
    held = frozenset(capacities)
    for row in starting_here:
        if row.is_open_to(held):
            return row
    who = "、".join(sorted({capacity.label for row in starting_here for capacity in row.who}))
    raise NotYoursError(f"这一步由{who}办理，您不能{verb.label}")
