"""Why a step that the table allows is not open just now: one sentence. Pages ask before they offer a step."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from suggestions.endings import (
    evaluators_open_to,
    obstacle_to_close,
    obstacle_to_drop,
    obstacle_to_fulfil,
    obstacle_to_merge,
    obstacle_to_rate,
    obstacle_to_redo,
    obstacle_to_rule,
)
from suggestions.enums import RequestKind, Verb
from suggestions.models import Suggestion
from suggestions.permissions import capacities
from suggestions.services.joint import obstacle_to_countersign, obstacle_to_waive
from suggestions.services.readiness import obstacle_to_opinion, obstacle_to_reply, obstacle_to_sign, obstacle_to_steps
from suggestions.services.requests import obstacle_to_decide, obstacle_to_extension, obstacle_to_return
from suggestions.services.triage import obstacle_to_recall

Ask = Callable[[User, Suggestion, datetime], str]

WORTH_SAYING = (
    Verb.REQUEST_RETURN,
    Verb.REQUEST_EXTENSION,
    Verb.RECALL,
    Verb.REPLY,
    Verb.CLOSE,
    Verb.REDO,
    Verb.RULE,
    Verb.MERGE,
    Verb.REJECT,
    Verb.WITHDRAW,
)
"""Steps somebody looks for: where one is missing, the page says why."""


def obstacle(user: User, case: Suggestion, verb: Verb, now: datetime) -> str:
    """The sentence that keeps `user` from taking `verb` at `now`; "" when only the form itself can be wrong."""
    ask = OBSTACLES.get(verb)
    return ask(user, case, now) if ask else ""


def _rating(user: User, case: Suggestion, _now: datetime) -> str:
    if obstacle_of_parent := obstacle_to_rate(case):
        return obstacle_of_parent
    return "" if evaluators_open_to(capacities(user, case), case) else "这一轮没有要您填写的评价。"


def _return(user: User, case: Suggestion, now: datetime) -> str:
    return obstacle_to_return(user, case, timezone.localdate(now))


def _extension(user: User, case: Suggestion, now: datetime) -> str:
    return obstacle_to_extension(user, case, timezone.localdate(now))


def _decision(kind: RequestKind) -> Ask:
    return lambda _user, case, _now: obstacle_to_decide(case, kind)


def _of_case(ask: Callable[[Suggestion], str]) -> Ask:
    return lambda _user, case, _now: ask(case)


def _of_unit(ask: Callable[[User, Suggestion], str]) -> Ask:
    return lambda user, case, _now: ask(user, case)


OBSTACLES: Mapping[Verb, Ask] = {
    Verb.RECALL: _of_case(obstacle_to_recall),
    Verb.SIGN: _of_unit(obstacle_to_sign),
    Verb.REQUEST_RETURN: _return,
    Verb.APPROVE_RETURN: _decision(RequestKind.RETURN),
    Verb.DENY_RETURN: _decision(RequestKind.RETURN),
    Verb.REQUEST_EXTENSION: _extension,
    Verb.APPROVE_EXTENSION: _decision(RequestKind.EXTENSION),
    Verb.DENY_EXTENSION: _decision(RequestKind.EXTENSION),
    Verb.COUNTERSIGN: _of_unit(obstacle_to_countersign),
    Verb.WAIVE: _of_case(obstacle_to_waive),
    Verb.RECORD_CONTACT: _of_unit(obstacle_to_steps),
    Verb.CONSULT: _of_unit(obstacle_to_steps),
    Verb.GIVE_OPINION: _of_case(obstacle_to_opinion),
    Verb.REPLY: _of_unit(obstacle_to_reply),
    Verb.EVALUATE: _rating,
    Verb.CLOSE: lambda _user, case, now: obstacle_to_close(case, now),
    Verb.REDO: _of_case(obstacle_to_redo),
    Verb.RULE: _of_case(obstacle_to_rule),
    Verb.MERGE: _of_case(obstacle_to_merge),
    Verb.REJECT: _of_case(obstacle_to_drop),
    Verb.WITHDRAW: _of_case(obstacle_to_drop),
    Verb.FULFIL: lambda user, case, _now: obstacle_to_fulfil(case, user.scope.where(Role.UNIT_HANDLER)),
}
