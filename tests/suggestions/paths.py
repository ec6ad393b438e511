"""The lawful way into every state, taken through the services."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from studios.clocks import end_of_day
from suggestions import services
from suggestions.enums import (
    Adoption,
    AssignmentStatus,
    Complexity,
    ContactMethod,
    ContactParty,
    Disclosure,
    Evaluator,
    Level,
    Opinion,
    Rating,
    RejectReason,
    RequestKind,
    RequestState,
    ResultClass,
    State,
)
from suggestions.models import Suggestion, UnitRequest
from suggestions.services.closing import Verdict
from suggestions.services.handling import ReplyText
from suggestions.services.intake import Matter, Visitor
from tests.cast import Cast

MATTER = Matter(
    title="村口道路坑洼", content="下雨积水，老人出行不便，建议修补。", category="ROADS", level=Level.COUNTY
)
VISITOR = Visitor(name="来访人甲", phone="19900001234", releases_contact=True)
REPLY = ReplyText(
    text="已列入本周养护计划并完成修补。",
    signer="签发人甲",
    result_class=ResultClass.A,
    adoption=Adoption.ADOPTED,
    disclosure=Disclosure.FULL,
)
CONTENT = Verdict(attitude=Rating.SATISFIED, outcome=Rating.SATISFIED)
DISCONTENT = Verdict(attitude=Rating.BASIC, outcome=Rating.UNSATISFIED, reason="路面又坏了")


def open_case(cast: Cast, visitor: Visitor = VISITOR, matter: Matter = MATTER) -> Suggestion:
    """A draft of the liaison's."""
    return services.open_suggestion(
        matter=matter,
        visitor=visitor,
        representative=cast.representative,
        studio=cast.studio,
        actor=cast.liaison,
    )


def submit(case: Suggestion, cast: Cast) -> None:
    services.submit_suggestion(suggestion=case, actor=cast.liaison)


def accept(case: Suggestion, cast: Cast) -> None:
    services.accept_suggestion(suggestion=case, actor=cast.town_office, version=None)


def escalate(case: Suggestion, cast: Cast) -> None:
    services.escalate_suggestion(suggestion=case, actor=cast.town_office, version=None, reason="县道，不属本镇")


def assign(case: Suggestion, cast: Cast) -> None:
    services.assign_suggestion(
        suggestion=case,
        actor=cast.county_office,
        version=None,
        unit=cast.county_unit,
        complexity=Complexity.SIMPLE,
    )


def sign(case: Suggestion, cast: Cast) -> None:
    services.sign_suggestion(suggestion=case, actor=cast.unit_handler, version=None)


def grant_extension(case: Suggestion, cast: Cast, until: date) -> None:
    """The rows an approved 延期 leaves behind."""
    UnitRequest.objects.create(
        suggestion=case,
        assignment=case.assignments.get(status=AssignmentStatus.ACTIVE),
        kind=RequestKind.EXTENSION,
        reason="材料未到",
        proposed_due_on=until,
        asked_by=cast.unit_handler,
        asked_at=timezone.now(),
        state=RequestState.APPROVED,
        decided_by=cast.county_office,
        decided_at=timezone.now(),
    )
    case.assignments.filter(status=AssignmentStatus.ACTIVE).update(due_on=until)
    Suggestion.objects.filter(pk=case.pk).update(due_on=until, next_deadline_at=end_of_day(until))


def take_two_steps(case: Suggestion, cast: Cast) -> None:
    """Steps ① and ②: everybody contacted, the representative agreed."""
    services.record_contact(
        suggestion=case,
        actor=cast.unit_handler,
        version=None,
        reached=dict.fromkeys(ContactParty, ContactMethod.PHONE),
        contacted_on=timezone.localdate(),
    )
    services.consult_representative(suggestion=case, actor=cast.unit_handler, version=None, measures="本周修补")
    services.give_opinion(suggestion=case, actor=cast.representative_user, version=None, opinion=Opinion.AGREE)


def reply(case: Suggestion, cast: Cast) -> None:
    take_two_steps(case, cast)
    services.reply_suggestion(suggestion=case, actor=cast.unit_handler, version=None, reply=REPLY)


def forward(case: Suggestion, cast: Cast) -> None:
    services.forward_reply(suggestion=case, actor=cast.county_office, version=None)


def rate(case: Suggestion, cast: Cast, verdict: Verdict = CONTENT) -> None:
    """Both rate the current round alike."""
    for actor, evaluator in (
        (cast.representative_user, Evaluator.REPRESENTATIVE),
        (cast.liaison, Evaluator.PETITIONER),
    ):
        services.evaluate_suggestion(suggestion=case, actor=actor, version=None, evaluator=evaluator, verdict=verdict)


def close(case: Suggestion, cast: Cast) -> None:
    rate(case, cast)
    services.close_suggestion(suggestion=case, actor=cast.county_office)


def send_back(case: Suggestion, cast: Cast) -> None:
    services.return_to_author(suggestion=case, actor=cast.town_office, version=None, reason="请补充地点")


def reject(case: Suggestion, cast: Cast) -> None:
    services.reject_suggestion(
        suggestion=case,
        actor=cast.town_office,
        version=None,
        code=RejectReason.UNCLEAR,
        reason="事项不明",
    )


def redo(case: Suggestion, cast: Cast) -> None:
    """Nobody is content with the first round."""
    rate(case, cast, DISCONTENT)
    services.redo_suggestion(suggestion=case, actor=cast.county_office, version=None, reason="路面又坏了")


def second_round(case: Suggestion, cast: Cast) -> None:
    """Handled again, relayed again, and again nobody is content."""
    redo(case, cast)
    reply(case, cast)
    forward(case, cast)
    rate(case, cast, DISCONTENT)


def promise(case: Suggestion, cast: Cast, days: int = 60) -> None:
    """Class B: planned, and to be done in `days` days."""
    take_two_steps(case, cast)
    promised = replace(REPLY, result_class=ResultClass.B, promise_on=timezone.localdate() + timedelta(days=days))
    services.reply_suggestion(suggestion=case, actor=cast.unit_handler, version=None, reply=promised)


def closed_with_promise(cast: Cast, days: int = 60) -> Suggestion:
    """A closed class B case."""
    case = case_in(State.HANDLING, cast)
    promise(case, cast, days)
    forward(case, cast)
    close(case, cast)
    case.refresh_from_db()
    return case


def merge(case: Suggestion, parent: Suggestion, cast: Cast) -> None:
    services.merge_suggestion(suggestion=case, actor=cast.county_office, version=None, parent=parent)


def withdraw(case: Suggestion, cast: Cast) -> None:
    services.withdraw_suggestion(suggestion=case, actor=cast.representative_user, version=None, reason="群众自己已解决")


def merge_into_another(case: Suggestion, cast: Cast) -> None:
    merge(case, case_in(State.HANDLING, cast), cast)


Act = Callable[[Suggestion, Cast], None]
TO_ASSIGNED: tuple[Act, ...] = (submit, accept, escalate, assign)
TO_REVIEW: tuple[Act, ...] = (*TO_ASSIGNED, sign, reply)

PATHS: dict[State, tuple[Act, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: (submit,),
    State.RETURNED: (submit, send_back),
    State.REJECTED: (submit, reject),
    State.ACCEPTED: (submit, accept),
    State.ESCALATED: (submit, accept, escalate),
    State.ASSIGNED: TO_ASSIGNED,
    State.HANDLING: (*TO_ASSIGNED, sign),
    State.REPLY_REVIEW: TO_REVIEW,
    State.AWAIT_EVALUATION: (*TO_REVIEW, forward),
    State.CLOSED: (*TO_REVIEW, forward, close),
    State.MERGED: (submit, accept, merge_into_another),
    State.WITHDRAWN: (submit, accept, withdraw),
}


def case_in(state: State, cast: Cast, visitor: Visitor = VISITOR, matter: Matter = MATTER) -> Suggestion:
    """A fresh case that walked the lawful path into `state`."""
    case = open_case(cast, visitor, matter)
    for act in PATHS[state]:
        act(case, cast)
    case.refresh_from_db()
    return case
