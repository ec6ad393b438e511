"""What one board counts: a few queries that all its cards share, each asked when the first card needs it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import product

from accounts.models import Organization, User
from appointments.measures import HELD_OF_KIND
from reports.board.periods import ONE_DAY, Choice
from reports.board.places import Place
from reports.headline import KEYS as HEADLINE
from reports.headline import PEOPLE_MET
from reports.rows import Rows
from reports.stats import Numbers, Tally, count, keys_of, link, total
from studios.calendar import month_bounds
from studios.measures import Groups, Span
from suggestions.enums import Evaluator
from suggestions.measures import CASES, RATINGS, Aspect, Said, rating_key

RATINGS_SHOWN = (Said.EVALUATED, Said.SATISFIED, Said.BASIC, Said.UNSATISFIED)
FLOW = ("accepted", "assigned", "replied", "forwarded", "closed")
MIX = tuple(HELD_OF_KIND.values())
JUDGED = ("on_time_unextended", "on_time_extended", "late", "judged")
WHOLE = tuple(
    dict.fromkeys(
        (
            *HEADLINE,
            *FLOW,
            *keys_of("on_time", "handling_days"),
            *(rating_key(said, of=of, aspect=aspect) for said, of, aspect in product(RATINGS_SHOWN, Evaluator, Aspect)),
        )
    )
)
COMPARED = (
    *(*PEOPLE_MET, "accepted", "assigned"),
    *keys_of("closing", "satisfaction", "on_time", "handling_days"),
)
MONTHLY = ("people_received", "accepted", "closed", *MIX)


class Counts:
    """The rows `user` sees, narrowed to a place and a period, counted as the cards ask."""

    def __init__(self, user: User, place: Place, choice: Choice, today: date) -> None:
        self.user, self.place, self.choice, self.today = user, place, choice, today
        self.span = Span.of(choice.period, today)
        self._rows = Rows.visible_to(user)

    def link(self, key: str, where: Groups | None = None) -> str:
        """The list of exactly the rows behind `key` in this place and period, narrowed further to `where`."""
        return link(key, self.span, {**self.place.where, **(where or {})})

    @cached_property
    def by_place(self) -> Tally:
        """The headline and more, by county and delegation (one query per kind of rows)."""
        return self._count(WHOLE, ("county", "delegation"))

    @cached_property
    def numbers(self) -> Numbers:
        """The same in one."""
        return total(self.by_place)

    @cached_property
    def before(self) -> Numbers | None:
        """What the period is compared with; None where nothing is."""
        if self.choice.before is None:
            return None
        return total(self._count(COMPARED, (), self.choice.before.span))

    @cached_property
    def by_month(self) -> dict[date, Numbers]:
        """Every month from the first to the last that has any, those without in between too."""
        found = {month: numbers for (month,), numbers in self._count(MONTHLY, ("month",)).items()}
        held = [month for month, numbers in found.items() if isinstance(month, date) and any(numbers.values())]
        if not held:
            return {}
        months, following = [min(held)], max(held)
        while months[-1] < following:
            months.append(month_bounds(months[-1])[1] + ONE_DAY)
        return {month: found.get(month, Counter()) for month in months}

    @cached_property
    def by_category(self) -> Tally:
        return self._count(("accepted", "closed"), ("category",))

    @cached_property
    def by_unit(self) -> Tally:
        return self._count(JUDGED, ("unit",))

    @cached_property
    def by_days(self) -> Tally:
        """Answered cases by how long the answer took."""
        return self._count(("replied",), ("days",))

    def names(self, pks: Iterable[object]) -> dict[object, str]:
        """The short names of organisations the numbers came from (one query)."""
        return dict(Organization.objects.filter(pk__in=[pk for pk in pks if pk]).values_list("pk", "short_name"))

    def _count(self, keys: Iterable[str], by: tuple[str, ...], span: Span | None = None) -> Tally:
        """A unit has cases and ratings alone: what is counted over other rows stays 0 there."""
        known = CASES.measures.keys() | RATINGS.measures.keys()
        asked = [key for key in keys if not self.place.is_unit or key in known]
        return count(self._rows, span or self.span, asked, by=by, where=self.place.where)
