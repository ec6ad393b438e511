"""What was promised in the demonstration and came true: the further replies; and promises that two units made."""

from datetime import date, timedelta

from demo.county import County
from demo.meetings import at
from suggestions.enums import AssignmentKind, AssignmentStatus, Level, ReplyStatus, ResultClass, State, Verb
from suggestions.models import Assignment, Reply, Suggestion, SuggestionTransition

LATER = timedelta(days=30)
"""The second unit of a shared case promised so much later than the first."""


def write_promises(county: County, today: date) -> None:
    """To be called when the cases of `county` are written."""
    _say_what_was_kept(county)
    _share(county, today)


def _say_what_was_kept(county: County) -> None:
    """The step 兑现 as a reply that names the promise."""
    kept = Suggestion.objects.filter(county=county.root, fulfilled_on__isnull=False)
    promises = Reply.objects.filter(suggestion__in=kept, result_class=ResultClass.B).order_by("pk")
    steps = SuggestionTransition.objects.filter(suggestion__in=kept, verb=Verb.FULFIL).select_related("actor")
    step_of = {step.suggestion_id: step for step in steps}
    last = {promise.suggestion_id: promise for promise in promises.select_related("suggestion")}
    Reply.objects.bulk_create(_kept(promise, step_of[key]) for key, promise in last.items())


def _kept(promise: Reply, step: SuggestionTransition) -> Reply:
    assert step.actor is not None  # a unit took it
    return Reply(
        suggestion_id=promise.suggestion_id,
        round=promise.round,
        status=ReplyStatus.FORWARDED,
        text=step.note,
        signer=step.actor_name,
        result_class=ResultClass.A,
        fulfils=promise,
        kept_on=promise.suggestion.fulfilled_on,
        adoption=promise.adoption,
        disclosure=promise.disclosure,
        submitted_by=step.actor,
        submitted_at=step.at,
    )


def _share(county: County, today: date) -> None:
    """A closed case that waits for a promise becomes one that two units share, each with a promise of its own."""
    waiting = Suggestion.objects.promised().filter(
        county=county.root, assigned_level=Level.COUNTY, promise_on__gt=today
    )
    case = waiting.select_related("unit").order_by("pk").first()
    if case is None or case.promise_on is None:
        return
    first = case.assignments.get(status=AssignmentStatus.ACTIVE)
    promise = case.replies.get(result_class=ResultClass.B, round=case.round)
    case.assignments.filter(pk=first.pk).update(kind=AssignmentKind.SPLIT)
    case.replies.filter(pk=promise.pk).update(assignment=first)
    other = next(row for row in county.units.values() if row.pk != first.unit_id)
    handler = county.handlers[other.pk]
    second = Assignment.objects.get(pk=first.pk)
    second.pk, second.unit, second.signed_by = None, other, handler
    second.save()
    promise.pk, promise.assignment, promise.submitted_by, promise.signer = None, second, handler, handler.name
    promise.promise_on, promise.text = case.promise_on + LATER, "配套的管线改造已列入年度计划，完成后恢复路面。"
    promise.save()
    replied = case.transitions.filter(verb=Verb.REPLY, round=case.round).latest("pk")
    SuggestionTransition.objects.create(
        suggestion=case,
        verb=Verb.REPLY_PART,
        from_state=State.HANDLING,
        to_state=State.HANDLING,
        round=case.round,
        actor=handler,
        actor_name=handler.name,
        detail=f"{other.short_name}：{ResultClass.B.label}",
        at=at(replied.at.date(), 9),
    )
    Suggestion.objects.filter(pk=case.pk).update(version=case.version + 1)
