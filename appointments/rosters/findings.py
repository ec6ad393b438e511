"""What stands against publishing a roster: broken hard rules block it, soft ones are said (domain.md §5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from appointments.announcing import is_in_time
from appointments.models import RosterSeat
from appointments.rosters.facts import Facts
from studios.calendar_days import day_words
from studios.enums import StudioStatus


@dataclass(frozen=True)
class Finding:
    """One sentence; `is_hard` blocks publishing. `seat` is the key of the seat that mends it, None for the whole."""

    text: str
    is_hard: bool = False
    seat: int | None = None


def findings(facts: Facts, today: date) -> list[Finding]:
    """Everything there is to say about a draft on `today`, what blocks first."""
    found = [*_of_the_whole(facts, today), *(row for seat in facts.seats for row in _of_seat(facts, seat, today))]
    return sorted(found, key=lambda finding: not finding.is_hard)


def is_short_notice(facts: Facts, today: date) -> bool:
    """Whether the first session that would be published is nearer than the county's days of notice."""
    ahead = [seat.held_on for seat in facts.seats if seat.held_on >= today]
    return bool(ahead) and not is_in_time(min(ahead), today, facts.policy)


def _of_the_whole(facts: Facts, today: date) -> Iterator[Finding]:
    ahead = [seat for seat in facts.seats if seat.held_on >= today]
    if not ahead:
        yield Finding("没有可以发布的班次：这段时间已经过去，或没有一个班次。请撤销草稿，重新排班。", is_hard=True)
        return
    if past := len(facts.seats) - len(ahead):
        yield Finding(f"有 {past} 个席位的日子已经过去，不会发布。")
    if gaps := sum(seat.representative_id is None for seat in ahead):
        yield Finding(f"有 {gaps} 个席位空缺。")
    if is_short_notice(facts, today):
        yield Finding(f"最近的班次离今天不足 {facts.policy.publish_days} 天，发布后会标明“公示不足”。")


def _of_seat(facts: Facts, seat: RosterSeat, today: date) -> Iterator[Finding]:
    if seat.held_on < today:
        return
    where = f"{day_words(seat.held_on)} {seat.studio}"
    if seat.studio.status != StudioStatus.ACTIVE:
        yield Finding(f"{where}：工作室没有启用，请撤销草稿后重新排班。", is_hard=True, seat=seat.pk)
    if (seat.studio_id, seat.held_on) in facts.occupied:
        yield Finding(f"{where}：当天已有常规约见，请先取消那一次，或避开这一天重新排班。", is_hard=True, seat=seat.pk)
    if seat.representative_id is None:
        return
    person = facts.people[seat.representative_id]
    if why := facts.hindrance(person, seat.held_on, seat.studio_id):
        yield Finding(f"{where}：{person.name}{why}，请换人或空出。", is_hard=True, seat=seat.pk)
    near = facts.too_close(person.pk, seat.held_on)
    if near and near < seat.held_on:
        gap = f"间隔不足 {facts.policy.gap_weeks} 周"
        yield Finding(f"{where}：{person.name}上次值班是{day_words(near)}，{gap}。", seat=seat.pk)
