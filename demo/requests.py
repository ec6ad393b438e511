"""退办, 延期, 会办 and 分办 of the demonstration: on some of the running cases, waiting and decided."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import Organization, User
from demo.county import County
from demo.meetings import at
from demo.rows import reply_row
from studios.clocks import end_of_day, words
from studios.services import load_calendar
from suggestions.deadlines import Rules, co_due
from suggestions.enums import (
    AssignmentKind,
    AssignmentStatus,
    Complexity,
    Level,
    RequestKind,
    RequestState,
    ResultClass,
    State,
    Verb,
)
from suggestions.models import Assignment, Suggestion, SuggestionTransition, UnitRequest
from suggestions.notifications import schedule_ladder
from suggestions.services.joint import charge_words
from suggestions.windows import sign_window

TOWN = "曲塘镇"
LATER = timedelta(days=5)
FOREIGN, OWN = "这处管线由该局建设和养护", "该路段由贵单位养护"
SHORT, URGENT = "材料要到下周才能到货", "群众等着通行，请按期答复"


@dataclass
class Cases:
    """Running cases of one county to be given out, each once; `unit` is the demonstration unit, served first."""

    county: County
    today: date
    given: list[int] = field(default_factory=list)

    @property
    def unit(self) -> Organization:
        return self.county.units["交通运输局"]

    def take(self, state: State, count: int, **conditions: object) -> Iterator[Suggestion]:
        """Up to `count` cases in `state` nobody has taken yet; those of the demonstration unit and town come first."""
        found = Suggestion.objects.filter(county=self.county.root, state=state, round=1, **conditions)
        related = found.select_related("unit", "delegation", "county", "representative__user").order_by("pk")
        ordered = sorted(related.exclude(pk__in=self.given), key=self._rank)
        for case in ordered[:count]:
            self.given.append(case.pk)
            yield case

    def _rank(self, case: Suggestion) -> tuple[bool, bool]:
        return case.unit_id != self.unit.pk, case.delegation.short_name != TOWN

    def assigner(self, case: Suggestion) -> User:
        is_town = case.assigned_level == Level.TOWN
        return self.county.offices[case.delegation_id] if is_town else self.county.county_office

    def handler(self, unit: Organization) -> User:
        return self.county.handlers[unit.pk]

    def other(self, *taken: Organization | None) -> Organization:
        """A unit of the county that is none of `taken`; one with a demonstration account where it can be."""
        names = ("住房和城乡建设局", "水利局", "交通运输局", *self.county.units)
        return next(unit for name in names if (unit := self.county.units.get(name)) and unit not in taken)


def write_requests(county: County, today: date) -> None:
    """Write what units asked for, who helps them, and who shares a case."""
    cases = Cases(county, today)
    _extensions(cases)
    _returns(cases)
    _handed_back(cases)
    _helpers(cases)
    _shares(cases)


def _extensions(cases: Cases) -> None:
    """Two wait, one was granted, one was not."""
    asked, decided = (at(cases.today - timedelta(days=1), hour) for hour in (10, 15))
    able = {"due_on__gt": cases.today, "complexity": Complexity.SIMPLE}
    states = (RequestState.WAITING, RequestState.WAITING, RequestState.APPROVED, RequestState.DENIED)
    for case, state in zip(cases.take(State.HANDLING, len(states), **able), states, strict=False):
        assert case.unit and case.due_on
        day, unit, office = case.due_on + LATER, case.unit.short_name, cases.assigner(case)
        request = UnitRequest(kind=RequestKind.EXTENSION, reason=SHORT, proposed_due_on=day)
        _ask(cases, case, request, asked, Verb.REQUEST_EXTENSION, f"{unit}申请延到{words(day)}")
        if state == RequestState.APPROVED:
            _decide(cases, request, state, decided)
            _log(case, Verb.APPROVE_EXTENSION, office, decided, f"延到{words(day)}")
            _move(case, day, cases.today)
        elif state == RequestState.DENIED:
            _decide(cases, request, state, decided, URGENT)
            _log(case, Verb.DENY_EXTENSION, office, decided, unit, URGENT)


def _move(case: Suggestion, day: date, today: date) -> None:
    case.due_on, case.next_deadline_at = day, end_of_day(day)
    case.save(update_fields=["due_on", "next_deadline_at"])
    case.assignments.update(due_on=day)
    schedule_ladder(case, today)


def _returns(cases: Cases) -> None:
    """Two wait unsigned, at the county office and at a delegation; one was denied and is being handled."""
    for level in Level:
        for case in cases.take(State.ASSIGNED, 1, assigned_on__lt=cases.today, assigned_level=level):
            _ask_return(cases, case, 10)
    for case in cases.take(State.HANDLING, 1):
        request, moment = _ask_return(cases, case, 10), at(_next_day(case), 14)
        _decide(cases, request, RequestState.DENIED, moment, OWN)
        _log(case, Verb.DENY_RETURN, cases.assigner(case), moment, request.assignment.unit.short_name, OWN)


def _handed_back(cases: Cases) -> None:
    """One waits at the county office, one at a delegation, to be assigned to somebody else."""
    before = {"accepted_on__lt": cases.today}
    for case in cases.take(State.ESCALATED, 1, **before):
        _assign_and_hand_back(cases, case, cases.unit, Level.COUNTY)
    for case in cases.take(State.ACCEPTED, 1, delegation__in=list(cases.county.town_units), **before):
        _assign_and_hand_back(cases, case, cases.county.town_units[case.delegation_id][0], Level.TOWN)


def _assign_and_hand_back(cases: Cases, case: Suggestion, unit: Organization, level: Level) -> None:
    """Assigned the day after it was accepted, asked and granted the day after that: it stands where it stood."""
    assert case.accepted_on
    day, stood = case.accepted_on, State(case.state)
    case.unit, case.assigned_level, case.assigned_on = unit, level, day
    office = cases.assigner(case)
    row = Assignment(suggestion=case, unit=unit, level=level, assigned_on=day, due_on=day + timedelta(days=10))
    row.status = AssignmentStatus.RETURNED
    row.sign_due_on = sign_window(day, Rules(), load_calendar()).ends_on
    row.save()
    _log(case, Verb.ASSIGN, office, at(day, 10), unit.short_name, stood=stood, goes=State.ASSIGNED)
    request, moment = _ask_return(cases, case, 9, State.ASSIGNED), at(_next_day(case), 15)
    _decide(cases, request, RequestState.APPROVED, moment)
    _log(case, Verb.APPROVE_RETURN, office, moment, unit.short_name, stood=State.ASSIGNED, goes=stood)
    Suggestion.objects.filter(pk=case.pk).update(first_assigned_on=day)


def _helpers(cases: Cases) -> None:
    """One 会签 is awaited, one given, one was not needed."""
    for place, case in enumerate(cases.take(State.HANDLING, 3, assigned_level=Level.COUNTY)):
        assert case.unit and case.assigned_on and case.due_on
        helper = _charge(cases, case, AssignmentKind.CO)
        helper.due_on = co_due(case.assigned_on, case.due_on)
        moment = at(_next_day(case), 16)
        if place == 1:
            helper.countersigned_at, helper.countersigned_by = moment, cases.handler(helper.unit)
            helper.countersign_note = "同意，沿线管线已核对"
            actor = helper.countersigned_by
            _log(case, Verb.COUNTERSIGN, actor, moment, helper.unit.short_name, helper.countersign_note)
        elif place == 2:
            helper.waived_at, helper.waived_by, helper.waive_reason = moment, cases.assigner(case), "不涉及地下管线"
            _log(case, Verb.WAIVE, cases.assigner(case), moment, helper.unit.short_name, helper.waive_reason)
        helper.save()


def _shares(cases: Cases) -> None:
    """One case is shared and under way, one is answered with both parts."""
    for case in cases.take(State.HANDLING, 1, assigned_level=Level.COUNTY):
        case.assignments.update(kind=AssignmentKind.SPLIT)
        _charge(cases, case, AssignmentKind.SPLIT).save()
    for case in cases.take(State.REPLY_REVIEW, 1, assigned_level=Level.COUNTY):
        assert case.replied_on
        case.assignments.update(kind=AssignmentKind.SPLIT)
        case.replies.update(assignment=case.assignments.get())
        other = _charge(cases, case, AssignmentKind.SPLIT)
        other.save()
        handler = cases.handler(other.unit)
        part = reply_row(case, ResultClass.A, "本单位负责的管线已经修复，路面可以施工。", handler, case.replied_on)
        part.assignment, part.submitted_at = other, at(case.replied_on, 15)
        part.save()
        detail = f"{other.unit.short_name}：{ResultClass.A.label}"
        _log(case, Verb.REPLY_PART, handler, part.submitted_at, detail, stood=State.HANDLING)


def _charge(cases: Cases, case: Suggestion, kind: AssignmentKind) -> Assignment:
    """A second unit on the case, signed on the same morning as the first; not yet saved."""
    assert case.unit and case.assigned_on and case.due_on
    unit = cases.other(case.unit)
    first = AssignmentKind.SPLIT if kind == AssignmentKind.SPLIT else AssignmentKind.LEAD
    detail = f"{charge_words([(case.unit, first), (unit, kind)])}，{words(case.due_on)}前答复"
    case.transitions.filter(verb=Verb.ASSIGN).update(detail=detail)
    moment, handler = at(_next_day(case), 9, 30), cases.handler(unit)
    _log(case, Verb.SIGN, handler, moment, unit.short_name, stood=State.HANDLING)
    return Assignment(
        suggestion=case,
        unit=unit,
        kind=kind,
        level=case.assigned_level,
        assigned_on=case.assigned_on,
        due_on=case.due_on,
        sign_due_on=case.assignments.earliest("id").sign_due_on,
        signed_at=moment,
        signed_by=handler,
    )


def _ask_return(cases: Cases, case: Suggestion, hour: int, stood: State | None = None) -> UnitRequest:
    """On the day after the assignment; `stood` is the state the case was in then, if it has moved on since."""
    unit, proposal = case.unit, cases.other(case.unit)
    assert unit
    request = UnitRequest(kind=RequestKind.RETURN, reason=FOREIGN, proposed_unit=proposal)
    detail = f"{unit.short_name}建议改交{proposal.short_name}"
    _ask(cases, case, request, at(_next_day(case), hour), Verb.REQUEST_RETURN, detail, stood)
    return request


def _ask(
    cases: Cases,
    case: Suggestion,
    request: UnitRequest,
    moment: datetime,
    verb: Verb,
    detail: str,
    stood: State | None = None,
) -> None:
    request.suggestion, request.assignment = case, case.assignments.get()
    request.asked_by, request.asked_at = cases.handler(request.assignment.unit), moment
    request.save()
    _log(case, verb, request.asked_by, moment, detail, request.reason, stood=stood)


def _decide(cases: Cases, request: UnitRequest, state: RequestState, moment: datetime, note: str = "") -> None:
    request.state, request.decided_by, request.decided_at = state, cases.assigner(request.suggestion), moment
    request.decision_note = note
    request.save()


def _log(
    case: Suggestion,
    verb: Verb,
    actor: User,
    moment: datetime,
    detail: str,
    note: str = "",
    *,
    stood: State | None = None,
    goes: State | None = None,
) -> None:
    """One log row, from where the case `stood` (now, if not given) to where it `goes` (it stays, if not given)."""
    before = stood or State(case.state)
    SuggestionTransition.objects.create(
        suggestion=case,
        verb=verb,
        from_state=before,
        to_state=goes or before,
        round=case.round,
        actor=actor,
        actor_name=actor.name,
        detail=detail,
        note=note,
        at=moment,
    )
    case.version += 1
    case.save(update_fields=["version"])


def _next_day(case: Suggestion) -> date:
    assert case.assigned_on
    return case.assigned_on + timedelta(days=1)
