"""Who could sit on a seat, the fairest choice first, each with why (domain.md §5)."""

from dataclasses import dataclass
from datetime import date

from appointments.rosters.facts import Facts
from representatives.models import Representative
from studios.calendar_days import day_words


@dataclass(frozen=True)
class Candidate:
    """One person for one seat: `why` says how often and when they stand duty, `hindrance` why not ("" = fit),
    `warning` which soft rule the choice would break."""

    person: Representative
    why: str
    hindrance: str
    warning: str


def candidates(facts: Facts, day: date, studio: int) -> list[Candidate]:
    """Everybody who meets people in `studio`, the fit first, then by warning, fewest duties and longest rest."""
    found = []
    for pk, person in facts.people.items():
        if studio not in facts.homes[pk]:
            continue
        days = facts.days_of(pk)
        before = [other for other in days if other < day] or ([facts.earlier[pk]] if pk in facts.earlier else [])
        near = facts.too_close(pk, day)
        candidate = Candidate(
            person=person,
            why=f"{_last(before)}，本期 {len(days)} 次",
            hindrance=_hindrance(facts, person, day, studio),
            warning=f"与{day_words(near)}间隔不足 {facts.policy.gap_weeks} 周" if near else "",
        )
        key = (bool(candidate.hindrance), bool(near), len(days), before[-1] if before else date.min, pk)
        found.append((key, candidate))
    return [candidate for _key, candidate in sorted(found, key=lambda pair: pair[0])]


def _hindrance(facts: Facts, person: Representative, day: date, studio: int) -> str:
    if why := facts.hindrance(person, day, studio):
        return why
    here = facts.duties.get((person.pk, day))
    if here is None:
        return ""
    return "已在这一班" if here.pk == studio else f"这天已在{here}值班"


def _last(before: list[date]) -> str:
    if not before:
        return "还没有值过班"
    return f"上次值班 {before[-1].month}月{before[-1].day}日"
