"""Every rule of the data as a question to the rows; each answer is a sentence about what is wrong."""

from collections.abc import Callable, Iterator

from django.db.models import Count, F, Max, Min, Q

from accounts.search import outdated
from appointments.enums import VisitOutcome
from appointments.integrity import duties_told
from appointments.models import Visit
from studios.integrity import rectifications
from studios.services import load_calendar
from suggestions.deadlines import clock_deadline
from suggestions.enums import (
    ANSWERING,
    CONTENTED,
    HANDLING_STATES,
    AssignmentKind,
    AssignmentStatus,
    Complexity,
    ReplyStatus,
    RequestKind,
    RequestState,
    State,
    Verb,
)
from suggestions.integrity_endings import merged, promises, rulings
from suggestions.ledger import TOLD
from suggestions.models import (
    Assignment,
    DeadlinePolicy,
    Evaluation,
    NumberSequence,
    RecomputeJob,
    Reply,
    Suggestion,
    SuggestionTransition,
    UnitRequest,
)
from suggestions.querysets import CaseRowQuerySet, SuggestionQuerySet
from suggestions.supervision_integrity import supervisions
from suggestions.workflow import TRANSITIONS

LAWFUL = {(row.verb, source, row.leads_to(source)) for row in TRANSITIONS for source in row.sources}
AFTER_REPLY = (State.REPLY_REVIEW, State.AWAIT_EVALUATION, State.CLOSED)


def histories() -> Iterator[str]:
    """Every log row follows the table (or is what only a ledger tells) and the one before; the last says where the
    case stands, and how often."""
    standing: dict[int, str] = {}
    steps: dict[int, int] = {}
    rows = SuggestionTransition.objects.order_by("suggestion_id", "at", "id")
    fields = ("suggestion_id", "suggestion__is_imported", "verb", "from_state", "to_state")
    for case, is_imported, verb, before, after in rows.values_list(*fields).iterator(chunk_size=5000):
        if (verb, before, after) not in LAWFUL and not (is_imported and (verb, before, after) == TOLD):
            yield f"建议 #{case}：{Verb(verb).label}不能从{State(before).label}到{State(after).label}"
        if standing.get(case, State.DRAFT) != before:
            yield f"建议 #{case}：{Verb(verb).label}之前的状态与上一步不符"
        standing[case] = after
        steps[case] = steps.get(case, 0) + 1
    for pk, state, version in Suggestion.objects.values_list("pk", "state", "version").iterator(chunk_size=5000):
        if standing.get(pk, State.DRAFT) != state:
            yield f"建议 #{pk}：现在的状态与流转记录不符"
        if version < steps.get(pk, 0) + 1:
            yield f"建议 #{pk}：版本号比流转记录少"


def numbers() -> Iterator[str]:
    """Numbers run from 1 without a gap per county and year, as far as the sequence says."""
    issued = Suggestion.objects.filter(sequence__isnull=False).order_by().values("county_id", "year")
    found = issued.annotate(first=Min("sequence"), last=Max("sequence"), n=Count("sequence", distinct=True))
    last: dict[tuple[int, int | None], int] = {
        (row.county_id, row.year): row.last for row in NumberSequence.objects.filter(last__gt=0)
    }
    for row in found:
        if row["first"] != 1 or row["n"] != row["last"]:
            yield f"{row['year']}年编号不连续：发到 {row['last']}，只有 {row['n']} 件"
        if last.pop((row["county_id"], row["year"]), 0) != row["last"]:
            yield f"{row['year']}年编号与编号簿不符"
    for (_county, year), number in last.items():
        yield f"{year}年编号簿发到 {number}，却没有一件建议"


def assignments() -> Iterator[str]:
    """A running case has one lead in force, perhaps with helpers, or two and more that share it; one of these is the
    unit named on the case. (That no unit has two parts is a constraint of the database.)"""
    in_force = Q(assignments__status=AssignmentStatus.ACTIVE)

    def of(kind: AssignmentKind) -> Count:
        return Count("assignments", filter=in_force & Q(assignments__kind=kind))

    named = in_force & Q(assignments__unit=F("unit"), assignments__kind__in=sorted(ANSWERING))
    counted = Suggestion.objects.running().annotate(
        leads=of(AssignmentKind.LEAD),
        helpers=of(AssignmentKind.CO),
        parts=of(AssignmentKind.SPLIT),
        named=Count("assignments", filter=named),
    )
    shared = Q(leads=0, helpers=0, parts__gte=2)
    for pk in counted.exclude(Q(named=1) & (Q(leads=1, parts=0) | shared)).values_list("pk", flat=True):
        yield f"建议 #{pk}：办理中却既没有唯一的主办单位，也不是由几个单位分办"


def deadlines() -> Iterator[str]:
    """Due date and cap are what the rules of the day of assignment say.

    Where these count workdays or move rest days, the calendar may have changed since; where they were corrected, they
    were others once. Then the original due date and what has ended are by the rules of their time. The cap of a clock
    that runs is by those of today once nothing waits to be recomputed, or later to make room for a promised day.
    """
    calendar, policies = load_calendar(), {}
    jobs = RecomputeJob.objects.values_list("policy", flat=True)
    corrected, waiting = set(jobs.filter(policy__isnull=False)), RecomputeJob.objects.unfinished()
    unsettled = set(waiting.values_list("county", flat=True))
    cases = Suggestion.objects.filter(assigned_on__isnull=False).exclude(complexity="").select_related("county")
    fields = ("pk", "county", "state", "round", "assigned_on", "complexity", "original_due_on", "due_on", "cap_on")
    for case in cases.only(*fields, "county__name").iterator(chunk_size=5000):
        key = case.county_id, case.assigned_on
        assert case.assigned_on and case.due_on and case.cap_on
        if key not in policies:
            policies[key] = DeadlinePolicy.objects.in_force(case.county, case.assigned_on)
        policy = policies[key]
        rule = clock_deadline(case.assigned_on, Complexity(case.complexity), case.round, policy.rules, calendar)
        is_fixed = not policy.rules.depends_on_calendar and policy.pk not in corrected
        is_current = case.state in HANDLING_STATES and case.county_id not in unsettled
        is_cap = case.cap_on == rule.cap_on or case.cap_on == case.due_on > rule.cap_on
        if (is_fixed and case.original_due_on != rule.due_on) or ((is_fixed or is_current) and not is_cap):
            yield f"建议 #{case.pk}：期限与规定不符"


def replies() -> Iterator[str]:
    """Answered cases have a reply of their round, judged on time or late; what was relayed says so. Only a ledger does
    not know who handed a reply in."""
    answered = Suggestion.objects.in_state(*AFTER_REPLY)
    for pk in answered.filter(Q(replied_on=None) | Q(was_on_time=None)).values_list("pk", flat=True):
        yield f"建议 #{pk}：已答复却没有答复日期或按期判定"
    wrong = Q(was_on_time=True, replied_on__gt=F("due_on")) | Q(was_on_time=False, replied_on__lte=F("due_on"))
    for pk in answered.filter(wrong).values_list("pk", flat=True):
        yield f"建议 #{pk}：按期判定与日期不符"
    standing = Reply.objects.exclude(status=ReplyStatus.RETURNED).filter(round=F("suggestion__round"))
    for pk in answered.exclude(pk__in=standing.values("suggestion")).values_list("pk", flat=True):
        yield f"建议 #{pk}：已答复却没有答复内容"
    unknown = Reply.objects.filter(submitted_by=None, suggestion__is_imported=False)
    for pk in unknown.values_list("suggestion", flat=True):
        yield f"建议 #{pk}：答复没有提交人"
    yield from _joint_replies(answered, standing)


def _joint_replies(answered: SuggestionQuerySet, standing: CaseRowQuerySet[Reply]) -> Iterator[str]:
    """Every unit that shares an answered case has its part in; every helper countersigned or was let off."""
    in_force = Assignment.objects.filter(status=AssignmentStatus.ACTIVE, suggestion__in=answered)
    parts = in_force.filter(kind=AssignmentKind.SPLIT).exclude(
        pk__in=standing.filter(assignment__isnull=False).values("assignment")
    )
    for pk in parts.order_by().values_list("suggestion", flat=True).distinct():
        yield f"建议 #{pk}：已答复却还有分办单位没有提交"
    helpers = in_force.filter(kind=AssignmentKind.CO, countersigned_at=None, waived_at=None)
    for pk in helpers.order_by().values_list("suggestion", flat=True).distinct():
        yield f"建议 #{pk}：已答复却还有会办单位没有会签"


def requests() -> Iterator[str]:
    """A request waits while its case is handled, says who decided it, and what was decided was done."""
    waiting = UnitRequest.objects.filter(state=RequestState.WAITING)
    for pk in waiting.exclude(suggestion__state__in=HANDLING_STATES).values_list("suggestion", flat=True):
        yield f"建议 #{pk}：不在办理，却有申请在等审批"
    decided = UnitRequest.objects.filter(state__in=[RequestState.APPROVED, RequestState.DENIED])
    for pk in decided.filter(Q(decided_by=None) | Q(decided_at=None)).values_list("suggestion", flat=True):
        yield f"建议 #{pk}：申请已审批却没有审批人"
    granted = UnitRequest.objects.filter(state=RequestState.APPROVED, kind=RequestKind.RETURN)
    still = granted.exclude(assignment__status=AssignmentStatus.RETURNED)
    for pk in still.values_list("suggestion", flat=True):
        yield f"建议 #{pk}：已同意退办，单位却还在办"
    returned = Assignment.objects.filter(status=AssignmentStatus.RETURNED).exclude(pk__in=granted.values("assignment"))
    for pk in returned.values_list("suggestion", flat=True):
        yield f"建议 #{pk}：单位已退办，却没有同意的申请"
    longer = UnitRequest.objects.filter(kind=RequestKind.EXTENSION, proposed_due_on__lte=F("assignment__assigned_on"))
    for pk in longer.values_list("suggestion", flat=True):
        yield f"建议 #{pk}：申请延到的日期早于交办日期"


def evaluations() -> Iterator[str]:
    """No rating by the handling unit; nobody unsatisfied with the last round of a closed case without a ruling."""
    own = Evaluation.objects.filter(
        entered_by__memberships__organization=F("suggestion__assignments__unit"),
        suggestion__assignments__status=AssignmentStatus.ACTIVE,
    )
    for pk in own.values_list("suggestion", flat=True).distinct():
        yield f"建议 #{pk}：承办单位录入了评价"
    ruled = SuggestionTransition.objects.filter(verb=Verb.RULE).values("suggestion")
    unhappy = Evaluation.objects.filter(suggestion__state=State.CLOSED, round=F("suggestion__round")).exclude(
        outcome__in=CONTENTED
    )
    for pk in unhappy.exclude(suggestion__in=ruled).values_list("suggestion", flat=True):
        yield f"建议 #{pk}：有人不满意却已办结"


def belonging() -> Iterator[str]:
    """Studio, representative, unit and visit are of the case's county; merged cases have a parent."""
    elsewhere = Q()
    for name in ("studio", "representative", "unit", "visit", "delegation"):
        elsewhere |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__county": F("county")})
    for pk in Suggestion.objects.filter(elsewhere).values_list("pk", flat=True):
        yield f"建议 #{pk}：工作室、代表、单位或接访不属本县"
    for pk in Suggestion.objects.in_state(State.MERGED).filter(parent=None).values_list("pk", flat=True):
        yield f"建议 #{pk}：已并案却没有并入哪一件"
    turned = Visit.objects.filter(suggestion__isnull=False).exclude(outcome=VisitOutcome.TO_SUGGESTION)
    for pk in turned.values_list("pk", flat=True):
        yield f"接访 #{pk}：已转为建议却记为当场处理"


def clocks() -> Iterator[str]:
    """`next_deadline_at` is set exactly while somebody's clock runs."""
    ticking = [*HANDLING_STATES, State.AWAIT_EVALUATION]
    silent = Q(state__in=ticking, next_deadline_at=None)
    for pk in Suggestion.objects.filter(silent | ~Q(state__in=ticking) & Q(next_deadline_at__isnull=False)).values_list(
        "pk", flat=True
    ):
        yield f"建议 #{pk}：下一期限与状态不符"


def searching() -> Iterator[str]:
    """What a case or a visit is found by is what it says."""
    for pk in outdated(Suggestion.objects.all(), "number", "title", "content"):
        yield f"建议 #{pk}：搜索文字与内容不符"
    for pk in outdated(Visit.objects.all(), "matter", "answer"):
        yield f"接访记录 #{pk}：搜索文字与内容不符"


RULES: dict[str, Callable[[], Iterator[str]]] = {
    "流转": histories,
    "编号": numbers,
    "主办": assignments,
    "期限": deadlines,
    "答复": replies,
    "申请": requests,
    "评价": evaluations,
    "归属": belonging,
    "时钟": clocks,
    "督办": supervisions,
    "搜索": searching,
    "并案": merged,
    "承诺": promises,
    "裁定": rulings,
    "整改": rectifications,
    "值班提醒": duties_told,
}
