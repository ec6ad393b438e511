"""The periods of the board: which days, which came before and after, and what they are compared with. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from representatives.terms import Term
from studios.calendar import month_bounds, quarter_bounds
from studios.measures import Span
from studios.periods import BEGINNING, Period, PeriodForm

ONE_DAY = timedelta(days=1)
DEFAULT = "year"
Days = tuple[date, date]


class BoardPeriodForm(PeriodForm):
    """`?period=month&on=2026-10-31` is the month that holds the day; without `on` the one that runs."""

    on = forms.DateField(required=False)


@dataclass(frozen=True)
class Step:
    """A link to a period: its words, and its query string."""

    label: str
    query: str


@dataclass(frozen=True)
class Comparison:
    """The period before, cut to the same length and looked at after the same delay."""

    label: str
    span: Span


@dataclass(frozen=True)
class Choice:
    """The period chosen: its days up to today, the steps to its neighbours, and what it is compared with."""

    period: Period
    query: str
    back: Step | None
    forth: Step | None
    before: Comparison | None


@dataclass(frozen=True)
class Kind:
    """A kind of period: its word, what the one before is called, and the days of the one that holds a day."""

    label: str
    before: str
    holding: Callable[[date], Days | None]


def kinds(terms: Sequence[Term]) -> dict[str, Kind]:
    """The kinds of periods with bounds of their own; 届 only where some county has written down its terms."""

    def term(day: date) -> Days | None:
        begun = [item for item in terms if item.first <= day]
        if not begun or begun[-1].last < day:
            return None
        following = [item.first - ONE_DAY for item in terms if item.first > begun[-1].first]
        return begun[-1].first, min([begun[-1].last, *following])

    found = {
        "month": Kind("本月", "上月", month_bounds),
        "quarter": Kind("本季", "上季", quarter_bounds),
        "year": Kind("本年", "上年", lambda day: (date(day.year, 1, 1), date(day.year, 12, 31))),
    }
    return found | ({"term": Kind("本届", "上届", term)} if terms else {})


def offered(terms: Sequence[Term], today: date) -> list[tuple[str, str]]:
    """(key, label) of every period offered as one tap on `today`."""
    running = [(key, kind.label) for key, kind in kinds(terms).items() if kind.holding(today)]
    return [*running, ("all", "全部")]


def chosen(query: QueryDict, today: date, terms: Sequence[Term]) -> tuple[Choice, BoardPeriodForm]:
    """What `query` asks for and the form that says what was wrong; bad input falls back to the year that runs."""
    form = BoardPeriodForm(query)
    asked = form.cleaned_data if form.is_valid() else {}
    first, last = asked.get("from_"), asked.get("to")
    if first or last:
        return _custom(first or BEGINNING, last or max(today, first or today), today), form
    if asked.get("period") == "all":
        return running(today)["all"], form
    on = asked.get("on") or today
    found = _of_kind(asked.get("period") or DEFAULT, min(on, today), today, terms)
    return found or running(today)[DEFAULT], form


def running(today: date) -> dict[str, Choice]:
    """By key, the periods that run on `today` wherever the reader is: those of the calendar, and all time."""
    found = {key: _of_kind(key, today, today, ()) for key in kinds(())}
    everything = Choice(Period(BEGINNING, today, "all", "全部"), "period=all", None, None, None)
    return {key: choice for key, choice in found.items() if choice} | {"all": everything}


def _of_kind(key: str, on: date, today: date, terms: Sequence[Term]) -> Choice | None:
    """The period of that kind that holds `on`, None where there is none."""
    kind = kinds(terms).get(key)
    days = kind.holding(on) if kind and on >= BEGINNING else None
    if kind is None or days is None:
        return None
    first, whole_last = days
    last = min(whole_last, today)
    earlier = kind.holding(first - ONE_DAY)
    step = f"period={key}&on="
    return Choice(
        Period(first, last, key, kind.label),
        f"period={key}" if whole_last >= today else f"{step}{whole_last}",
        Step("上一期", f"{step}{first - ONE_DAY}") if earlier and earlier[1] >= BEGINNING else None,
        Step("下一期", f"{step}{whole_last + ONE_DAY}") if whole_last < today else None,
        _before(kind, (first, last), whole_last, earlier, today) if earlier else None,
    )


def _before(kind: Kind, days: Days, whole_last: date, earlier: Days, today: date) -> Comparison:
    """Like with like: a period that is over is compared with the whole one before it, one that still runs with as
    many first days of it (1–24 November with 1–24 October; a shorter month ends where it ends). Both are looked at
    equally long after their last day, so that work on the earlier one has had no more time."""
    first, last = days
    is_over = last == whole_last
    end = earlier[1] if is_over else min(earlier[0] + (last - first), earlier[1])
    return Comparison(kind.before + ("" if is_over else "同期"), Span(earlier[0], end, end + (today - last)))


def _custom(first: date, last: date, today: date) -> Choice:
    """Days of one's own; they step by their length and are compared with the same length just before."""
    length = last - first
    query = urlencode({"from": first, "to": last})
    if first == BEGINNING:
        return Choice(Period(first, last, "custom", "自定义"), query, None, None, None)
    back = (first - ONE_DAY - length, first - ONE_DAY)
    forth = (last + ONE_DAY, last + ONE_DAY + length)
    return Choice(
        Period(first, last, "custom", "自定义"),
        query,
        Step("上一期", urlencode({"from": back[0], "to": back[1]})),
        Step("下一期", urlencode({"from": forth[0], "to": forth[1]})) if forth[0] <= today else None,
        Comparison("上期", Span(*back, min(back[1] + max(today - last, timedelta()), today))),
    )
