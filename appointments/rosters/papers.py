"""A published roster on paper: the sheet of a delegation, and the poster for the door of each studio."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from appointments.rosters.facts import Facts
from appointments.rosters.grid import GAP, Cell, Grid
from appointments.rosters.standings import Standing, standings
from appointments.rosters.words import period_words
from representatives.cards import QUIET_MODULES, code_of
from sheets.official import Column, Sheet, official
from sheets.writer import Cell as SheetCell
from studios.models import Studio, StudioStandard

POSTER_NAMES = 14
"""So many names of 36 pt fit on one poster beside head and code."""


@dataclass
class Session:
    """One session on a poster: who, whose names are struck through, and hours where they are not the usual ones."""

    on: date
    names: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    hours: str = ""
    is_changed: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class Poster:
    """One sheet for one door; `code` is the QR of the public page as the source of an image."""

    studio: Studio
    sessions: list[Session]
    duty: str
    code: str
    address: str


def words_of(cell: Cell | None) -> str:
    """What stands in a cell of the printed sheet."""
    if cell is None:
        return ""
    if cell.is_cancelled:
        return "取消"
    names = "、".join([*filter(None, [cell.name]), *cell.added]) or GAP
    return f"{names}（替{'、'.join(cell.before)}）" if cell.before else names


def roster_workbook(facts: Facts, grid: Grid) -> bytes:
    """值班表 as an official sheet: months over days, one line a seat."""
    roster = facts.roster
    columns = [Column("", "序号", 6), Column("", "工作室", 26)]
    columns += [Column(f"{day.on.year}年{day.on.month}月", f"{day.on.day}日", 10) for day in grid.days]
    rows: list[list[SheetCell]] = [
        [number, row.studio.name, *(words_of(cell) for cell in row.cells)] for number, row in enumerate(grid.rows, 1)
    ]
    noted = [f"{day.on.month}月{day.on.day}日{day.note}" for day in grid.days if day.note]
    return official(
        Sheet(
            title=f"{roster.delegation.name}党代表值班表",
            office=roster.delegation.name,
            period=period_words(roster.first_on, roster.last_on),
            columns=columns,
            rows=rows,
            notes=[duty_of(facts), *noted, "括号内为原定代表"],
            unit="",
            when="值班时间",
            name="值班表",
        )
    )


def duty_of(facts: Facts) -> str:
    """When the studios are open in the period of the roster."""
    return StudioStandard.objects.in_force(facts.roster.county, facts.roster.first_on).duty_words


def posters(facts: Facts, address_of: Callable[[int], str]) -> list[Poster]:
    """Every studio's posters in order; `address_of(pk)` names its public page."""
    stands, duty = standings(facts.roster, facts.seats), duty_of(facts)
    usual = StudioStandard.objects.timetable([facts.roster.county_id])
    sessions: dict[Studio, dict[date, Session]] = {}
    for seat in facts.seats:
        standing = stands[seat.pk]
        if standing.meeting is None:
            continue
        day, standard = standing.meeting.held_on, usual.on(facts.roster.county_id, seat.held_on)
        place = sessions.setdefault(seat.studio, {}).setdefault(day, Session(day))
        _add(place, standing, (standard.duty_starts_at, standard.duty_ends_at))
    found = []
    for studio, by_day in sorted(sessions.items(), key=lambda pair: pair[0].code):
        address = address_of(studio.pk)
        code = code_of(address).svg_data_uri(border=QUIET_MODULES, omitsize=True)
        plain = address.removeprefix("https://").removeprefix("http://")
        found += [Poster(studio, part, duty, code, plain) for part in _sheets(by_day[day] for day in sorted(by_day))]
    return found


def _add(session: Session, standing: Standing, usual: tuple[time, time]) -> None:
    meeting = standing.meeting
    assert meeting is not None
    session.is_changed |= standing.is_changed
    session.is_cancelled = standing.is_cancelled
    if (meeting.starts_at, meeting.ends_at) != usual:
        session.hours = f"{meeting.starts_at:%H:%M}—{meeting.ends_at:%H:%M}"
    session.before += [row.representative.name for row in standing.before]
    keepers = [*filter(None, [standing.keeper]), *standing.added]
    session.names += [row.representative.name for row in dict.fromkeys(keepers)] or [GAP]


def _sheets(sessions: Iterable[Session]) -> list[list[Session]]:
    """Sessions as full sheets; one with several people takes as many lines."""
    sheets: list[list[Session]] = []
    left = 0
    for session in sessions:
        lines = max(1, len(session.names))
        if lines > left:
            sheets.append([])
            left = POSTER_NAMES
        sheets[-1].append(session)
        left -= lines
    return sheets
