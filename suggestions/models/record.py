"""The log of every step, the number sequences, and each county's deadline settings."""

from dataclasses import fields

from django.db import models

from accounts.dated import DatedQuerySet
from accounts.models import Organization, User
from suggestions.deadlines import Rules
from suggestions.enums import State, Verb
from suggestions.models.case import Suggestion
from suggestions.office_querysets import NumberSequenceQuerySet
from suggestions.querysets import CaseRowQuerySet


class SuggestionTransition(models.Model):
    """One step somebody took (actor None: the system). Append-only; the timeline of the case page."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="transitions")
    verb = models.CharField("步骤", max_length=20, choices=Verb)
    from_state = models.CharField("原状态", max_length=16, choices=State)
    to_state = models.CharField("新状态", max_length=16, choices=State)
    round = models.PositiveSmallIntegerField("办理次数")
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name="办理人"
    )
    actor_name = models.CharField("办理人", max_length=60)
    detail = models.CharField("事项", max_length=120, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    objects = CaseRowQuerySet["SuggestionTransition"].as_manager()

    class Meta:
        verbose_name = "流转记录"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_verb_display()}"


class NumberSequence(models.Model):
    """The last number issued in one county and year; its row lock makes numbers gapless."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="number_sequences")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已发到", default=0)

    objects = NumberSequenceQuerySet.as_manager()

    class Meta:
        verbose_name = "编号"
        constraints = [
            models.UniqueConstraint(fields=["county", "year"], name="suggestions_numbersequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}"


def default_ladder() -> list[int]:
    """D−3 and D0 warn, D+1 催办, D+3 督办, D+7 挂牌通报."""
    return [-3, 0, 1, 3, 7]


class DeadlinePolicy(models.Model):
    """One county's deadline settings from a day on; the field defaults are the source's own numbers."""

    county = models.ForeignKey(Organization, models.PROTECT, related_name="deadline_policies", verbose_name="县")
    effective_from = models.DateField("生效日期")
    simple_days = models.PositiveSmallIntegerField("简单事项办理天数", default=10)
    complex_months = models.PositiveSmallIntegerField("复杂事项办理月数", default=1)
    counts_workdays = models.BooleanField("按工作日计算", default=False)
    rolls_forward = models.BooleanField("遇休息日顺延", default=False)
    ladder = models.JSONField("提醒梯次（相对期限的天数）", default=default_ladder)
    yellow_days = models.PositiveSmallIntegerField("黄灯天数", default=3)
    evaluation_days = models.PositiveSmallIntegerField("评价期（天）", default=15)
    accept_days = models.PositiveSmallIntegerField("受理（工作日）", default=2)
    reject_days = models.PositiveSmallIntegerField("不予受理（工作日）", default=5)
    assign_days = models.PositiveSmallIntegerField("交办（工作日）", default=5)
    sign_days = models.PositiveSmallIntegerField("签收（工作日）", default=1)
    return_days = models.PositiveSmallIntegerField("退办（工作日）", default=3)
    review_days = models.PositiveSmallIntegerField("转交（工作日）", default=2)
    redo_days = models.PositiveSmallIntegerField("重办天数", default=10)
    co_share = models.PositiveSmallIntegerField("会办时间为主办的几分之一", default=3)
    supervised_from = models.PositiveSmallIntegerField("逾期几天起督办", default=3)
    listed_from = models.PositiveSmallIntegerField("逾期几天起挂牌", default=7)
    urged_reply_days = models.PositiveSmallIntegerField("催办回复（工作日）", default=3)
    supervised_reply_days = models.PositiveSmallIntegerField("督办回复（工作日）", default=3)
    listed_reply_days = models.PositiveSmallIntegerField("挂牌督办回复（工作日）", default=5)

    objects = DatedQuerySet["DeadlinePolicy"].as_manager()

    class Meta:
        verbose_name = "期限设置"
        ordering = ["county", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "effective_from"],
                name="suggestions_deadlinepolicy_once_a_day",
                violation_error_message="这一天已有一份期限设置。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.effective_from}"

    @property
    def rules(self) -> Rules:
        """The settings as the pure functions take them: every field of Rules is a column here."""
        values = {field.name: getattr(self, field.name) for field in fields(Rules)}
        return Rules(**values | {"ladder": tuple(self.ladder)})
