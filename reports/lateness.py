"""Who is late: open cases past their due date, by handling unit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from accounts.models import User
from suggestions.models import Assignment, Suggestion


@dataclass(frozen=True)
class LateUnit:
    """One unit with how many cases are late, the longest by how many days, and the list of them."""

    name: str
    count: int
    worst_days: int
    url: str

    @property
    def worst_words(self) -> str:
        return f"{self.worst_days} 天"


def late_units(user: User, today: date) -> list[LateUnit]:
    """Units with overdue cases that `user` sees, the latest first (one query).

    A case that several units share is late with each that has not handed in its part.
    """
    overdue = Suggestion.objects.visible_to(user).overdue(today).order_by()
    owing = Assignment.objects.answering().owed().filter(suggestion__in=overdue).order_by()
    grouped = owing.values("unit", "unit__name").annotate(n=Count("suggestion"), oldest=Min("suggestion__due_on"))
    return [
        LateUnit(
            row["unit__name"],
            row["n"],
            (today - row["oldest"]).days,
            f"{reverse('suggestions:list')}?view=overdue&unit={row['unit']}",
        )
        for row in grouped.order_by("oldest", "-n")
    ]
