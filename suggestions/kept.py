"""The views of cases that people keep for themselves, as far as their conditions still exist."""

from datetime import date

from django.http import QueryDict

from accounts.kept_lists import CASES, Asked, KeptTabs, Named, kept_tabs, opened
from accounts.models import User
from studios.measures import measures_of
from suggestions.forms.filters import Places
from suggestions.lists import VIEW_BY_KEY, filtered_cases
from suggestions.measures import CASE_SOURCES

NAMED: tuple[Named, ...] = (("view", VIEW_BY_KEY, "视图"), ("measure", measures_of(CASE_SOURCES), "统计项目"))


def kept_cases(user: User, query: QueryDict, today: date, places: Places) -> KeptTabs:
    """The person's own tabs beside the open list `query`."""

    def ask(kept: QueryDict) -> Asked:
        found = filtered_cases(user, kept, today, places)
        return found.form, found.cases

    return kept_tabs(user, CASES, query, lambda kept: opened(kept, NAMED, ask))
