"""What the reviewing office does with a reply: send it back, or forward it for evaluation."""

from django.db import transaction

from accounts.models import User
from studios.clocks import end_of_day, words
from studios.services import load_calendar
from suggestions.enums import ReplyStatus, Verb
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.notifications import tell_forwarded, tell_unit
from suggestions.promises import schedule_promise
from suggestions.services.recompute import bring_in_line
from suggestions.services.steps import begin, finish, required
from suggestions.windows import evaluation_window


@transaction.atomic
def return_reply(*, suggestion: Suggestion, actor: User, version: int | None, reason: str) -> Suggestion:
    """退回修改; guard: reason. The clock runs on: on time will be judged by the next reply."""
    step = begin(suggestion, Verb.RETURN_REPLY, actor, version)
    case = step.case
    note = required(reason, "请写明要修改什么。")
    case.replies.filter(status=ReplyStatus.SUBMITTED).update(status=ReplyStatus.RETURNED)
    clock = bring_in_line(case, step.now)
    finish(step, note=note, replied_on=None, was_on_time=None, result_class="", promise_on=None, **clock)
    tell_unit(case, f"答复退回修改：{case.title}", note)
    return case


@transaction.atomic
def forward_reply(*, suggestion: Suggestion, actor: User, version: int | None) -> Suggestion:
    """转交 the reply to the representative and the petitioner; opens the evaluation window."""
    step = begin(suggestion, Verb.FORWARD, actor, version)
    case = step.case
    policy = DeadlinePolicy.objects.in_force(case.county, step.today)
    until = evaluation_window(step.today, policy.rules, load_calendar()).ends_on
    case.replies.filter(status=ReplyStatus.SUBMITTED).update(status=ReplyStatus.FORWARDED)
    finish(
        step,
        detail=f"{words(until)}前评价",
        forwarded_on=step.today,
        evaluation_due_on=until,
        next_deadline_at=end_of_day(until),
    )
    tell_forwarded(case)
    schedule_promise(case)
    return case
