"""Several units on one case: who gets which part when it is assigned, 会签 of the helpers, and letting one off."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.models import Organization, User
from studios.clocks import words
from suggestions.deadlines import co_due
from suggestions.enums import AssignmentKind, Verb
from suggestions.models import Assignment, Suggestion
from suggestions.notifications import tell_units
from suggestions.permissions import own_assignments
from suggestions.services.steps import GuardError, begin, finish, required

Charges = list[tuple[Organization, AssignmentKind]]


def charges(
    unit: Organization | None, co_units: Sequence[Organization], split_units: Sequence[Organization]
) -> Charges:
    """Who does what, the unit named on the case first.

    Raises GuardError unless it is exactly one LEAD (with CO units or without) or at least two SPLIT units,
    and no unit comes twice.
    """
    if unit is not None and split_units:
        raise GuardError("主办和分办只能选一种：由一个单位主办，或由几个单位分办。")
    if unit is None and not split_units:
        raise GuardError("请选择交办给哪个单位。")
    if split_units and co_units:
        raise GuardError("分办的单位各自答复，没有会办单位，请去掉会办单位。")
    if len(split_units) == 1:
        raise GuardError("分办至少要有两个单位，请再选一个，或改为主办。")
    found: Charges = [(unit, AssignmentKind.LEAD)] if unit else []
    found += [(helper, AssignmentKind.CO) for helper in co_units]
    found += [(part, AssignmentKind.SPLIT) for part in split_units]
    seen: set[int] = set()
    for place, _kind in found:
        if place.pk in seen:
            raise GuardError(f"{place}选了两次，一个单位在一件建议里只能有一种分工。")
        seen.add(place.pk)
    return found


def due_of(kind: str, assigned_on: date, due_on: date, share: int) -> date:
    """When a unit of that kind must be done: the case's own day, for 会办 a share of the time."""
    return co_due(assigned_on, due_on, share) if kind == AssignmentKind.CO else due_on


def charge_words(found: Charges) -> str:
    """交通局，会办住建局、水利局 / 分办交通局、住建局; many are counted."""
    names: dict[AssignmentKind, list[str]] = {}
    for unit, kind in found:
        names.setdefault(kind, []).append(unit.short_name)
    return "，".join(_listed(kind, group) for kind, group in names.items())


@transaction.atomic
def countersign(*, suggestion: Suggestion, actor: User, version: int | None, note: str) -> Suggestion:
    """会签 by a 会办 unit: what it has to say on the matter. Signs for the case, too. The lead is told."""
    step = begin(suggestion, Verb.COUNTERSIGN, actor, version)
    case = step.case
    if obstacle := obstacle_to_countersign(actor, case):
        raise GuardError(obstacle)
    opinion = required(note, "请填写会签意见。")
    own = next(row for row in own_assignments(actor, case) if row.awaits_countersign)
    own.countersigned_at, own.countersigned_by, own.countersign_note = step.now, actor, opinion
    if own.signed_at is None:
        own.signed_at, own.signed_by = step.now, actor
    own.save(update_fields=["countersigned_at", "countersigned_by", "countersign_note", "signed_at", "signed_by"])
    finish(step, detail=own.unit.short_name, note=opinion)
    tell_units(case, _leads(case), f"{own.unit.short_name}已会签：{case.title}", opinion)
    return case


@transaction.atomic
def waive_countersign(
    *, suggestion: Suggestion, actor: User, version: int | None, assignment: Assignment, reason: str
) -> Suggestion:
    """免会签: the assigner lets a 会办 unit off, with a reason. The lead and that unit are told."""
    step = begin(suggestion, Verb.WAIVE, actor, version)
    case = step.case
    waiting = {row.pk: row for row in case.assignments_in_force if row.awaits_countersign}
    if assignment.pk not in waiting:
        raise GuardError(obstacle_to_waive(case) or f"{assignment.unit}不在待会签的单位里，请重新选择。")
    why = required(reason, "请写明免会签的理由。")
    helper = waiting[assignment.pk]
    helper.waived_at, helper.waived_by, helper.waive_reason = step.now, actor, why
    helper.save(update_fields=["waived_at", "waived_by", "waive_reason"])
    finish(step, detail=helper.unit.short_name, note=why)
    tell_units(case, [*_leads(case), helper.unit], f"{helper.unit.short_name}免会签：{case.title}", why)
    return case


def obstacle_to_countersign(actor: User, case: Suggestion) -> str:
    """Why `actor` may not countersign, as a sentence; "" when they may."""
    own = [row for row in own_assignments(actor, case) if row.kind == AssignmentKind.CO]
    if any(row.awaits_countersign for row in own):
        return ""
    if any(row.waived_at for row in own):
        return "交办单位已同意贵单位免会签，不用再会签。"
    return "贵单位已经会签过了。"


def obstacle_to_waive(case: Suggestion) -> str:
    """Why nobody can be let off, as a sentence; "" when somebody can."""
    return "" if any(row.awaits_countersign for row in case.assignments_in_force) else "没有待会签的单位。"


def awaited_countersigns(case: Suggestion) -> list[str]:
    """A sentence for each 会办 unit whose 会签 a reply still waits for."""
    return [
        f"{row.unit}尚未会签（{words(row.due_on)}前）；等不到时可请交办单位同意免会签"
        for row in case.assignments_in_force
        if row.awaits_countersign
    ]


def _leads(case: Suggestion) -> list[Organization]:
    return [row.unit for row in case.assignments_in_force if row.kind == AssignmentKind.LEAD]


def _listed(kind: AssignmentKind, names: list[str]) -> str:
    shown = "、".join(names[:4]) + (f"等 {len(names)} 个单位" if len(names) > 4 else "")
    return shown if kind == AssignmentKind.LEAD else f"{kind.label}{shown}"


__all__ = [
    "Charges",
    "awaited_countersigns",
    "charge_words",
    "charges",
    "countersign",
    "due_of",
    "obstacle_to_countersign",
    "obstacle_to_waive",
    "waive_countersign",
]
