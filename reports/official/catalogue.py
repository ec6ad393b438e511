"""The reports of `/reports/`: what each answers, its columns, and by what it can be grouped (domain.md §8)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from appointments.enums import AppointmentKind, Category
from appointments.measures import HELD_OF_KIND
from reports.headline import PEOPLE_MET
from reports.official.columns import Figure, counted, formulas, rate
from reports.official.places import DELEGATIONS, PEOPLE, STUDIOS, UNITS, Grouping
from reports.stats import Ratio
from studios.enums import StudioKind
from suggestions.enums import Evaluator
from suggestions.measures import Aspect, Round, Said, rating_key

Figures = tuple[Figure, ...]
DROPPED = "收集件数为本期受理的建议意见，不含撤回和不予受理"
COHORT = "承办数为本期受理并已交办的建议意见，不含撤回和不予受理；承办单位为主办单位"


@dataclass(frozen=True)
class Version:
    """One of the ways a report can be counted; most have a single one, with empty words."""

    figures: Figures
    key: str = ""
    label: str = ""


@dataclass(frozen=True)
class Report:
    """One report: `question` is what it answers, `unit` what its figures count, `period` the one it opens with."""

    key: str
    name: str
    title: str
    question: str
    unit: str
    groupings: tuple[Grouping, ...] = (DELEGATIONS,)
    versions: tuple[Version, ...] = ()
    remarks: tuple[str, ...] = ()
    period: str = "quarter"

    def notes(self, figures: Figures) -> list[str]:
        """What stands under the table: what was counted, and the formulas of its columns."""
        found = formulas(figures)
        return [*self.remarks, *found, *(["“—”表示没有可以计算的基数"] if found else [])]


def _only(*figures: Figure | list[Figure]) -> tuple[Version, ...]:
    """The one version with these columns, in this order."""
    flat = chain.from_iterable(item if isinstance(item, list) else [item] for item in figures)
    return (Version(tuple(flat)),)


def _satisfaction(in_round: Round) -> Version:
    """Per evaluator: how many rated, and what they said of outcome and attitude."""
    figures: list[Figure] = []
    for of, name in ((Evaluator.REPRESENTATIVE, "党代表评价"), (Evaluator.PETITIONER, "群众评价")):
        figures.append(Figure((name,), "有效评价", rating_key(Said.EVALUATED, of=of, in_round=in_round)))
        for aspect in Aspect:
            figures += _said(name, of, aspect, in_round)
    return Version(tuple(figures), in_round.value, in_round.label)


def _said(name: str, of: Evaluator, aspect: Aspect, in_round: Round) -> list[Figure]:
    def key(said: Said) -> str:
        return rating_key(said, of=of, aspect=aspect, in_round=in_round)

    groups = (name, str(aspect.label))
    answers = [
        Figure(groups, str(said.label), key(said), width=7) for said in (Said.SATISFIED, Said.BASIC, Said.UNSATISFIED)
    ]
    label = f"{of.label}{aspect.label}满意率（含基本满意）"
    return [
        *answers,
        Figure(groups, "满意率", Ratio(label, key(Said.CONTENTED), key(Said.EVALUATED)), width=9),
    ]


def _meetings() -> list[Figure]:
    """Per kind of appointment: how many were held, who was received there, and who came to the events."""
    found = []
    for kind, held in HELD_OF_KIND.items():
        where = {"kind": kind.value}
        found += counted(kind.label, ("场次", held), width=7)
        columns = (("接访人次", "people_received"), ("现场人次", "events_with_people"))
        found += counted(kind.label, *columns, where=where, width=7)
    return found


def _compliance() -> list[Figure]:
    columns = (
        *(("启用", "studios_active"), ("达标", "studios_passing")),
        *(("不达标", "studios_failing"), ("未检查", "studios_unchecked")),
    )
    found = []
    for kind in StudioKind:
        found += counted(kind.short, *columns, where={"studio_kind": kind.value}, width=7)
        found.append(rate(kind.short, "compliance", where={"studio_kind": kind.value}))
    return [*found, *counted("合计", *columns, width=7), rate("合计", "compliance")]


REGULAR = {"kind": AppointmentKind.REGULAR.value}
CONTENTED, EVALUATED = rating_key(Said.CONTENTED), rating_key(Said.EVALUATED)

HEADLINE = Report(
    *("headline", "工作情况", "党代表工作室工作情况统计表", "各代表队约见了多少、收集和办结了多少、群众满不满意"),
    unit="人次、场、件、份",
    versions=_only(
        counted("约见", ("常规约见人次", "regular_attendances"), ("主题约见场次", "themed_held")),
        counted("约见", ("集中约见场次", "collective_held")),
        counted("约见党员群众人次", ("接访", "people_received"), ("活动现场", "events_with_people")),
        Figure(("约见党员群众人次",), "合计", PEOPLE_MET),
        counted("", ("现场处理和答复件数", "onsite_handled"), width=10),
        counted("建议意见", ("收集件数", "accepted"), ("已办结件数", "closed")),
        rate("建议意见", "closing"),
        counted("群众和代表评价", ("有效评价份数", EVALUATED), ("满意和基本满意", CONTENTED)),
        rate("群众和代表评价", "satisfaction"),
    ),
    remarks=(DROPPED, "满意率按最后一轮办理的结果评价计"),
)
HANDLING = Report(
    *("handling", "办理情况", "建议意见办理情况统计表", "各承办单位承办了多少、是否按时、结果怎样、群众满不满意"),
    unit="件、天",
    groupings=(UNITS, DELEGATIONS),
    versions=_only(
        counted("", ("承办数", "assigned")),
        counted(
            "答复情况", ("已答复", "replied"), ("按时", "on_time"), ("延期", "extended"), ("逾期", "late"), width=7
        ),
        counted("答复情况", ("其中未答复", "overdue")),
        rate("答复情况", "reply"),
        rate("答复情况", "on_time"),
        counted("办理结果", *((f"{name}类", f"answered_{name.lower()}") for name in "ABCD"), width=6),
        rate("沟通情况", "met"),
        rate("沟通情况", "contacted"),
        counted("评价", ("有效评价份数", EVALUATED)),
        rate("评价", "satisfaction", "满意率"),
        rate("", "handling_days"),
    ),
    remarks=(
        COHORT,
        "A类已解决，B类正在解决或已列入计划，C类暂不具备条件，D类留作参考",
        "逾期含已答复但超过期限的和逾期未答复的",
    ),
)
COLLECTED = Report(
    *("collected", "收集情况", "建议意见收集情况统计表", "各代表队收集了多少建议意见，反映的是哪些方面"),
    unit="件",
    groupings=(DELEGATIONS, STUDIOS, UNITS),
    versions=_only(
        counted("", ("收集件数", "accepted")),
        [
            Figure(("建议意见类别",), label, "accepted", {"category": key}, 7)
            for key, label in zip(Category.values, Category.labels, strict=True)
        ],
        counted("办结情况", ("已办结", "closed")),
        rate("办结情况", "closing"),
    ),
    remarks=(DROPPED,),
)
MEETINGS = Report(
    *("meetings", "约见情况", "党代表约见情况统计表", "四种约见各办了多少场、接待了多少群众、当场解决了多少"),
    unit="场、件次、人次",
    groupings=(DELEGATIONS, STUDIOS),
    versions=_only(
        _meetings(),
        counted("", ("其他接访人次", "people_received"), where={"kind": None}),
        counted("合计", ("接访件次", "visits"), ("接访人次", "people_received")),
        counted("合计", ("现场人次", "events_with_people")),
        counted("处理情况", ("现场处理和答复", "onsite_handled"), ("转为建议", "became_suggestions")),
        counted("处理情况", ("引导信访等", "referred")),
        rate("处理情况", "onsite"),
    ),
    remarks=(
        "约见场次为已举行的约见",
        "接访人次为逐件登记的接访人数，现场人次为活动中没有逐人登记的人数",
        "其他接访为不在约见中的来访、来电、来信等",
    ),
)
COLLECTIVE = Report(
    *("collective", "集中约见日", "党代表集中约见情况统计表", "集中约见日应到多少、实到多少、带回多少建议意见"),
    unit="人、人次、件",
    versions=_only(
        counted("党代表参加情况", ("应到人数", "collective_expected"), ("实到人数", "collective_present"), width=9),
        rate("党代表参加情况", "collective_participation", "约见参与率"),
        counted("", ("约见党员群众人次", "collective_people"), width=11),
        counted("收集建议意见", ("件数", "collective_cases"), ("其中县交办", "collective_county_cases")),
        [
            Figure(("建议意见类别",), label, "collective_cases", {"category": key}, 7)
            for key, label in zip(Category.values, Category.labels, strict=True)
        ],
    ),
    remarks=(
        "请假和缺勤的计入应到",
        "收集件数为集中约见收集并已受理的建议意见，不含撤回和不予受理",
    ),
    period="last_quarter",
)
ATTENDANCE = Report(
    *("attendance", "值班到岗", "党代表值班到岗情况统计表", "常规约见排了多少班、到岗多少，哪些到岗还没有登记"),
    unit="人次",
    groupings=(DELEGATIONS, PEOPLE),
    versions=_only(
        counted("常规约见（值班）", ("应到", "expected"), ("请假", "excused"), ("到岗", "present"), where=REGULAR),
        counted("常规约见（值班）", ("未登记到岗", "unconfirmed"), where=REGULAR),
        rate("常规约见（值班）", "presence", where=REGULAR),
        counted("四种约见合计", ("应到", "expected"), ("请假", "excused"), ("到岗", "present")),
        rate("四种约见合计", "presence"),
        rate("四种约见合计", "participation"),
    ),
    remarks=("换班的算接替的人，空缺的席位不计入应到", "未登记到岗的计入应到"),
)
SATISFACTION = Report(
    *("satisfaction", "满意度测评", "建议意见办理满意度测评统计表", "党代表和群众对办理结果、办理态度满意不满意"),
    unit="份",
    groupings=(UNITS, DELEGATIONS),
    versions=(_satisfaction(Round.FINAL), _satisfaction(Round.FIRST)),
    remarks=("按本期受理的建议意见统计；并案的每一位来访人各评一次", "未评价的不计入有效评价"),
)
COMPLIANCE = Report(
    *("compliance", "工作室达标", "党代表工作室建设达标情况统计表", "三类工作室各有多少、最近一次检查是否达标"),
    unit="个",
    versions=_only(_compliance()),
    remarks=("按启用的工作室最近一次检查统计，各项都合格或不适用的为达标", "未检查的计入启用"),
    period="all",
)
PERFORMANCE = Report(
    *("performance", "代表履职", "党代表履职情况统计表", "每位党代表值了几次班、接待了多少群众、提了几件建议"),
    unit="次、人次、件",
    groupings=(PEOPLE, DELEGATIONS),
    versions=_only(
        counted("参加约见（到岗次数）", ("常规", "present"), where=REGULAR),
        [
            Figure(("参加约见（到岗次数）",), kind.label[:2], "present", {"kind": kind.value}, 8)
            for kind in (AppointmentKind.THEMED, AppointmentKind.COLLECTIVE, AppointmentKind.DESIGNATED)
        ],
        counted("参加约见（到岗次数）", ("合计", "present")),
        rate("参加约见（到岗次数）", "presence"),
        counted("接待群众", ("接访件次", "visits"), ("群众人次", "people_received"), ("当场处理", "onsite_handled")),
        counted("建议意见", ("收集件数", "accepted"), ("已答复", "replied"), ("已办结", "closed")),
    ),
    remarks=(DROPPED, "换班的算接替的人"),
)
LATE = Report(
    *("late", "逾期通报", "建议意见逾期未答复情况通报表", "哪些单位的哪些建议超过期限还没有答复，逾期几天"),
    unit="件、天",
    groupings=(UNITS,),
    remarks=(
        "期限为批准延期后的办理期限",
        "分别办理的建议列在每个还没有提交的单位名下",
        "逾期最久的单位排在前面",
        "小计和合计的天数为最久的一件",
        "统计时间按受理日期计",
    ),
    period="all",
)
REPORTS: dict[str, Report] = {
    report.key: report
    for report in (
        *(HEADLINE, HANDLING, COLLECTED, MEETINGS, COLLECTIVE),
        *(ATTENDANCE, SATISFACTION, COMPLIANCE, PERFORMANCE, LATE),
    )
}
