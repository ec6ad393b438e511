"""How many cases of the county stand where, so that the whole period reads like the founding document."""

from dataclasses import dataclass
from itertools import count
from random import Random

from suggestions.enums import State as S

SOURCE_ACCEPTED, SOURCE_CLOSED = 1391, 1072
OPEN_AT_MOST = 2500
"""Six weeks of the 20,000 cases a county has in a year: a longer history is a closed one."""
OPEN_SHARES: tuple[tuple[S, float], ...] = (
    (S.ACCEPTED, 0.10),
    (S.ESCALATED, 0.08),
    (S.ASSIGNED, 0.10),
    (S.HANDLING, 0.31),
    (S.MERGED, 0.03),
    (S.REPLY_REVIEW, 0.10),
    (S.AWAIT_EVALUATION, 0.28),
)
UNCOUNTED = ((S.DRAFT, 12), (S.SUBMITTED, 18), (S.RETURNED, 6), (S.REJECTED, 8), (S.WITHDRAWN, 6))
REDONE_SHARE, LAPSED_SHARE, ANONYMOUS_SHARE, LATE_SHARE = 0.02, 0.05, 0.1, 0.08
RULED_AMONG_REDONE = 8
"""One in so many closed second rounds ended with a ruling."""


@dataclass(frozen=True)
class Plan:
    """Where one case ends, and by which way."""

    state: S
    is_redone: bool = False
    is_lapsed: bool = False
    is_anonymous: bool = False
    is_late: bool = False
    is_unsatisfied: bool = False
    is_ruled: bool = False


def plans(accepted: int, random: Random, imported: int = 0) -> list[Plan]:
    """`accepted` counted cases in the source's proportions while that leaves no more open than a county has at once,
    and some that are not counted; without `imported` plain closed ones, which the old ledger brings in."""
    still_open = min(accepted - accepted * SOURCE_CLOSED // SOURCE_ACCEPTED, OPEN_AT_MOST)
    closed = accepted - still_open
    numbers = {state: int(still_open * share) for state, share in OPEN_SHARES}
    numbers[S.HANDLING] += still_open - sum(numbers.values())
    states = [S.CLOSED] * closed + [state for state, number in numbers.items() for _ in range(number)]
    states += [state for state, number in UNCOUNTED for _ in range(number)]
    # Six ratings in a thousand are unsatisfied; about 1.9 ratings come in per closed case.
    unsatisfied = round(closed * 1.85 * 0.006)
    found: list[Plan] = []
    redone = count()
    for state in states:
        is_redone = state in {S.CLOSED, S.HANDLING} and random.random() < REDONE_SHARE
        is_ruled = is_redone and state == S.CLOSED and next(redone) % RULED_AMONG_REDONE == 0 and unsatisfied > 1
        is_unhappy = state == S.AWAIT_EVALUATION and unsatisfied > 0
        unsatisfied -= is_unhappy or is_ruled
        found.append(
            Plan(
                state,
                is_redone=is_redone,
                is_lapsed=state == S.CLOSED and random.random() < LAPSED_SHARE,
                is_anonymous=not is_unhappy and random.random() < ANONYMOUS_SHARE,
                is_late=random.random() < LATE_SHARE,
                is_unsatisfied=is_unhappy,
                is_ruled=is_ruled,
            )
        )
    plain = [place for place, plan in enumerate(found) if plan == Plan(S.CLOSED)][:imported]
    return [plan for place, plan in enumerate(found) if place not in set(plain)]
