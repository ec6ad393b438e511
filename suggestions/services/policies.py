"""The only writer of a county's deadline settings.

A version holds from a day on, today at the earliest, and decides for what is assigned from that day on. A version that
was entered wrongly is corrected, with a reason: then the running cases it decided for are worked out anew
(docs/decisions/0015).
"""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import changes
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from studios.clocks import words
from suggestions.deadlines import Rules
from suggestions.models import DeadlinePolicy, RecomputeJob
from suggestions.services.recompute import cases_of, open_job


class PolicyError(Exception):
    """Settings that are refused: a sentence for the person, and the field it is about."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


def set_policy(*, county: Organization, effective_from: date, rules: Rules, actor: User) -> DeadlinePolicy:
    """Let `rules` hold from a day on; cases assigned earlier that day are worked out anew.

    Raises PolicyError for a day in the past or one that has a version, and for rules that cannot be.
    """
    if effective_from < timezone.localdate():
        sentence = "生效日期不能早于今天：已经交办的按当时的规定。原来填错的，请用“更正”。"
        raise PolicyError(sentence, "effective_from")
    check_rules(rules)
    before = DeadlinePolicy.objects.in_force(county, effective_from).rules
    try:
        with transaction.atomic():
            policy = DeadlinePolicy.objects.create(county=county, effective_from=effective_from, **columns(rules))
            cause = f"{words(effective_from)}起执行新的期限规定"
            if cases_of(RecomputeJob(county=county, policy=policy)).exists():
                open_job(county=county, cause=cause, policy=policy, actor=actor)
            _record(policy, f"{cause}：{difference_words(before, rules) or '和原来一样'}", actor)
    except IntegrityError:
        sentence = f"{words(effective_from)}已有一份期限规定，请换一个生效日期，或者更正那一份。"
        raise PolicyError(sentence, "effective_from") from None
    return policy


@transaction.atomic
def correct_policy(*, policy: DeadlinePolicy, rules: Rules, reason: str, actor: User) -> RecomputeJob:
    """Put right a version that was entered wrongly. The job is the log of it, and recomputes what it decided for.

    Raises PolicyError without a reason or a difference, and for rules that cannot be.
    """
    locked = DeadlinePolicy.objects.select_for_update(of=("self",)).select_related("county").get(pk=policy.pk)
    if not reason.strip():
        raise PolicyError("请写明为什么更正。", "reason")
    check_rules(rules)
    differences = difference_words(locked.rules, rules)
    if not differences:
        raise PolicyError("没有改动。请改好后再提交，或者返回。", "reason")
    for name, value in columns(rules).items():
        setattr(locked, name, value)
    locked.save(update_fields=list(columns(rules)))
    cause = f"更正{words(locked.effective_from)}起的期限规定：{differences}"
    _record(locked, f"{cause}；{reason.strip()}", actor)
    return open_job(county=locked.county, cause=cause, reason=reason.strip(), policy=locked, actor=actor)


def check_rules(rules: Rules) -> None:
    """Raises PolicyError for numbers that no office can work by."""
    for name, value in asdict(rules).items():
        if name != "yellow_days" and type(value) is int and value < 1:
            raise PolicyError(f"{label_of(name)}请填 1 以上的整数。", name)
    if rules.yellow_days < 0:
        raise PolicyError("黄灯天数不能小于 0。", "yellow_days")
    if rules.listed_from <= rules.supervised_from:
        raise PolicyError("挂牌要晚于督办，请改逾期天数。", "listed_from")
    if not rules.ladder or list(rules.ladder) != sorted(set(rules.ladder)):
        raise PolicyError("提醒梯次请从早到晚填写，每一次只写一遍，如 -3、0、1、3、7。", "ladder")


def difference_words(before: Rules, after: Rules) -> str:
    """What differs: 简单事项办理天数 10→12；…; "" for nothing."""
    was, now = ({label_of(name): value for name, value in asdict(rules).items()} for rules in (before, after))
    return changes.difference_words(was, now)


def label_of(name: str) -> str:
    """The word people know a setting by."""
    return str(DeadlinePolicy._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def columns(rules: Rules) -> dict[str, Any]:
    """`rules` as the columns of DeadlinePolicy."""
    return {field.name: getattr(rules, field.name) for field in fields(rules)} | {"ladder": list(rules.ladder)}


def _record(policy: DeadlinePolicy, detail: str, actor: User) -> None:
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="期限规定", detail=detail, county=policy.county)
