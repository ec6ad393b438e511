"""The findings of a checked sheet as a page: the refused first, counted, filtered, fifty at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from accounts.forms import FindingFilterForm
from accounts.paging import PAGE_SIZE
from sheets.resource import Finding, Outcome

LABELS = {
    Outcome.REFUSED: "不能导入",
    Outcome.NEW: "新增",
    Outcome.CHANGED: "修改",
    Outcome.SAME: "不变",
}
TONES = {Outcome.REFUSED: "redo", Outcome.NEW: "todo", Outcome.CHANGED: "answered", Outcome.SAME: "plain"}


@dataclass(frozen=True)
class View:
    """One tab: its word, address, count, and whether it is the one shown."""

    label: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Line:
    """One row of the sheet as it is shown."""

    finding: Finding
    label: str
    tone: str

    @property
    def changes(self) -> list[list[str]]:
        """(head, from, to) of a changed row."""
        return self.finding.details if self.finding.outcome == Outcome.CHANGED else []

    @property
    def reasons(self) -> list[str]:
        """Why a row is refused."""
        return self.finding.details if self.finding.outcome == Outcome.REFUSED else []


@dataclass(frozen=True)
class Preview:
    """Shaped like `accounts.paging.Page` for the pagination component, with tabs above."""

    views: list[View]
    rows: list[Line]
    previous_url: str
    next_url: str
    count_words: str


def preview_of(findings: Sequence[Finding], query: QueryDict) -> Preview:
    """The rows that `query` asks for (`outcome`, `page`); anything else shows all from the beginning."""
    form = FindingFilterForm(query)
    asked = form.cleaned_data if form.is_valid() else {}
    outcome, number = asked.get("outcome") or "", asked.get("page") or 1
    counts = Counter(found.outcome for found in findings)
    order = list(LABELS)
    chosen = [found for found in findings if not outcome or found.outcome == outcome]
    chosen.sort(key=lambda found: order.index(found.outcome))
    views = [View("全部", "?", len(findings), is_current=not outcome)]
    views += [View(LABELS[key], f"?outcome={key}", counts[key], is_current=key == outcome) for key in order]
    last = number * PAGE_SIZE
    shown = chosen[last - PAGE_SIZE : last]
    return Preview(
        views,
        [Line(found, LABELS[found.outcome], TONES[found.outcome]) for found in shown],
        f"?outcome={outcome}&page={number - 1}" if number > 1 else "",
        f"?outcome={outcome}&page={number + 1}" if last < len(chosen) else "",
        f"共 {len(chosen)} 行",
    )
