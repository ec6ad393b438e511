"""What the reviewing office does with a reply: send it back, or the part of one unit, or forward it for evaluation."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from studios.clocks import end_of_day, words
from studios.services import load_calendar
from suggestions.answers import waiting_answers
from suggestions.enums import ReplyStatus, Verb
from suggestions.models import Assignment, DeadlinePolicy, Suggestion
from suggestions.notifications import schedule_ladder, tell_forwarded, tell_units
from suggestions.promises import schedule_promise
from suggestions.services.recompute import bring_in_line
from suggestions.services.steps import GuardError, begin, finish, required
from suggestions.windows import evaluation_window


@transaction.atomic
def return_reply(
    *,
    suggestion: Suggestion,
    actor: User,
    version: int | None,
    reason: str,
    parts: Collection[Assignment] = (),
) -> Suggestion:
    """退回修改; guard: reason. The clock runs on: on time will be judged by the next reply.

    Of a shared case the `parts` of some units, or all where none are named: only those units write anew, by the day
    they had; what the others handed in stands, and the case is answered again when the last part is back. Only those
    who write anew are told.
    """
    step = begin(suggestion, Verb.RETURN_REPLY, actor, version)
    case = step.case
    note = required(reason, "请写明要修改什么。")
    returned = [answer for answer in waiting_answers(case) if not parts or answer.assignment in parts]
    if not returned or len(returned) < len(parts):
        raise GuardError("选中的单位没有待审核的答复，请刷新后重新选择。")
    case.replies.filter(pk__in=[answer.reply.pk for answer in returned]).update(status=ReplyStatus.RETURNED)
    clock = bring_in_line(case, step.now)
    names = "、".join(answer.unit.short_name for answer in returned if answer.is_part)
    finish(step, detail=names, note=note, replied_on=None, was_on_time=None, result_class="", promise_on=None, **clock)
    tell_units(case, [answer.unit for answer in returned], f"答复退回修改：{case.title}", note)
    schedule_ladder(case, step.today)
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
