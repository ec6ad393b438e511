"""并案: one matter, brought several times, is handled once (domain.md §6.1)."""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from suggestions.endings import obstacle_to_merge, obstacle_to_take_in
from suggestions.enums import Verb
from suggestions.messages import tell_merged
from suggestions.models import Suggestion
from suggestions.services.steps import ConflictError, GuardError, begin, finish, who_was_faster


def lock_family(*cases: Suggestion) -> None:
    """Lock each case with the one it was merged into and all that were merged there, in the order of their keys.

    Steps that read or write across a family call it before `begin`: always the same order, so that two offices
    never wait for one another. Raises ConflictError when one was merged away in the meantime.
    """
    heads = _heads(cases)
    members = Suggestion.objects.filter(Q(pk__in=heads.values()) | Q(parent__in=heads.values()))
    locked = dict(members.select_for_update().order_by("pk").values_list("pk", "parent"))
    for case in cases:
        if case.pk not in locked or (locked[case.pk] or case.pk) != heads[case.pk]:
            raise ConflictError(who_was_faster(case))


@transaction.atomic
def merge_suggestion(
    *, suggestion: Suggestion, actor: User, version: int | None, parent: Suggestion, note: str = ""
) -> Suggestion:
    """并案 into `parent`, which is handled for both; petitioners, content and history stay with their own case.

    Guard: the actor sees the parent; it is another case of the county, accepted and not relayed yet; nothing was
    merged into this one. Those who brought it are told, and so is the unit that handles the parent.
    """
    lock_family(suggestion, parent)
    step = begin(suggestion, Verb.MERGE, actor, version)
    case = step.case
    if obstacle := obstacle_to_merge(case):
        raise GuardError(obstacle)
    target = Suggestion.objects.visible_to(actor).filter(pk=parent.pk, county=case.county_id).first()
    if target is None or target == case:
        raise GuardError("请选择本县的另一件建议。")
    if obstacle := obstacle_to_take_in(target):
        raise GuardError(obstacle)
    finish(
        step,
        detail=f"并入{target.number} {target.title}"[:120],
        note=note.strip(),
        parent=target,
        round=target.round,
        next_deadline_at=None,
    )
    tell_merged(case, target)
    return case


def _heads(cases: tuple[Suggestion, ...]) -> dict[int, int]:
    """Of each case the key of the one whose family it belongs to."""
    rows = Suggestion.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", "parent")
    return {pk: parent or pk for pk, parent in rows}
