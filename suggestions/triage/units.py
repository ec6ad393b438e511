"""The units an office may assign to, read once for a whole page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from accounts.models import Organization, User
from suggestions.enums import State
from suggestions.models import Suggestion
from suggestions.units import by_place, in_use, option_words

UnitOption = tuple[int, str, str]
"""Id, words, and the spelling by which it is found from the keyboard."""


@dataclass(frozen=True)
class Reach:
    """From where a case is assigned: a county (any of its units) or a delegation (its own units)."""

    county: int
    delegation: int | None

    @classmethod
    def of(cls, case: Suggestion) -> Self:
        return cls(case.county_id, None if case.state == State.ESCALATED else case.delegation_id)

    @property
    def key(self) -> str:
        return f"c{self.county}" if self.delegation is None else f"d{self.delegation}"

    def covers(self, unit: Organization) -> bool:
        """Whether `unit` may be chosen from here; `assign_suggestion` has the last word."""
        if self.delegation is None:
            return unit.county_id == self.county
        return unit.delegation_id == self.delegation


class UnitBook:
    """Every active unit of the user's counties, with whether somebody works there (one query)."""

    def __init__(self, user: User) -> None:
        self.units: dict[int, Organization] = {unit.pk: unit for unit in in_use(Organization.objects.visible_to(user))}

    def name_of(self, unit_id: int) -> str:
        return self.units[unit_id].short_name

    def open_to(self, reach: Reach) -> set[int]:
        """Ids of the units with an account that may be chosen from `reach`."""
        return {unit.pk for unit in self._within(reach) if unit.is_staffed}  # type: ignore[attr-defined]

    def choices(self, reach: Reach) -> list[tuple[str, list[UnitOption]]]:
        """Options under 县级 and the short name of each delegation."""
        return [(place, list(map(_option, units))) for place, units in by_place(self._within(reach))]

    def _within(self, reach: Reach) -> list[Organization]:
        return [unit for unit in self.units.values() if reach.covers(unit)]


def _option(unit: Organization) -> UnitOption:
    return unit.pk, option_words(unit), unit.search_key
