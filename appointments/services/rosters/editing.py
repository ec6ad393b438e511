"""The only writer of drafts that exist: who sits where, throwing a draft away, putting a past roster aside."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appointments.enums import RosterStatus
from appointments.models import Roster, RosterSeat
from appointments.permissions import can_arrange
from appointments.rostering.facts import hash_of
from appointments.rosters.candidates import candidates
from appointments.rosters.facts import load_facts
from appointments.services.rosters.errors import RosterConflictError, RosterError
from representatives.models import Representative
from studios.calendar_days import day_words

BY_HAND, LEFT_EMPTY = "人工安排", "人工空出"


@transaction.atomic
def seat_person(*, seat: RosterSeat, person: Representative | None, version: int, actor: User) -> RosterSeat:
    """Let `person` sit on `seat` of a draft, or nobody (None); returns the seat as it stands now.

    Raises RosterConflictError when the draft moved on since `version`, RosterError when it is published already or a
    hard rule forbids the person.
    """
    roster = lock_draft(seat.roster, version=version, actor=actor)
    row = RosterSeat.objects.select_related("studio").get(pk=seat.pk)
    if person is not None and person.pk != row.representative_id:
        _refuse_unfit(roster, row, person)
    row.representative, row.is_by_hand = person, True
    row.reason = BY_HAND if person else LEFT_EMPTY
    row.save(update_fields=["representative", "is_by_hand", "reason"])
    roster.version, roster.content_hash = roster.version + 1, fingerprint(roster.seats.all())
    roster.changed_by, roster.changed_at = actor, timezone.now()
    roster.save(update_fields=["version", "content_hash", "changed_by", "changed_at"])
    return row


@transaction.atomic
def withdraw_draft(*, roster: Roster, version: int, actor: User) -> None:
    """Throw a draft away with its seats. Raises RosterError when it is published, RosterConflictError as above."""
    lock_draft(roster, version=version, actor=actor).delete()


@transaction.atomic
def archive_roster(*, roster: Roster, actor: User) -> None:
    """Put a published roster aside once its last day is over; appointments and attendance stay.

    Raises RosterError before that.
    """
    row = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    _refuse_outsider(row, actor)
    if row.status != RosterStatus.PUBLISHED or row.last_on >= timezone.localdate():
        raise RosterError("只有已经过期的已发布值班表可以归档。")
    row.status = RosterStatus.ARCHIVED
    row.save(update_fields=["status"])


def fingerprint(seats: Iterable[RosterSeat]) -> str:
    """The hash of who sits where on which day."""
    return hash_of([(seat.held_on, seat.studio_id, seat.representative_id) for seat in seats])


def lock_draft(roster: Roster, *, version: int, actor: User) -> Roster:
    """The draft, locked until the transaction ends. Raises RosterError or RosterConflictError, see above."""
    row = Roster.objects.select_for_update(of=("self",)).filter(pk=roster.pk).first()
    if row is None:
        raise RosterError("这份草稿已被撤销，请回到值班表列表。")
    _refuse_outsider(row, actor)
    if not row.is_draft:
        raise RosterError("值班表已经发布，不能再改草稿。要换人、取消或改期，请打开席位填写变更原因。")
    if row.version != version:
        raise RosterConflictError(_who_was_faster(row))
    return row


def _refuse_outsider(roster: Roster, actor: User) -> None:
    if not can_arrange(actor, roster.delegation):
        raise RosterError("值班表由本代表队办公室和党联办编排。")


def _refuse_unfit(roster: Roster, seat: RosterSeat, person: Representative) -> None:
    Representative.objects.select_for_update().get(pk=person.pk)
    facts = load_facts(roster)
    for candidate in candidates(facts, seat.held_on, seat.studio_id):
        if candidate.person.pk == person.pk:
            if candidate.hindrance:
                raise RosterError(f"{person.name}{candidate.hindrance}，不能安排在{day_words(seat.held_on)}。")
            return
    raise RosterError(f"{person.name}不在{seat.studio}，不能安排在这里。")


def _who_was_faster(roster: Roster) -> str:
    who, at = roster.changed_by or roster.created_by, roster.changed_at or roster.created_at
    when = timezone.localtime(at)
    return f"{who} {when.month}月{when.day}日 {when:%H:%M} 刚改过这份草稿（第 {roster.version} 版）。请看过最新的再改。"
