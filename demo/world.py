"""What every walk of a county needs."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from demo.county import County
from studios.calendar import OfficeCalendar
from suggestions.deadlines import Rules
from suggestions.models import NumberSequence, Suggestion
from suggestions.services.numbers import number_words
from suggestions.windows import sign_window


@dataclass(frozen=True)
class World:
    """The county, its calendar and rules, the dice, the day it is, and how many numbers it has issued in each year."""

    county: County
    calendar: OfficeCalendar
    rules: Rules
    random: Random
    today: date
    issued: Counter[int] = field(default_factory=Counter)

    def accept(self, case: Suggestion, day: date) -> None:
        """Give the case the next number of the year; cases must come in the order of their acceptance."""
        self.issued[day.year] += 1
        case.accepted_on, case.year, case.sequence = day, day.year, self.issued[day.year]
        case.number = number_words(self.county.root, day.year, case.sequence)

    def sign_due_on(self, assigned_on: date) -> date:
        """By when a unit is to sign for what it was given on that day."""
        return sign_window(assigned_on, self.rules, self.calendar).ends_on

    def sequences(self) -> list[NumberSequence]:
        """How far each year's numbers went, as rows not yet saved."""
        return [NumberSequence(county=self.county.root, year=year, last=last) for year, last in self.issued.items()]
