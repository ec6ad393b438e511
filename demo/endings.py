"""How cases of the demonstration end besides being closed: ruled, fulfilled, merged into one of the same matter."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from demo.meetings import at
from demo.walk import Walk
from studios.clocks import words
from suggestions.enums import ResultClass, Ruling, State, SupervisionKind, Verb
from suggestions.models import Suggestion, Supervision

KEPT_SHARE = 0.85


class Heads:
    """Cases being handled, by matter and category: what somebody brings again is merged into one of the same."""

    def __init__(self) -> None:
        self.alike: dict[str, list[Suggestion]] = defaultdict(list)
        self.taken = 0

    def take(self, walks: Iterable[Walk]) -> None:
        """Remember those that could take another in."""
        for walk in walks:
            if walk.case.state == State.HANDLING:
                for likeness in _likenesses(walk.case):
                    self.alike[likeness].append(walk.case)

    def take_in(self, walk: Walk) -> None:
        """Merge the case of `walk` into one that asks for the same, else of its category; the county office does where
        another delegation handles it."""
        found = next(self.alike[likeness] for likeness in _likenesses(walk.case) if self.alike[likeness])
        head = found[self.taken % len(found)]
        self.taken += 1
        walk.case.parent_id, walk.case.round = head.pk, head.round
        step = walk.children[-1]
        if head.delegation_id != walk.case.delegation_id:
            step.actor_id = walk.world.county.county_office.pk
            step.actor_name = walk.world.county.county_office.name
        step.detail, step.round = f"并入{head.number} {head.title}"[:120], head.round


def _likenesses(case: Suggestion) -> tuple[str, str, str]:
    """What two cases may have in common, the closest first: the matter without its place, the category, anything."""
    return case.content[-14:], case.category, ""


def rule(walk: Walk) -> None:
    """裁定: explained for most, listed for every third."""
    walk.wait(2)
    case, office = walk.case, walk.world.county.county_office
    is_listed = case.pk % 3 == 0
    case.ruling = Ruling.LISTED if is_listed else Ruling.EXPLAINED
    note = "请于一个月内办好并书面回复" if is_listed else "已上门说明政策和明年安排，请代表继续监督"
    if is_listed and case.unit is not None:
        walk.children.append(
            Supervision(
                suggestion_id=case.pk,
                kind=SupervisionKind.LISTED,
                unit=case.unit,
                text=note,
                issued_by_id=office.pk,
                issued_at=at(walk.day, 15),
                reply_due_on=walk.day + timedelta(days=30),
            )
        )
    case.closed_on, case.next_deadline_at = walk.day, None
    walk.step(Verb.RULE, State.CLOSED, office, at(walk.day, 15), Ruling(case.ruling).label, note)


def fulfil(walk: Walk) -> None:
    """兑现: most promises that were due have been kept, a few days before or after the day.

    The further reply names the one that promised, which has no key yet: `demo.promises` writes it.
    """
    case, random = walk.case, walk.world.random
    if case.state != State.CLOSED or case.promise_on is None or random.random() > KEPT_SHARE:
        return
    kept_on = max(case.promise_on + timedelta(days=random.randrange(-12, 5)), walk.day)
    if kept_on >= walk.world.today:
        return
    handler, text = walk.handler, f"{walk.place}：{walk.text.measure}，已经完成。"
    case.fulfilled_on, case.result_class = kept_on, ResultClass.A
    walk.step(Verb.FULFIL, State.CLOSED, handler, at(kept_on, 10), f"{words(kept_on)}兑现", text)
