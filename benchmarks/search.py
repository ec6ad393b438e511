"""A two-character search of a county's cases beside one page by primary key (budget ≤ 10 ×)."""

from collections.abc import Callable

from accounts.models import User
from suggestions.models import Suggestion
from suggestions.querysets import SuggestionQuerySet

PAGE = 50
RARE, COMMON, EVERYWHERE = "码头", "积水", "建议"
"""In 20 cases, in one of twenty, and in every one."""
RARE_ONES = 20
BUDGET = 10


def searches() -> dict[str, Callable[[], object]]:
    """What is timed, by name. Of the cases there are, 20 are made to be about something nobody else mentions."""
    office = User.objects.get(username="county")
    _mark()
    cases = Suggestion.objects.visible_to(office)
    return {
        "search: page by key": _page(cases),
        "search: rare word": _page(cases.matching(RARE, office), RARE_ONES),
        "search: common word": _page(cases.matching(COMMON, office)),
        "search: word in all cases": _page(cases.matching(EVERYWHERE, office)),
        "search: word and name": _page(cases.matching(f"{RARE} 交通局", office), 1),
    }


def tell(found: dict[int, dict[str, float]]) -> None:
    """Print the ratios to a page by key."""
    for size, times in found.items():
        floor = times["search: page by key"]
        for name in [name for name in times if name.startswith("search: ") and times[name] is not floor]:
            print(f"{name} ÷ page by key at {size:,}: {times[name] / floor:.1f} (budget ≤ {BUDGET})")


def _page(cases: SuggestionQuerySet, least: int = PAGE) -> Callable[[], object]:
    """Reading a page; a search that finds fewer than `least` would be measured for nothing."""
    rows = cases.with_list_related().order_by("-id")[:PAGE]
    assert len(rows.all()) >= least
    return lambda: list(rows.all())


def _mark() -> None:
    ids = list(Suggestion.objects.values_list("pk", flat=True).order_by("pk"))
    step = max(len(ids) // RARE_ONES, 1)
    for case in Suggestion.objects.filter(pk__in=ids[::step]):
        case.title = f"修缮{RARE}"
        case.save(update_fields=["title", "search_text"])
