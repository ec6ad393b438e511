"""Every state × verb × capacity against a second, hand-written reading of domain.md §6.1."""

from itertools import product

import pytest

from suggestions.enums import Capacity, State, Verb
from suggestions.workflow import STANDING, TRANSITIONS, NotYoursError, WrongStateError, available, find

# One line per lawful step as a lawyer would read it: verb, from, to, who. "=" leaves the state as it is.
LAW = """
submit            DRAFT             SUBMITTED         LIAISON
submit            DRAFT             SUBMITTED         REPRESENTATIVE
submit            RETURNED          SUBMITTED         LIAISON
submit            RETURNED          SUBMITTED         REPRESENTATIVE
return_to_author  SUBMITTED         RETURNED          DELEGATION_OFFICE
reject            SUBMITTED         REJECTED          DELEGATION_OFFICE
reject            ESCALATED         REJECTED          COUNTY_OFFICE
accept            SUBMITTED         ACCEPTED          DELEGATION_OFFICE
escalate          ACCEPTED          ESCALATED         DELEGATION_OFFICE
send_down         ESCALATED         ACCEPTED          COUNTY_OFFICE
assign            ACCEPTED          ASSIGNED          DELEGATION_OFFICE
assign            ESCALATED         ASSIGNED          COUNTY_OFFICE
recall            ASSIGNED          ACCEPTED          DELEGATION_ASSIGNER
recall            ASSIGNED          ESCALATED         COUNTY_ASSIGNER
sign              ASSIGNED          HANDLING          ASSIGNEE
sign              ASSIGNED          =                 CO_UNIT
sign              HANDLING          =                 ASSIGNEE
sign              HANDLING          =                 CO_UNIT
countersign       ASSIGNED          =                 CO_UNIT
countersign       HANDLING          =                 CO_UNIT
waive             ASSIGNED          =                 DELEGATION_ASSIGNER
waive             HANDLING          =                 DELEGATION_ASSIGNER
waive             ASSIGNED          =                 COUNTY_ASSIGNER
waive             HANDLING          =                 COUNTY_ASSIGNER
reply_part        HANDLING          =                 ASSIGNEE
request_return    ASSIGNED          =                 ASSIGNEE
request_return    HANDLING          =                 ASSIGNEE
approve_return    ASSIGNED          ACCEPTED          DELEGATION_ASSIGNER
approve_return    HANDLING          ACCEPTED          DELEGATION_ASSIGNER
approve_return    ASSIGNED          ESCALATED         COUNTY_ASSIGNER
approve_return    HANDLING          ESCALATED         COUNTY_ASSIGNER
deny_return       ASSIGNED          =                 DELEGATION_ASSIGNER
deny_return       HANDLING          =                 DELEGATION_ASSIGNER
deny_return       ASSIGNED          =                 COUNTY_ASSIGNER
deny_return       HANDLING          =                 COUNTY_ASSIGNER
request_extension HANDLING          =                 ASSIGNEE
approve_extension HANDLING          =                 DELEGATION_ASSIGNER
approve_extension HANDLING          =                 COUNTY_ASSIGNER
deny_extension    HANDLING          =                 DELEGATION_ASSIGNER
deny_extension    HANDLING          =                 COUNTY_ASSIGNER
record_contact    HANDLING          =                 ASSIGNEE
consult           HANDLING          =                 ASSIGNEE
give_opinion      HANDLING          =                 REPRESENTATIVE
reply             HANDLING          REPLY_REVIEW      ASSIGNEE
return_reply      REPLY_REVIEW      HANDLING          COUNTY_OFFICE
return_reply      REPLY_REVIEW      HANDLING          DELEGATION_ASSIGNER
forward           REPLY_REVIEW      AWAIT_EVALUATION  COUNTY_OFFICE
forward           REPLY_REVIEW      AWAIT_EVALUATION  DELEGATION_ASSIGNER
evaluate          AWAIT_EVALUATION  =                 REPRESENTATIVE
evaluate          AWAIT_EVALUATION  =                 LIAISON
evaluate          MERGED            =                 REPRESENTATIVE
evaluate          MERGED            =                 LIAISON
close             AWAIT_EVALUATION  CLOSED            SYSTEM
close             AWAIT_EVALUATION  CLOSED            COUNTY_OFFICE
redo              AWAIT_EVALUATION  HANDLING          COUNTY_OFFICE
rule              AWAIT_EVALUATION  CLOSED            COUNTY_OFFICE
merge             SUBMITTED         MERGED            DELEGATION_OFFICE
merge             SUBMITTED         MERGED            COUNTY_OFFICE
merge             ACCEPTED          MERGED            DELEGATION_OFFICE
merge             ACCEPTED          MERGED            COUNTY_OFFICE
withdraw          DRAFT             WITHDRAWN         REPRESENTATIVE
withdraw          SUBMITTED         WITHDRAWN         REPRESENTATIVE
withdraw          RETURNED          WITHDRAWN         REPRESENTATIVE
withdraw          ACCEPTED          WITHDRAWN         REPRESENTATIVE
withdraw          ESCALATED         WITHDRAWN         REPRESENTATIVE
withdraw          ASSIGNED          WITHDRAWN         REPRESENTATIVE
withdraw          HANDLING          WITHDRAWN         REPRESENTATIVE
fulfil            CLOSED            =                 ASSIGNEE
"""
LAWFUL = {
    (Verb(verb), State(source), Capacity(who)): State(source if target == "=" else target)
    for verb, source, target, who in (line.split() for line in LAW.strip().splitlines())
}


@pytest.mark.parametrize(("verb", "state", "capacity"), list(product(Verb, State, Capacity)))
def test_every_state_verb_and_capacity(verb: Verb, state: State, capacity: Capacity) -> None:
    target = LAWFUL.get((verb, state, capacity))
    offered = {row.verb for row in available(state, {capacity})}
    assert (verb in offered) == (target is not None)
    if target is not None:
        assert find(verb, state, {capacity}).leads_to(state) == target
    elif any((verb, state, other) in LAWFUL for other in Capacity):
        with pytest.raises(NotYoursError):
            find(verb, state, {capacity})
    else:
        with pytest.raises(WrongStateError):
            find(verb, state, {capacity})


def test_refusal_says_which_step_is_missing() -> None:
    with pytest.raises(WrongStateError, match="^尚未签收,不能答复$"):
        find(Verb.REPLY, State.ASSIGNED, {Capacity.ASSIGNEE})


def test_refusal_says_whose_step_it_is() -> None:
    with pytest.raises(NotYoursError, match="承办单位"):
        find(Verb.SIGN, State.ASSIGNED, {Capacity.COUNTY_OFFICE})


@pytest.mark.parametrize("other", [Capacity.LIAISON, Capacity.REPRESENTATIVE])
def test_the_unit_can_never_rate_itself(other: Capacity) -> None:
    for unit in (Capacity.ASSIGNEE, Capacity.CO_UNIT):
        with pytest.raises(NotYoursError):
            find(Verb.EVALUATE, State.AWAIT_EVALUATION, {other, unit})


def test_a_unit_that_helps_may_countersign_and_not_reply() -> None:
    find(Verb.COUNTERSIGN, State.HANDLING, {Capacity.CO_UNIT})
    for verb in (Verb.REPLY, Verb.REPLY_PART, Verb.RECORD_CONTACT, Verb.CONSULT, Verb.REQUEST_RETURN):
        with pytest.raises(NotYoursError):
            find(verb, State.HANDLING, {Capacity.CO_UNIT})


def test_every_state_can_be_put_into_words() -> None:
    assert set(STANDING) == set(State)


def test_no_two_rows_compete() -> None:
    seen = [(row.verb, state, who) for row in TRANSITIONS for state in row.sources for who in row.who]
    assert len(seen) == len(set(seen))
