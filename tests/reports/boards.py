"""A county with answered cases, and the rows behind the links of its board."""

from datetime import date, timedelta

from django.db.models import Sum
from django.http import QueryDict
from django.urls import resolve

from accounts.models import User
from reports.board.cards import Board
from reports.rows import Rows
from reports.stats import MEASURES, PLACES
from studios.measures import Span, counted_rows
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.reports.worlds import World, random_world

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def answered_world(cast: Cast, seed: int = 7, size: int = 20) -> World:
    """A random county whose closed cases were answered by two units after 3 to 40 days."""
    world = random_world(cast, seed, size)
    units = [cast.county_unit, cast.other_unit, cast.town_unit]
    for nth, case in enumerate(case for case in world.cases if case.state == State.CLOSED):
        taken, given = 3 + 37 * (nth % 4) // 3, case.accepted_on
        due = given + (10 if nth % 2 else 25) * DAY
        Suggestion.objects.filter(pk=case.pk).update(
            unit=units[nth % 3],
            assigned_on=given,
            first_assigned_on=given,
            original_due_on=given + 10 * DAY,
            due_on=due,
            cap_on=given + 31 * DAY,
            replied_on=given + taken * DAY,
            was_on_time=given + taken * DAY <= due,
            forwarded_on=given + taken * DAY,
            closed_on=given + taken * DAY,
        )
    return world


def behind(user: User, url: str) -> int:
    """What the list at `url` adds up to for `user`: its rows, or the sum its measure takes of them."""
    path, _, query = url.partition("?")
    asked = QueryDict(query)
    place = next(
        place
        for place in PLACES
        if place.url_name == resolve(path).view_name and asked["measure"] in place.source.measures
    )
    span = Span(*(date.fromisoformat(asked[key]) for key in ("from", "to", "as_of")))
    found = counted_rows([place.source], getattr(Rows.visible_to(user), place.rows), asked, span).rows
    measure = MEASURES[asked["measure"]]
    if not measure.of:
        return int(found.count())
    whole = found.aggregate(n=Sum(measure.of))["n"] or 0
    return whole.days if isinstance(whole, timedelta) else int(whole)


def links_of(board: Board) -> dict[str, int]:
    """Every address on the board with the number that leads to it."""
    assert board.numbers.content is not None
    assert board.late.content is not None
    assert board.flow.content is not None
    parts = [*board.flow.content, *(board.story.content.parts if board.story and board.story.content else ())]
    for big in board.numbers.content:
        parts += [*big.parts, *(big.change.parts if big.change else ())]
    found = {part.url: part.number for part in parts}
    found |= {big.url: int(big.words.replace(",", "")) for big in board.numbers.content if big.url}
    found |= {unit.url: unit.count for unit in board.late.content.units}
    for item in board.figures:
        assert item.content is not None
        found |= {cell.url: cell.number for row in item.content.rows for cell in row.cells if cell.url}
    return found
