"""What is asked of a report: the period, the delegation, the grouping, the version. All of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from accounts.models import User
from appointments.collective import read_delegations
from appointments.quarters import Quarter
from reports.official.catalogue import Report, Version
from reports.official.places import Grouping
from studios.measures import Groups, Span
from studios.periods import Period, month_words, period_of, with_last


class QuestionForm(forms.Form):
    """The choices beside the period; a report that offers no choice has no field for it."""

    delegation = forms.ChoiceField(label="代表队", required=False)
    by = forms.ChoiceField(label="分组", required=False)
    version = forms.ChoiceField(label="口径", required=False)

    def __init__(self, query: QueryDict, *, user: User, report: Report) -> None:
        super().__init__(query)
        towns = read_delegations(user).order_by("county__code", "code").values_list("pk", "short_name")
        self._offer("delegation", [("", "全部"), *((str(pk), name) for pk, name in towns)], least=3)
        self._offer("by", [(item.key, item.label) for item in report.groupings])
        self._offer("version", [(item.key, item.label) for item in report.versions])

    def _offer(self, name: str, choices: list[tuple[str, str]], least: int = 2) -> None:
        if len(choices) < least:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.widget.attrs["class"] = "form-select"


@dataclass(frozen=True)
class Question:
    """One report as asked for; `delegation` None means all that the user reads."""

    report: Report
    period: Period
    today: date
    grouping: Grouping
    version: Version
    delegation: int | None
    period_asked: str
    choices_asked: str

    @property
    def asked(self) -> str:
        """The question as a query string, without what nobody asked for."""
        return "&".join(filter(None, (self.period_asked, self.choices_asked)))

    @property
    def span(self) -> Span:
        return Span.of(self.period, self.today)

    @property
    def fixed(self) -> Groups:
        return {} if self.delegation is None else {"delegation": self.delegation}

    @property
    def title(self) -> str:
        """2026年第三季度党代表约见情况统计表; the version, where there are several, in brackets."""
        label = f"（{self.version.label}）" if self.version.label else ""
        return f"{named(self.period)}{self.report.title}{label}"


def named(period: Period) -> str:
    """2026年第三季度 for a period the calendar has a name for, also while it is running; else nothing."""
    if period.key in {"month", "last_month"}:
        return month_words(period.first)
    if period.key in {"year", "last_year"}:
        return f"{period.first.year}年"
    quarter = Quarter.of(period.first)
    is_whole = (period.first, period.last) == (quarter.first, quarter.last)
    return quarter.label if is_whole or period.key in {"quarter", "last_quarter"} else ""


def period_asked(query: QueryDict, today: date, default: str) -> tuple[Period, forms.Form, str]:
    """The period of `?q=2026Q3`, `?period=` or `?from=&to=`, its form, and the part of the address that says so."""
    quarter = Quarter.named(query.get("q", ""))
    period, form = period_of(query, today, default=default, offered=with_last(today))
    if period.key == "custom":
        return period, form, period.query
    if quarter:
        return Period(quarter.first, quarter.last, quarter.key, quarter.label), form, urlencode({"q": quarter.key})
    return period, form, urlencode({"period": period.key}) if query.get("period") == period.key else ""


def question_of(user: User, report: Report, query: QueryDict, today: date) -> tuple[Question, QuestionForm, forms.Form]:
    """What `query` asks, and the forms that explain what was wrong with it; bad input falls back to the usual."""
    period, period_form, asked = period_asked(query, today, report.period)
    form = QuestionForm(query, user=user, report=report)
    form.is_valid()
    chosen = form.cleaned_data
    grouping = next((item for item in report.groupings if item.key == chosen.get("by")), report.groupings[0])
    versions = report.versions or (Version(()),)
    version = next((item for item in versions if item.key == chosen.get("version")), versions[0])
    delegation = int(chosen["delegation"]) if chosen.get("delegation") else None
    choices = urlencode({name: value for name, value in chosen.items() if value})
    return Question(report, period, today, grouping, version, delegation, asked, choices), form, period_form
