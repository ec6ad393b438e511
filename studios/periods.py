"""Periods people ask statistics for: 本月, 本季, 本年, 全部, or from–to."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from accounts.conditions import DayRangeForm
from studios.calendar import month_bounds, quarter_bounds

BEGINNING = date(2000, 1, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included; `key` names the preset it came from."""

    first: date
    last: date
    key: str
    label: str

    @property
    def query(self) -> str:
        """The period as a query string, for links to the rows behind a number."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})

    @property
    def words(self) -> str:
        """2026年7月1日至2026年9月30日."""
        if self.first == BEGINNING:
            return f"截至{_words(self.last)}"
        return f"{_words(self.first)}至{_words(self.last)}"


class PeriodForm(DayRangeForm):
    """`?period=` names a preset; `?from=&to=` give the days and win over it."""

    period = forms.CharField(required=False)
    from_ = forms.DateField(
        label="开始日期", required=False, error_messages={"invalid": "开始日期请按“2026-07-01”填写"}
    )
    to = forms.DateField(label="结束日期", required=False, error_messages={"invalid": "结束日期请按“2026-09-30”填写"})


def presets(today: date) -> list[Period]:
    """The periods offered as one tap, up to `today`."""
    return [
        Period(month_bounds(today)[0], today, "month", "本月"),
        Period(quarter_bounds(today)[0], today, "quarter", "本季"),
        Period(date(today.year, 1, 1), today, "year", "本年"),
        Period(BEGINNING, today, "all", "全部"),
    ]


def with_last(today: date) -> list[Period]:
    """The presets of reports: those above, and the last whole month, quarter and year before 全部."""
    *running, everything = presets(today)
    month, quarter, year = (period.first for period in running)
    return [
        *running,
        Period(*month_bounds(month - DAY), "last_month", "上月"),
        Period(*quarter_bounds(quarter - DAY), "last_quarter", "上季"),
        Period((year - DAY).replace(month=1, day=1), year - DAY, "last_year", "上年"),
        everything,
    ]


def period_of(
    query: QueryDict, today: date, *, default: str = "all", offered: list[Period] | None = None
) -> tuple[Period, PeriodForm]:
    """The period `query` asks for and the form that says what was wrong; bad input falls back to `default`.

    `offered` are the presets it may name, those of `presets` unless told.
    """
    form = PeriodForm(query)
    named = {period.key: period for period in offered or presets(today)}
    fallback = named[default]
    if not form.is_valid():
        return fallback, form
    first, last = form.cleaned_data["from_"], form.cleaned_data["to"]
    if first or last:
        return Period(first or BEGINNING, last or today, "custom", "自定义"), form
    return named.get(form.cleaned_data["period"], fallback), form


def days_words(first: date, last: date) -> str:
    """2026年, 2026年第三季度, 2026年3月 for whole ones; else the two days; "" for all time up to an unknown day."""
    if first == BEGINNING:
        return "" if last == date.max else f"截至{_words(last)}"
    if last == date.max:
        return f"{_words(first)}以来"
    ends = last + timedelta(days=1)
    if first.day == ends.day == 1:
        if (first.month, ends) == (1, date(first.year + 1, 1, 1)):
            return f"{first.year}年"
        if quarter_bounds(first) == (first, last):
            return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
        if month_bounds(first) == (first, last):
            return month_words(first)
    return f"{_words(first)}至{_words(last)}"


def month_words(day: date) -> str:
    """2026年3月."""
    return f"{day.year}年{day.month}月"


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
