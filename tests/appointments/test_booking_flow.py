"""The life of a booking: every state × verb × party, as the table says and no other."""

import pytest

from appointments.booking_flow import NotYoursError, Party, Verb, WrongStateError, available, find
from appointments.enums import BookingState as S

R, L, O = Party.REPRESENTATIVE, Party.LIAISON, Party.OFFICE  # noqa: E741
LAWFUL = {
    (None, Verb.REQUEST): (S.REQUESTED, {L, O}),
    (S.REQUESTED, Verb.ACCEPT): (S.ACCEPTED, {R, L, O}),
    (S.REQUESTED, Verb.MOVE): (S.ACCEPTED, {R, L, O}),
    (S.REQUESTED, Verb.DECLINE): (S.DECLINED, {R, L, O}),
    (S.REQUESTED, Verb.CANCEL): (S.CANCELLED, {L, O}),
    (S.ACCEPTED, Verb.MOVE): (S.ACCEPTED, {R, L, O}),
    (S.ACCEPTED, Verb.CANCEL): (S.CANCELLED, {R, L, O}),
    (S.ACCEPTED, Verb.KEEP): (S.KEPT, {L}),
    (S.ACCEPTED, Verb.MISS): (S.MISSED, {R, L, O}),
}


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", [None, *S])
def test_every_state_verb_and_party(state: S | None, verb: Verb, party: Party) -> None:
    target, who = LAWFUL.get((state, verb), (None, set()))
    if target is None:
        with pytest.raises(WrongStateError, match=f"不能{verb.label}"):
            find(verb, state, {party})
    elif party in who:
        assert find(verb, state, {party}).target == target
    else:
        with pytest.raises(NotYoursError, match=f"这一步由.+办理，您不能{verb.label}"):
            find(verb, state, {party})
    if state is not None:
        assert (verb in available(state, {party})) == (party in who)


@pytest.mark.parametrize("verb", Verb)
def test_nobody_in_particular_may_nothing(verb: Verb) -> None:
    states = [state for state, lawful in LAWFUL if lawful == verb]
    for state in states:
        with pytest.raises(NotYoursError):
            find(verb, state, set())
    assert not available(S.REQUESTED, set())


def test_two_capacities_add_up() -> None:
    assert available(S.ACCEPTED, {R, L}) == available(S.ACCEPTED, {R}) | available(S.ACCEPTED, {L})
