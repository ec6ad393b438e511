"""Who has to work out anew when the office calendar changes: apps above register in their `attached` module.

StudiosConfig.ready imports every app's `attached`, which calls
`register(recompute)`. `recompute(shift)` runs once per change, inside its transaction and after the new rows are
written, and must

* work set-wise: a change reaches thousands of rows, in few queries (2,500 open cases in well under a second);
* lock the rows it writes, write named fields, and write reminder rows for what moved;
* never touch what is finished: closed cases, duties held, verdicts given;
* keep what a person decided: a granted extension, a seat moved by hand, a published roster. Where the calendar now
  contradicts such a decision, say so in an effect and leave it to the person;
* be idempotent: with nothing left to change it writes nothing and returns nothing;
* return an `Effect` for every row that it changed, or that is certain where it was provisional before. Where
  thousands may change, open work for the background and return one effect per county that links to it.

A roster, for example, asks `shift.days_that_changed()`, takes the drafted (not yet published) rosters with a seat on
one of those days, decides by each roster's own rule for holidays (skip, move, keep), and for a published one only
returns an effect 「已公布，请在排班页决定」. `shift.after.is_holiday(day)` tells a Saturday inside a holiday from a
plain one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from studios.calendar import OfficeCalendar


@dataclass(frozen=True)
class CalendarShift:
    """The office calendar before and after one change, and the moment of it (aware)."""

    before: OfficeCalendar
    after: OfficeCalendar
    now: datetime

    def days_that_changed(self) -> frozenset[date]:
        """Days of another kind than before."""
        days = {*self.before.exceptions, *self.after.exceptions}
        return frozenset(day for day in days if self.before.exceptions.get(day) != self.after.exceptions.get(day))

    def became_certain(self, *days: date) -> bool:
        """Whether any of `days` was provisional, and none is now."""
        return self.before.is_provisional(*days) and not self.after.is_provisional(*days)


@dataclass(frozen=True)
class Effect:
    """What the change did to one thing: its county, generic key, name, address, and its words before and after."""

    county_id: int
    subject: str
    label: str
    url: str
    before: str
    after: str


Recompute = Callable[[CalendarShift], Iterable[Effect]]
_dependents: list[Recompute] = []


def register(recompute: Recompute) -> None:
    """Let `recompute(shift)` run whenever the office calendar changes."""
    _dependents.append(recompute)


def recompute_all(shift: CalendarShift) -> list[Effect]:
    """Let everybody registered work out anew; returns what changed."""
    return [effect for recompute in _dependents for effect in recompute(shift)]
