"""A roster as studios × days, with what is wrong or changed in each cell, and how often each person stands duty."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from appointments.models import Roster, RosterSeat
from appointments.rostering import SessionDay, sessions_between
from appointments.rosters.facts import Facts
from appointments.rosters.standings import Standing, standings
from representatives.models import Representative
from studios.calendar import OfficeCalendar
from studios.enums import StudioKind
from studios.models import Studio, StudioStandard

GAP = "空缺"


@dataclass(frozen=True)
class Day:
    """One column: its note (节假日, 调休上班日, 暂定) and whether it is today."""

    on: date
    note: str
    is_today: bool


@dataclass(frozen=True)
class Cell:
    """One seat as it is read: who sits there ("" for a gap), whose names are struck through, who came in besides.

    `flags` are soft rules it breaks, `problem` the hard one.
    """

    seat: RosterSeat
    name: str
    before: list[str]
    added: list[str]
    flags: list[str]
    problem: str = ""
    note: str = ""
    is_changed: bool = False
    is_cancelled: bool = False

    @property
    def is_gap(self) -> bool:
        return not self.name and not self.added and not self.is_cancelled


@dataclass(frozen=True)
class Row:
    """One line of the grid: a studio, or the second seat of it (`is_first` False), a cell or None for each day."""

    studio: Studio
    is_first: bool
    span: int
    cells: list[Cell | None]


@dataclass(frozen=True)
class Count:
    """How often one person stands duty; `is_over` when that is more than the even share."""

    person: Representative
    days: list[date]
    is_over: bool


@dataclass(frozen=True)
class Grid:
    days: list[Day]
    rows: list[Row]
    counts: list[Count]
    left_out: list[SessionDay]
    is_provisional: bool

    @property
    def cells(self) -> list[Cell]:
        """Every seat by day, then studio: the list of a phone."""
        found = [cell for row in self.rows for cell in row.cells if cell]
        return sorted(found, key=lambda cell: (cell.seat.held_on, cell.seat.studio.code, cell.seat.position))

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for cell in self.cells)

    @property
    def most_and_fewest(self) -> tuple[int, int]:
        """How often the busiest and the idlest person stand duty."""
        times = [len(count.days) for count in self.counts]
        return max(times, default=0), min(times, default=0)


def build_grid(facts: Facts, calendar: OfficeCalendar, today: date) -> Grid:
    """The grid of the roster of `facts`; a published one shows what became of its seats."""
    roster, counts = facts.roster, _counts(facts)
    weekday = StudioStandard.objects.in_force(roster.county, roster.first_on).duty_weekday
    usual = sessions_between(roster.first_on, roster.last_on, weekday, roster.holidays, calendar)  # type: ignore[arg-type]
    notes = {day.on: _own_note(day) for day in usual if day.on}
    on = sorted({seat.held_on for seat in facts.seats})
    over = {count.person.pk: len(count.days) for count in counts if count.is_over}
    stands = {} if roster.is_draft else standings(roster, facts.seats)
    cells = {seat.pk: _cell(facts, seat, stands.get(seat.pk), over) for seat in facts.seats}
    return Grid(
        days=[Day(day, notes.get(day, ""), day == today) for day in on],
        rows=_rows(facts.seats, on, cells),
        counts=counts,
        left_out=[day for day in usual if day.on is None],
        is_provisional=calendar.is_provisional(roster.first_on, roster.last_on),
    )


def _own_note(day: SessionDay) -> str:
    """The note of one day; that its year is not announced is said once above the grid."""
    return "；".join(part for part in day.note.split("；") if not part.endswith("暂定"))


def _rows(seats: Iterable[RosterSeat], days: list[date], cells: dict[int, Cell]) -> list[Row]:
    lines: dict[Studio, dict[int, dict[date, Cell]]] = {}
    for seat in sorted(seats, key=lambda seat: (seat.studio.code, seat.position)):
        lines.setdefault(seat.studio, {}).setdefault(seat.position, {})[seat.held_on] = cells[seat.pk]
    return [
        Row(studio, place == 0, len(positions), [row.get(day) for day in days])
        for studio, positions in lines.items()
        for place, row in enumerate(positions.values())
    ]


def _cell(facts: Facts, seat: RosterSeat, standing: Standing | None, over: dict[int, int]) -> Cell:
    if standing is not None:
        return _changed_cell(facts, seat, standing)
    person = facts.people.get(seat.representative_id or 0)
    if person is None:
        return Cell(seat, "", [], [], [])
    flags = [f"间隔不足 {facts.policy.gap_weeks} 周"] if _is_soon(facts, person, seat.held_on) else []
    if person.pk in over:
        flags.append(f"本期 {over[person.pk]} 次，偏多")
    return Cell(seat, person.name, [], [], flags, problem=facts.hindrance(person, seat.held_on, seat.studio_id))


def _changed_cell(facts: Facts, seat: RosterSeat, standing: Standing) -> Cell:
    keeper, meeting = standing.keeper, standing.meeting
    flags = []
    if keeper and meeting and _is_soon(facts, keeper.representative, meeting.held_on):
        flags.append(f"间隔不足 {facts.policy.gap_weeks} 周")
    note = "没有公示" if meeting is None else meeting.change_note
    if meeting and meeting.moved_from:
        note = f"改到 {meeting.held_on.month}月{meeting.held_on.day}日 {meeting.starts_at:%H:%M}。{note}"
    return Cell(
        seat=seat,
        name=keeper.representative.name if keeper else "",
        before=[row.representative.name for row in standing.before],
        added=[row.representative.name for row in standing.added if row != keeper],
        flags=flags,
        note=note or (keeper.note if keeper and standing.is_changed else ""),
        is_changed=standing.is_changed,
        is_cancelled=standing.is_cancelled,
    )


def _is_soon(facts: Facts, person: Representative, day: date) -> bool:
    near = facts.too_close(person.pk, day)
    return near is not None and near < day


def _counts(facts: Facts) -> list[Count]:
    """Everybody active, the most duties first; nobody who is gone and has none."""
    shares = _fair_shares(facts)
    found = []
    for person in facts.people.values():
        days = facts.days_of(person.pk)
        if days or person.is_active:
            share = max((shares[studio] for studio in facts.homes[person.pk] if studio in shares), default=len(days))
            found.append(Count(person, days, len(days) - _own_duties(facts, person) > share))
    return sorted(found, key=lambda count: (-len(count.days), count.person.certificate_no))


def _fair_shares(facts: Facts) -> dict[int, int]:
    """The even share of duties in each studio, rounded up. Personal studios stay outside (domain.md §5)."""
    wanted = Counter(seat.studio_id for seat in facts.seats if seat.studio.kind != StudioKind.PERSONAL)
    people = Counter(
        studio for person in facts.people.values() if person.is_active for studio in facts.homes[person.pk]
    )
    return {studio: -(-seats // people[studio]) for studio, seats in wanted.items() if people[studio]}


def _own_duties(facts: Facts, person: Representative) -> int:
    kinds = (studio.kind for (who, _day), studio in facts.duties.items() if who == person.pk)
    return sum(kind == StudioKind.PERSONAL for kind in kinds)


def drafted_words(roster: Roster) -> list[str]:
    """What the generator said of its draft: spread reached and attainable, what stands in the way."""
    report = roster.report
    if "spread_reached" not in report:
        return []
    reached, best = report["spread_reached"], report["spread_attainable"]
    words = [
        f"自动排班时，连同以前的次数算，最多与最少的代表相差 {reached} 次；按现有人员和席位，最好能做到相差 {best} 次。"
    ]
    if report.get("bottleneck"):
        words.append(f"卡在{report['bottleneck']}：那里席位多、代表少。")
    return words
