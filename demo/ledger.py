"""Past cases the county keyed in from its old ledger (台账): imported as an office imports them, closed long ago."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from demo.county import County
from demo.texts import TEXTS
from studios.enums import StudioKind
from studios.models import Studio
from suggestions.enums import Complexity, Level, Rating, ResultClass, State
from suggestions.models import Suggestion
from suggestions.services.intake import title_of
from suggestions.services.ledger import import_ledger

MOST, ONE_IN = 36, 30
DAYS_BETWEEN = 17
RESULTS = (ResultClass.A, ResultClass.A, ResultClass.C, ResultClass.A, ResultClass.D, ResultClass.A)
PETITIONER = (Rating.SATISFIED, Rating.BASIC, Rating.SATISFIED)
LATE_EVERY, TOWN_EVERY = 9, 3


def number_of(accepted: int) -> int:
    """How many of `accepted` cases come from the ledger."""
    return min(MOST, accepted // ONE_IN)


def write_ledger(county: County, number: int, today: date) -> None:
    """`number` cases, from March two years ago on; all were over before this year began."""
    studios = [row for row in county.studios if row.kind == StudioKind.TOWN and county.members.get(row.pk)]
    begin = date(today.year - 2, 3, 4)
    lines = (
        _line(county, studios[place * 7 % len(studios)], place, begin + timedelta(days=DAYS_BETWEEN * place))
        for place in range(number)
    )
    import_ledger(cases=list(lines), county=county.root, actor=county.county_office)


def _line(county: County, studio: Studio, place: int, submitted_on: date) -> Any:
    """One line of the ledger, as LedgerResource hands it over."""
    text = TEXTS[place % len(TEXTS)]
    matter = text.matter.format(place=studio.village)
    own = county.town_units.get(studio.delegation_id, []) if place % TOWN_EVERY == 0 else []
    days = _days(submitted_on, 14 if place % LATE_EVERY == LATE_EVERY - 1 else 7)
    case: Any = Suggestion(
        county=county.root,
        delegation_id=studio.delegation_id,
        studio=studio,
        representative=county.members[studio.pk][0],
        title=title_of(matter),
        content=matter,
        category=text.category,
        level=Level.TOWN if own else Level.COUNTY,
        unit=own[0] if own else county.units[text.unit],
        complexity=Complexity.SIMPLE,
        state=State.CLOSED,
        result_class=RESULTS[place % len(RESULTS)],
        **dict(days),
    )
    case.reply_text = f"已{text.measure}。"
    case.representative_rating, case.petitioner_rating = Rating.SATISFIED, PETITIONER[place % len(PETITIONER)]
    return case


def _days(submitted_on: date, handling: int) -> Iterator[tuple[str, date]]:
    """The days of the steps, the reply `handling` days after the assignment."""
    day = submitted_on
    waits = {"submitted_on": 0, "accepted_on": 1, "assigned_on": 2, "replied_on": handling, "forwarded_on": 1}
    for name, days in (waits | {"closed_on": 6}).items():
        day += timedelta(days=days)
        yield name, day
