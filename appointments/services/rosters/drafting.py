"""Drawing up the draft of a roster, and mending it when somebody falls out (domain.md §5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from appointments.enums import HolidayTreatment
from appointments.models import Roster, RosterSeat
from appointments.rostering import Result, Seat, draft, hash_of, refill
from appointments.services.rosters.errors import RosterConflictError, RosterError
from appointments.services.rosters.report import report_of
from appointments.worlds import Plan, Terms, load_plans
from studios.clocks import words

LONGEST = timedelta(days=366)


@transaction.atomic
def draft_roster(
    *,
    delegation: Organization,
    first_on: date,
    last_on: date,
    actor: User,
    holidays: HolidayTreatment,
    people_per_session: int = 1,
    seed: int = 0,
    version: int | None = None,
) -> Roster:
    """Draw up the roster of `delegation` from `first_on` to `last_on`, both included.

    The delegation's row is locked, so that two people who do it at once get one roster. `version` is that of the
    draft the actor's page showed, whose seats are replaced; None means they saw none. Raises RosterConflictError
    when a draft came or changed meanwhile, RosterError when the period or the delegation does not allow it.
    """
    Organization.objects.select_for_update().get(pk=delegation.pk)
    terms = Terms(first_on, last_on, holidays, people_per_session, seed)
    _check_terms(terms)
    roster = _draft_to_replace(delegation, terms, version)
    plan = load_plans(delegation.county or delegation, [delegation], terms, roster=roster)[0]
    check_plan(plan)
    result = draft(plan.world)
    roster = _written(roster, delegation, terms, actor, plan, result)
    roster.seats.all().delete()
    RosterSeat.objects.bulk_create(_rows(roster, result.seats))
    return roster


@transaction.atomic
def refill_draft(*, roster: Roster, actor: User, version: int | None = None) -> Roster:
    """Fill what stands empty in a draft, or is no longer possible after leave; every other seat stays as it is.

    Raises RosterConflictError when the draft changed since `version`, RosterError when it is no draft any more.
    """
    Organization.objects.select_for_update().get(pk=roster.delegation_id)
    roster = Roster.objects.select_related("delegation__county", "created_by").get(pk=roster.pk)
    if not roster.is_draft:
        raise RosterError("这份值班表已经发布，请用换班或改人。")
    if version is not None and version != roster.version:
        raise _conflict(roster)
    terms = Terms(
        roster.first_on, roster.last_on, HolidayTreatment(roster.holidays), roster.people_per_session, roster.seed
    )
    plan = load_plans(roster.county, [roster.delegation], terms, roster=roster)[0]
    rows = list(roster.seats.all())
    result = refill(plan.world, [Seat(row.held_on, row.studio_id, row.representative_id) for row in rows])
    if result.hash != hash_of((row.held_on, row.studio_id, row.representative_id) for row in rows):
        _replace_changed(roster, rows, result.seats)
        _written(roster, roster.delegation, terms, actor, plan, result)
    return roster


def check_plan(plan: Plan) -> None:
    """Whether there is anything to draw up. Raises RosterError with a sentence."""
    if not plan.studios:
        raise RosterError(f"{plan.delegation.name}没有启用的工作室，请先登记工作室。")
    if not plan.world.members:
        raise RosterError(f"{plan.delegation.name}的工作室没有在任的代表，请先给代表指定工作室。")
    if not plan.world.sessions:
        raise RosterError("这段时间没有要排的值班日，请把时间放长，或改变遇节假日的办法。")


def check_period(first_on: date, last_on: date) -> None:
    """Whether a period can be rostered at all. Raises RosterError with a sentence."""
    if last_on < first_on:
        raise RosterError("结束日期早于开始日期，请核对这两个日期。")
    if last_on - first_on >= LONGEST:
        raise RosterError("一次最多排一年，请把时间缩短。")


def _check_terms(terms: Terms) -> None:
    check_period(terms.first_on, terms.last_on)
    if terms.first_on < timezone.localdate():
        raise RosterError("开始日期已经过去，请从今天或以后的日子排起。")
    if terms.people_per_session < 1:
        raise RosterError("每班至少 1 人。")


def _draft_to_replace(delegation: Organization, terms: Terms, version: int | None) -> Roster | None:
    """The draft to be drawn up again, or None; raises when another roster is in the way."""
    others = Roster.objects.covering(terms.first_on, terms.last_on).filter(delegation=delegation)
    found: Roster | None = None
    for other in others.select_related("created_by"):
        period = f"{words(other.first_on)}至{words(other.last_on)}"
        if not other.is_draft:
            raise RosterError(f"{period}的值班表已经发布，请在那份表上换班或改人，或另选时间。")
        if other.first_on != terms.first_on:
            raise RosterError(f"这段时间与{period}的草稿重叠，请先改那份草稿，或另选时间。")
        found = other
    if found and found.version != version:
        raise _conflict(found)
    return found


def _conflict(roster: Roster) -> RosterConflictError:
    at = timezone.localtime(roster.created_at)
    who = f"{roster.created_by} {at.month}月{at.day}日 {at:%H:%M}"
    return RosterConflictError(f"{who} 已排好这份值班表，您这次没有改动它，请打开看看。")


def _written(
    roster: Roster | None, delegation: Organization, terms: Terms, actor: User, plan: Plan, result: Result
) -> Roster:
    """The saved roster row, without its seats."""
    if roster is None:
        roster = Roster(delegation=delegation, county=delegation.county or delegation, version=0)
    roster.first_on, roster.last_on, roster.holidays = terms.first_on, terms.last_on, terms.holidays
    roster.people_per_session, roster.seed = terms.people_per_session, terms.seed
    roster.version += 1
    roster.created_by, roster.created_at = actor, timezone.now()
    roster.content_hash, roster.report = result.hash, report_of(plan, result)
    roster.save()
    return roster


def _rows(roster: Roster, seats: Iterable[Seat], taken: Iterable[RosterSeat] = ()) -> list[RosterSeat]:
    """New rows for `seats`, each at the first position of its session that `taken` rows leave free."""
    positions = {(row.held_on, row.studio_id, row.position) for row in taken}
    rows = []
    for seat in seats:
        position = 0
        while (seat.on, seat.studio, position) in positions:
            position += 1
        positions.add((seat.on, seat.studio, position))
        rows.append(
            RosterSeat(
                roster=roster,
                held_on=seat.on,
                studio_id=seat.studio,
                position=position,
                representative_id=seat.representative,
                reason=seat.reason,
            )
        )
    return rows


def _replace_changed(roster: Roster, rows: list[RosterSeat], seats: Iterable[Seat]) -> None:
    """Leave the rows that still hold, with their reason and mark; write the others anew."""
    old = {(row.held_on, row.studio_id, row.representative_id): row for row in rows if row.representative_id}
    new = {(seat.on, seat.studio, seat.representative): seat for seat in seats if seat.representative}
    kept = [old[key] for key in old.keys() & new.keys()]
    roster.seats.exclude(pk__in=[row.pk for row in kept]).delete()
    changed = [seat for seat in seats if (seat.on, seat.studio, seat.representative) not in old]
    RosterSeat.objects.bulk_create(_rows(roster, changed, kept))
