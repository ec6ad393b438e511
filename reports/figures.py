"""The headline as people read it: each number with its word, its basis, and the list behind it."""

from dataclasses import dataclass

from django.urls import reverse

from reports.headline import Headline
from studios.periods import Period
from studios.rates import percent_words


@dataclass(frozen=True)
class Figure:
    """One number: `field` of Headline, its words, and the list of exactly its rows (address name and measure)."""

    field: str
    label: str
    unit: str
    url_name: str
    measure: str

    def url(self, period: Period) -> str:
        """The list behind the number in `period`."""
        return f"{reverse(self.url_name)}?measure={self.measure}&{period.query}"


FIGURES = (
    Figure("regular_attendances", "常规约见人次", "人次", "appointments:attendance_list", "regular_attendances"),
    Figure("themed_held", "主题约见场次", "场", "appointments:list", "themed_held"),
    Figure("collective_held", "集中约见场次", "场", "appointments:list", "collective_held"),
    Figure("people_received", "接访群众人次", "人次", "appointments:visit_list", "people_received"),
    Figure("event_headcount", "活动现场人次", "人次", "appointments:list", "events_with_people"),
    Figure("onsite_handled", "现场处理和答复", "件", "appointments:visit_list", "onsite_handled"),
    Figure("suggestions_accepted", "收集建议意见", "件", "suggestions:list", "accepted"),
    Figure("suggestions_closed", "已办结", "件", "suggestions:list", "closed"),
    Figure("satisfaction_n", "有效评价", "份", "suggestions:evaluation_list", "evaluated"),
    Figure("satisfied", "满意和基本满意", "份", "suggestions:evaluation_list", "satisfied"),
)


@dataclass(frozen=True)
class Shown:
    """A figure with its number in one period, and the change since the period before (None: nothing before)."""

    figure: Figure
    number: int
    url: str
    change: int | None
    basis: str


def shown_figures(now: Headline, before: Headline | None, period: Period) -> list[Shown]:
    """Every figure of `now`, compared with `before`."""
    bases = {
        "suggestions_closed": f"办结率 {percent_words(now.closing_rate)}，n = {now.suggestions_accepted}",
        "satisfied": f"满意率（含基本满意）{percent_words(now.satisfaction_rate)}，n = {now.satisfaction_n}",
        "event_headcount": f"约见党员群众合计 {now.people_met} 人次",
    }
    return [
        Shown(
            figure,
            getattr(now, figure.field),
            figure.url(period),
            getattr(now, figure.field) - getattr(before, figure.field) if before else None,
            bases.get(figure.field, ""),
        )
        for figure in FIGURES
    ]
