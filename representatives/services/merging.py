"""Two records of one person become one, and nothing that happened is lost."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from representatives import doubles, leaving
from representatives.enums import Level, RepresentativeStatus
from representatives.models import Merge, Representative, StatusChange
from representatives.permissions import can_merge
from representatives.rules import MOST_STUDIOS
from representatives.services.errors import RegisterError
from representatives.services.history import sign, silently
from representatives.services.status import write_status

STAYS = frozenset({Merge, StatusChange})
"""What tells of the record itself, not of the person's work, stays with the record."""
FILLED = ("birth_date", "electing_unit", "position", "phone", "photo", "bio", "public_bio")
HANDED_OVER = ("user", "owned_studio")


def related_rows(person: Representative) -> Iterator[tuple[models.ForeignObjectRel, models.QuerySet[Any]]]:
    """Every kind of row that names `person` and would move in a merge, with those rows."""
    for relation in Representative._meta.related_objects:
        model = relation.related_model
        assert isinstance(model, type)
        if model not in STAYS:
            yield relation, model._base_manager.filter(**{relation.field.name: person})


def related_counts(person: Representative) -> dict[str, int]:
    """How many rows of each kind name `person`, by the word for the kind; kinds without any are left out."""
    counts = {_word(relation): rows.count() for relation, rows in related_rows(person)}
    return {word: count for word, count in counts.items() if count}


def merge_problem(kept: Representative, duplicate: Representative) -> str:
    """Why these two cannot be merged, "" where they can."""
    if kept.pk == duplicate.pk:
        return "这是同一条记录，请选择另一条"
    if kept.county_id != duplicate.county_id:
        return "两条记录不在同一个县，不能合并"
    if kept.merged_into_id or duplicate.merged_into_id:
        return "其中一条已经并入别的记录，不能再合并"
    if kept.user_id and duplicate.user is not None and duplicate.user.is_active:
        return "两条记录各有在用的账号，请先核对是不是同一个人；是的话，请系统管理员停用重复的那个账号再合并"
    return ""


@transaction.atomic
def merge_representatives(*, kept: Representative, duplicate: Representative, reason: str, actor: User) -> Merge:
    """Move everything `duplicate` did to `kept`, and let its record point there.

    Where both name the same thing (one appointment, one term), the kept record shows the stronger fact and the
    other row stays with the duplicate: no fact is deleted and no statistic changes. Raises RegisterError for what
    `merge_problem` refuses, a missing reason, and anybody but the county office.
    """
    if not reason.strip():
        raise RegisterError("请写明合并的原因", "reason")
    kept, duplicate = _locked(kept, duplicate)
    if problem := merge_problem(kept, duplicate):
        raise RegisterError(problem)
    if not (can_merge(actor, kept) and can_merge(actor, duplicate)):
        raise RegisterError("重复的记录由党联办合并。")
    moved = {_word(relation): _move(relation, rows, kept) for relation, rows in related_rows(duplicate)}
    _hand_over(kept, duplicate, actor)
    merge = Merge.objects.create(
        kept=kept,
        duplicate=duplicate,
        moved={word: count for word, count in moved.items() if count},
        reason=reason[:200],
        actor=actor,
        at=timezone.now(),
    )
    _close(kept, duplicate, merge)
    return merge


def _word(relation: models.ForeignObjectRel) -> str:
    """到岗, 接访记录 …; a record is called what it is to the other."""
    model = relation.related_model
    assert isinstance(model, type)
    return "此前并入的记录" if model is Representative else str(model._meta.verbose_name)


def _locked(kept: Representative, duplicate: Representative) -> tuple[Representative, Representative]:
    """Both rows, locked in the order of their keys so that two merges never wait for each other."""
    rows = Representative.objects.select_for_update().filter(pk__in=[kept.pk, duplicate.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[kept.pk], found[duplicate.pk]


def _move(relation: models.ForeignObjectRel, rows: models.QuerySet[Any], kept: Representative) -> int:
    """Let `rows` name `kept`, but for those that would say the same thing twice; returns how many moved."""
    name = relation.field.name
    stay = []
    for kept_row, duplicate_row in _same_things(relation, rows, kept):
        doubles.settle(kept_row, duplicate_row)
        stay.append(duplicate_row.pk)
    return rows.exclude(pk__in=stay).update(**{name: kept})


def _same_things(
    relation: models.ForeignObjectRel, rows: models.QuerySet[Any], kept: Representative
) -> Iterator[tuple[models.Model, models.Model]]:
    """Pairs of rows that a unique constraint forbids one person to have."""
    name = relation.field.name
    uniques = [tuple(rule.fields) for rule in rows.model._meta.total_unique_constraints if name in rule.fields]
    uniques += [(name,)] if relation.one_to_one else []
    for fields in uniques:
        columns = [rows.model._meta.get_field(field).attname for field in fields if field != name]
        own = rows.model._base_manager.filter(**{name: kept})
        standing = {tuple(getattr(row, column) for column in columns): row for row in own}
        for row in rows:
            twin = standing.get(tuple(getattr(row, column) for column in columns))
            if twin is not None:
                yield twin, row


def _hand_over(kept: Representative, duplicate: Representative, actor: User) -> None:
    """Account, own studio and studios go over where there is room; blanks are filled; two levels become both."""
    handed = {name: getattr(duplicate, name) for name in HANDED_OVER if not getattr(kept, f"{name}_id")}
    for name in handed:
        setattr(duplicate, name, None)
    filled = {name: getattr(duplicate, name) for name in FILLED if not getattr(kept, name)}
    for name, value in (handed | filled).items():
        setattr(kept, name, value)
    if kept.level != duplicate.level:
        kept.level = Level.BOTH
    own = set(kept.studios.values_list("pk", flat=True))
    more = [pk for pk in duplicate.studios.order_by("pk").values_list("pk", flat=True) if pk not in own]
    with silently(kept):
        kept.studios.add(*more[: max(MOST_STUDIOS - len(own), 0)])
    duplicate.merged_into = kept
    for record in (duplicate, kept):  # in this order: an account and an own studio belong to one record only
        sign(record, actor)
        record.save()


def _close(kept: Representative, duplicate: Representative, merge: Merge) -> None:
    """The duplicate holds no office of its own; a seat it shared with `kept` is a gap now."""
    today = timezone.localdate(merge.at)
    if duplicate.status != RepresentativeStatus.TERMINATED:
        reason = f"与 {kept.name}（{kept.certificate_no}）重复，已合并：{merge.reason}"
        write_status(duplicate, RepresentativeStatus.TERMINATED, today, reason, merge.actor)
    leaving.announce(duplicate, today, f"merge-{merge.pk}")
    if not kept.is_active:
        leaving.announce(kept, today, f"merge-{merge.pk}")
