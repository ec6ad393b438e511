"""One case walking its lawful way: every step with its actor and moment, every row it leaves behind."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Organization, User
from appointments.models import Visit
from demo.meetings import Seat, at
from demo.plans import Plan
from demo.rows import PROMISED, contact_row, rating_row, reply_row
from demo.texts import TEXTS, Text
from demo.world import World
from studios.clocks import end_of_day, words
from suggestions.deadlines import clock_deadline
from suggestions.enums import (
    AssignmentStatus,
    Complexity,
    ContactMethod,
    ContactParty,
    Evaluator,
    Level,
    Opinion,
    OpinionSource,
    Rating,
    ReplyStatus,
    ResultClass,
    State,
    Verb,
)
from suggestions.models import Assignment, Consultation, Petitioner, Reply, Suggestion, SuggestionTransition
from suggestions.services.intake import title_of
from suggestions.services.readiness import obstacle_to_contact
from suggestions.services.steps import SYSTEM_NAME

EVALUATION_DAYS = 15


@dataclass
class Walk:
    """The case `key` on its way; `children` are its rows, to be written with it."""

    key: int
    world: World
    plan: Plan
    seat: Seat
    visit: Visit
    case: Suggestion = field(init=False)
    day: date = field(init=False)
    text: Text = field(init=False)
    children: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        visit, plan = self.visit, self.plan
        self.day = visit.received_on
        self.text = next(text for text in TEXTS if text.category == visit.category)
        self.case = Suggestion(
            pk=self.key,
            county_id=visit.county_id,
            delegation_id=visit.delegation_id,
            studio_id=visit.studio_id,
            representative_id=visit.representative_id,
            visit_id=visit.pk,
            appointment_id=visit.appointment_id,
            title=title_of(visit.matter),
            content=visit.matter,
            category=visit.category,
            level=Level.TOWN,
            is_anonymous=plan.is_anonymous,
            releases_contact=not plan.is_anonymous and self.world.random.random() < 0.6,
            created_by_id=visit.recorded_by_id,
            created_at=at(self.day, 11),
            state=State.DRAFT,
            version=1,
        )
        if not plan.is_anonymous:
            name, phone = visit.visitor_name or "赵演示甲", visit.visitor_phone or "19900000000"
            self.children.append(Petitioner(suggestion_id=self.key, name=name, phone=phone))

    @property
    def place(self) -> str:
        return self.seat.studio.village or self.seat.studio.delegation.short_name

    @property
    def liaison(self) -> User:
        return self.world.county.liaisons[self.case.delegation_id]

    @property
    def office(self) -> User:
        return self.world.county.offices[self.case.delegation_id]

    @property
    def handler(self) -> User:
        return self.world.county.handlers[self.case.unit_id or 0]

    def wait(self, days: int) -> None:
        """Let `days` go by."""
        self.day += timedelta(days=days)

    def step(
        self, verb: Verb, to: State, actor: User | None, moment: datetime, detail: str = "", note: str = ""
    ) -> SuggestionTransition:
        """Write one log row and move the case."""
        row = SuggestionTransition(
            suggestion_id=self.key,
            verb=verb,
            from_state=self.case.state,
            to_state=to,
            round=self.case.round,
            actor_id=actor.pk if actor else None,
            actor_name=actor.name if actor else SYSTEM_NAME,
            detail=detail,
            note=note,
            at=moment,
        )
        self.children.append(row)
        self.case.state = to
        self.case.version += 1
        return row

    def submit(self) -> None:
        self.case.submitted_on = self.day
        self.step(Verb.SUBMIT, State.SUBMITTED, self.liaison, at(self.day, 11, 5))

    def send_back(self) -> None:
        self.wait(2)
        self.step(Verb.RETURN_TO_AUTHOR, State.RETURNED, self.office, at(self.day, 9), note="请补充具体地点")

    def accept(self) -> None:
        self.wait(2)
        self.world.accept(self.case, self.day)
        self.step(Verb.ACCEPT, State.ACCEPTED, self.office, at(self.day, 9, 10), detail=self.case.number)

    def escalate(self) -> None:
        self.case.level = Level.COUNTY
        self.step(Verb.ESCALATE, State.ESCALATED, self.office, at(self.day, 9, 30), note="不属本镇办理范围")

    def assign(self) -> None:
        """By the delegation to its own unit, or by the county to the unit of the matter."""
        self.wait(1)
        case, county = self.case, self.world.county
        is_town = case.state == State.ACCEPTED
        case.unit = self._town_unit() if is_town else county.units[self.text.unit]
        case.assigned_level = Level.TOWN if is_town else Level.COUNTY
        case.complexity = Complexity.COMPLEX if self.world.random.random() < 0.2 else Complexity.SIMPLE
        self.start_clock(Complexity(case.complexity))
        case.first_assigned_on = self.day
        actor = self.office if is_town else county.county_office
        self.children.append(self._assignment())
        assert case.due_on is not None
        self.step(
            Verb.ASSIGN,
            State.ASSIGNED,
            actor,
            at(self.day, 10),
            detail=f"{case.unit.short_name}，{words(case.due_on)}前答复",
        )

    def start_clock(self, complexity: Complexity) -> None:
        """Due date and cap from this day, by the county's rules."""
        case = self.case
        deadline = clock_deadline(self.day, complexity, case.round, self.world.rules, self.world.calendar)
        case.complexity, case.assigned_on, case.cap_on = complexity, self.day, deadline.cap_on
        case.due_on = case.original_due_on = deadline.due_on
        case.next_deadline_at = end_of_day(deadline.due_on)

    def sign(self) -> None:
        self.wait(1)
        assignment = next(row for row in reversed(self.children) if isinstance(row, Assignment))
        assignment.signed_at, assignment.signed_by = at(self.day, 9), self.handler
        self.step(Verb.SIGN, State.HANDLING, self.handler, at(self.day, 9))

    def contact(self) -> None:
        """Step ①."""
        self.wait(1)
        parties = [ContactParty.REPRESENTATIVE] if self.case.is_anonymous else list(ContactParty)
        for hour, party in enumerate(parties, start=9):
            method = self.world.random.choice([ContactMethod.FACE_TO_FACE, ContactMethod.PHONE])
            if obstacle_to_contact(self.case, party, method):
                method = ContactMethod.VIA_REPRESENTATIVE
            row = contact_row(self.case, party, method, self.handler, at(self.day, hour))
            self.children.append(row)
            self.step(Verb.RECORD_CONTACT, State.HANDLING, self.handler, at(self.day, hour), detail=str(row))

    def consult(self, *, is_answered: bool) -> None:
        """Step ②, with the representative's own answer the next day."""
        self.wait(1)
        row = Consultation(
            suggestion_id=self.key,
            round=self.case.round,
            measures=f"{self.place}：{self.text.measure}",
            asked_by_id=self.handler.pk,
            asked_at=at(self.day, 15),
        )
        self.children.append(row)
        self.step(Verb.CONSULT, State.HANDLING, self.handler, at(self.day, 15))
        if is_answered:
            self.wait(1)
            row.opinion, row.opinion_source = Opinion.AGREE, OpinionSource.REPRESENTATIVE
            row.opinion_at = at(self.day, 8)
            person = self.seat.representative.user
            self.step(Verb.GIVE_OPINION, State.HANDLING, person, at(self.day, 8), detail=Opinion.AGREE.label)

    def reply(self) -> None:
        """Step ③: in time, or a few days late where the plan says so."""
        case, random = self.case, self.world.random
        assert case.due_on is not None
        self.wait(random.randrange(1, 3))
        if self.plan.is_late and self.plan.state == State.CLOSED and case.round == 1:
            self.day = case.due_on + timedelta(days=random.randrange(1, 5))
        result = random.choices([ResultClass.A, ResultClass.B, ResultClass.C, ResultClass.D], [70, 18, 8, 4])[0]
        self.children.append(
            reply_row(
                case,
                result,
                f"{self.place}反映的事项已研究：{self.text.measure}。感谢您的建议。",
                self.handler,
                self.day,
            )
        )
        case.replied_on, case.was_on_time = self.day, self.day <= case.due_on
        case.result_class, case.next_deadline_at = result, None
        case.promise_on = self.day + PROMISED if result == ResultClass.B else None
        self.step(Verb.REPLY, State.REPLY_REVIEW, self.handler, at(self.day, 16), detail=result.label)

    def forward(self) -> None:
        self.wait(1)
        case, is_town = self.case, self.case.assigned_level == Level.TOWN
        until = self.day + timedelta(days=EVALUATION_DAYS)
        case.forwarded_on, case.evaluation_due_on, case.next_deadline_at = self.day, until, end_of_day(until)
        for row in self.children:
            if isinstance(row, Reply) and row.status == ReplyStatus.SUBMITTED:
                row.status = ReplyStatus.FORWARDED
        actor = self.office if is_town else self.world.county.county_office
        self.step(Verb.FORWARD, State.AWAIT_EVALUATION, actor, at(self.day, 10), detail=f"{words(until)}前评价")

    def rate(self, evaluator: Evaluator, outcome: Rating) -> None:
        self.wait(1)
        is_own = evaluator == Evaluator.REPRESENTATIVE
        actor = self.seat.representative.user if is_own else self.liaison
        assert actor is not None
        row = rating_row(self.case, evaluator, outcome, actor, at(self.day, 14))
        self.children.append(row)
        self.step(Verb.EVALUATE, State.AWAIT_EVALUATION, actor, at(self.day, 14), detail=str(row), note=row.reason)

    def redo(self) -> None:
        """Back to the same unit with a new clock."""
        self.wait(1)
        case, office = self.case, self.world.county.county_office
        for row in self.children:
            if isinstance(row, Assignment):
                row.status = AssignmentStatus.FINISHED
        case.round += 1
        self.start_clock(Complexity.SIMPLE)
        assert case.due_on is not None
        self.step(
            Verb.REDO, State.HANDLING, office, at(self.day, 9), f"{words(case.due_on)}前再次答复", "请上门核实后重办"
        )
        case.replied_on = case.was_on_time = case.forwarded_on = case.evaluation_due_on = case.promise_on = None
        case.result_class = ""
        renewed = self._assignment()
        renewed.signed_at, renewed.signed_by = at(self.day, 9), self.handler
        self.children.append(renewed)

    def close(self, actor: User | None) -> None:
        self.case.closed_on, self.case.next_deadline_at = self.day, None
        self.step(Verb.CLOSE, State.CLOSED, actor, at(self.day, 17))

    def _town_unit(self) -> Organization:
        return self.world.random.choice(self.world.county.town_units[self.case.delegation_id])

    def _assignment(self) -> Assignment:
        case = self.case
        assert case.due_on is not None
        return Assignment(
            suggestion_id=self.key,
            round=case.round,
            unit=case.unit,
            level=case.assigned_level,
            assigned_on=self.day,
            due_on=case.due_on,
            sign_due_on=self.world.sign_due_on(self.day) if case.round == 1 else None,
        )
