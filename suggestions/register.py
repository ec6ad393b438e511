"""办理台账: the register of the cases of a unit or a town in a period, on paper and as an official sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from accounts.models import User
from sheets.official import Column, Sheet, official
from sheets.writer import Cell
from studios.periods import BEGINNING, Period
from suggestions.enums import Evaluator, Rating
from suggestions.forms.filters import places_of
from suggestions.forms.register import RegisterForm
from suggestions.models import Suggestion
from suggestions.querysets import SuggestionQuerySet

COLUMNS = (
    Column("", "序号", 6),
    Column("", "编号", 18),
    Column("", "标题", 30),
    Column("", "类别", 10),
    Column("", "代表队", 10),
    Column("", "党代表", 9),
    Column("交办", "承办单位", 14),
    Column("交办", "交办日期"),
    Column("交办", "办理期限"),
    Column("办理", "答复日期"),
    Column("办理", "是否按期", 8),
    Column("办理", "办理结果", 12),
    Column("评价", "党代表", 9),
    Column("评价", "群众", 9),
    Column("", "现状", 12),
)
NOTES = (
    "按受理日期统计，不含撤回和不予受理",
    "分别办理的各单位都列出，按单位统计时在每个单位各列一次；二次办理的为最后一次",
    "姓名和电话不列入台账",
)


@dataclass(frozen=True)
class Entry:
    """One case of the register."""

    case: Suggestion
    on_time: str
    ratings: dict[str, str]

    @property
    def by_representative(self) -> str:
        return self.ratings.get(Evaluator.REPRESENTATIVE, "")

    @property
    def by_petitioner(self) -> str:
        return self.ratings.get(Evaluator.PETITIONER, "")


@dataclass(frozen=True)
class CaseRegister:
    """The cases a query asks for, of whom and when."""

    cases: SuggestionQuerySet
    form: RegisterForm
    place: str
    period: Period

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{self.place}建议意见办理台账"


def register_of(user: User, query: QueryDict, today: date) -> CaseRegister:
    """Keys: unit, delegation, from, to; without days, this year until today. Bad input is explained and left out."""
    form = RegisterForm(query, places=places_of(user))
    form.is_valid()
    asked = form.cleaned_data
    first, last = asked.get("from_"), asked.get("to")
    period = Period(first or (BEGINNING if last else date(today.year, 1, 1)), last or today, "custom", "自定义")
    cases = Suggestion.objects.visible_to(user).accepted_between(period.first, period.last)
    if delegation := asked.get("delegation"):
        cases = cases.filter(delegation=delegation)
    if unit := asked.get("unit"):
        cases = cases.answered_by(unit)
    place = "".join(form.names[pk] for pk in (delegation, unit) if pk)
    return CaseRegister(cases, form, place, period)


def entries(cases: SuggestionQuerySet) -> Iterator[Entry]:
    """In the order of their numbers; as many queries for one case as for a thousand."""
    rows = cases.with_sheet_related().prefetch_related("evaluations").order_by("accepted_on", "sequence", "id")
    for case in rows.iterator(chunk_size=1000):
        on_time = {True: "按期", False: "逾期", None: ""}[case.was_on_time]
        current = [row for row in case.evaluations.all() if row.round == case.round]
        yield Entry(case, on_time, {row.evaluator: Rating(row.outcome).label for row in current})


def register_sheet(found: CaseRegister, office: str) -> bytes:
    """The official sheet."""
    rows = list(_rows(entries(found.cases)))
    rows.append(("", "合计", f"{len(rows)} 件", *[""] * (len(COLUMNS) - 3)))
    return official(Sheet(found.title, office, found.period.words, COLUMNS, rows, NOTES, unit="件"))


def _rows(found: Iterable[Entry]) -> Iterator[tuple[Cell, ...]]:
    for number, entry in enumerate(found, start=1):
        case = entry.case
        yield (
            number,
            case.number,
            case.title,
            case.get_category_display(),
            case.delegation.short_name,
            case.representative.name,
            case.units_in_full or None,
            case.assigned_on,
            case.due_on,
            case.replied_on,
            entry.on_time or None,
            case.get_result_class_display() or None,
            entry.by_representative or None,
            entry.by_petitioner or None,
            case.get_state_display(),
        )
