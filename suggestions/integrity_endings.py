"""Rules of 并案, promises and rulings as questions to the rows; each answer is a sentence about what is wrong."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from suggestions.enums import DROPPED_STATES, ReplyStatus, ResultClass, Ruling, State, SupervisionKind, Verb
from suggestions.models import Evaluation, Reply, Suggestion, SuggestionTransition, Supervision

ANSWERED = (State.REPLY_REVIEW, State.AWAIT_EVALUATION, State.CLOSED)


def merged() -> Iterator[str]:
    """A merged case hangs on another one of its county that is or was handled, in the same round; no chains."""
    children = Suggestion.objects.filter(parent__isnull=False)
    lost = ~Q(state=State.MERGED) | Q(parent=F("pk")) | ~Q(parent__county=F("county"))
    for pk in children.filter(lost).values_list("pk", flat=True):
        yield f"建议 #{pk}：记着并入另一件，却不是已并案，或并入的不是本县另一件"
    unheard = [State.DRAFT, State.SUBMITTED, State.RETURNED, State.MERGED, *DROPPED_STATES]
    for pk in children.filter(parent__state__in=unheard).values_list("pk", flat=True):
        yield f"建议 #{pk}：并入的那一件没有受理或不再办理"
    for pk in children.exclude(round=F("parent__round")).values_list("pk", flat=True):
        yield f"建议 #{pk}：办理次数与并入的那一件不符"
    own = Evaluation.objects.filter(entered_by__memberships__organization=F("suggestion__parent__unit"))
    for pk in own.values_list("suggestion", flat=True):
        yield f"建议 #{pk}：承办单位录入了评价"


def promises() -> Iterator[str]:
    """Class B says until when, in the reply as on the case; kept, it is class A and the log says so.

    Where several units promised, the case is fulfilled when every promise is kept, and says the nearest open day.
    """
    standing_replies = Reply.objects.exclude(status=ReplyStatus.RETURNED).filter(round=F("suggestion__round"))
    made = standing_replies.filter(suggestion=OuterRef("pk"), result_class=ResultClass.B)
    promised = made.filter(promise_on=OuterRef("promise_on"))
    written = Suggestion.objects.filter(is_imported=False)
    standing = written.in_state(*ANSWERED).filter(result_class=ResultClass.B)
    for pk in standing.exclude(Exists(promised)).values_list("pk", flat=True):
        yield f"建议 #{pk}：B 类结果的承诺日期与答复不符"
    kept = written.filter(fulfilled_on__isnull=False)
    fulfilled = SuggestionTransition.objects.filter(verb=Verb.FULFIL).values("suggestion")
    wrong = Q(promise_on=None) | ~Q(state=State.CLOSED) | Q(result_class=ResultClass.B) | ~Q(pk__in=fulfilled)
    for pk in kept.filter(wrong).values_list("pk", flat=True):
        yield f"建议 #{pk}：已兑现却没有承诺、再次答复或兑现记录"
    for pk in kept.filter(Exists(made.filter(fulfilment=None))).values_list("pk", flat=True):
        yield f"建议 #{pk}：已兑现，却还有单位的承诺没有兑现"
    waiting = written.filter(promise_on__isnull=False, fulfilled_on=None)
    open_ones = made.filter(fulfilment=None)
    nearest = Exists(open_ones.filter(promise_on=OuterRef("promise_on")))
    nearer = Exists(open_ones.filter(promise_on__lt=OuterRef("promise_on")))
    for pk in waiting.filter(~Q(state__in=ANSWERED) | ~Q(nearest) | Q(nearer)).values_list("pk", flat=True):
        yield f"建议 #{pk}：有承诺日期，却没有这一天的 B 类答复在等兑现"
    strange = Reply.objects.filter(fulfils__isnull=False).exclude(
        suggestion=F("fulfils__suggestion"), result_class=ResultClass.A, fulfils__result_class=ResultClass.B
    )
    for pk in strange.values_list("suggestion", flat=True):
        yield f"建议 #{pk}：兑现的答复与承诺不符"


def rulings() -> Iterator[str]:
    """A ruling closes a second round, is in the log, and 挂牌 puts the case on the list."""
    ruled = SuggestionTransition.objects.filter(verb=Verb.RULE).values("suggestion")
    settled = Suggestion.objects.exclude(ruling="").filter(is_imported=False)
    wrong = ~Q(state=State.CLOSED) | Q(round=1) | ~Q(pk__in=ruled)
    for pk in settled.filter(wrong).values_list("pk", flat=True):
        yield f"建议 #{pk}：有裁定，却没有二次办理、办结或裁定记录"
    for pk in Suggestion.objects.filter(pk__in=ruled, ruling="").values_list("pk", flat=True):
        yield f"建议 #{pk}：裁定过却没有记下怎样裁定"
    listed = Supervision.objects.filter(kind=SupervisionKind.LISTED).values("suggestion")
    for pk in settled.filter(ruling=Ruling.LISTED).exclude(pk__in=listed).values_list("pk", flat=True):
        yield f"建议 #{pk}：裁定挂牌督办却不在督办名单"
