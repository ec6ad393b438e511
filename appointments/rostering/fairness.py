"""What evenness compares: how far a person stands from their colleagues before the roster begins. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median_low

from appointments.rostering.facts import Member


def credits_of(pool: Sequence[Member], wanted: Mapping[date, Counter[int]]) -> dict[int, int]:
    """For each member, duties served before beside the median of those they share a studio with.

    Only the difference counts: a studio with many seats and few members is no injustice another studio can mend.
    Newcomers start at the median (0). Leave counts as the share of duties it covers, before the period (up to the
    median) and inside it, so that nobody makes up for it.
    """
    served: dict[int, list[int]] = {}
    for member in pool:
        if not member.is_newcomer:
            for studio in member.studios:
                served.setdefault(studio, []).append(member.served)
    days = [(day, studio) for day, studios in wanted.items() for studio in studios]
    fair_share = sum(sum(studios.values()) for studios in wanted.values()) / max(len(pool), 1)
    return {member.id: _standing(member, served) + _excused(member, days, fair_share) for member in pool}


def _standing(member: Member, served: Mapping[int, list[int]]) -> int:
    colleagues = [count for studio in member.studios for count in served.get(studio, [])]
    if member.is_newcomer or not colleagues:
        return 0
    usual = median_low(colleagues)
    behind = member.served - usual
    return behind if behind >= 0 else min(0, behind + round(usual * member.share_on_leave))


def _excused(member: Member, days: list[tuple[date, int]], fair_share: float) -> int:
    """The share of a fair number of duties that leave covers, rounded half up."""
    own = [day for day, studio in days if studio in member.studios]
    missed = sum(day in member.on_leave for day in own)
    return int(fair_share * missed / len(own) + 0.5)
