"""What units and raters put on record: assignment, the three steps, evaluation (domain.md §6.1)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organization, User
from suggestions.assignment_querysets import AssignmentQuerySet
from suggestions.enums import (
    Adoption,
    AssignmentKind,
    AssignmentStatus,
    ContactMethod,
    ContactParty,
    Disclosure,
    EvaluationSource,
    Evaluator,
    Level,
    Opinion,
    OpinionSource,
    Rating,
    ReplyStatus,
    ResultClass,
)
from suggestions.models.case import Suggestion
from suggestions.querysets import CaseRowQuerySet


class Assignment(models.Model):
    """One unit charged with one case in one round. Who charged it stands in the steps of the case."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField("办理次数", default=1)
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="assignments", verbose_name="承办单位")
    kind = models.CharField("分工", max_length=6, choices=AssignmentKind, default=AssignmentKind.LEAD)
    level = models.CharField("交办层级", max_length=6, choices=Level)
    status = models.CharField("状态", max_length=8, choices=AssignmentStatus, default=AssignmentStatus.ACTIVE)
    assigned_on = models.DateField("交办日期")
    due_on = models.DateField("期限")
    sign_due_on = models.DateField("签收期限", null=True, blank=True, help_text="重办和台账导入的不再签收，不填")
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, db_index=False, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    countersigned_at = models.DateTimeField("会签时间", null=True, blank=True)
    countersigned_by = models.ForeignKey(
        User, models.PROTECT, db_index=False, null=True, blank=True, related_name="+", verbose_name="会签人"
    )
    countersign_note = models.CharField("会签意见", max_length=500, blank=True)
    waived_at = models.DateTimeField("免会签时间", null=True, blank=True)
    waived_by = models.ForeignKey(
        User, models.PROTECT, db_index=False, null=True, blank=True, related_name="+", verbose_name="同意免会签的人"
    )
    waive_reason = models.CharField("免会签理由", max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "交办"
        ordering = ["-kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(kind=AssignmentKind.LEAD, status=AssignmentStatus.ACTIVE),
                name="suggestions_assignment_one_lead",
                violation_error_message="一件建议只能有一个主办单位。",
            ),
            models.UniqueConstraint(
                fields=["suggestion", "unit"],
                condition=Q(status=AssignmentStatus.ACTIVE),
                name="suggestions_assignment_unit_once",
                violation_error_message="一个单位在一件建议里只能有一种分工。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "suggestion"],
                name="suggestions_assignment_unit",
                condition=Q(status=AssignmentStatus.ACTIVE),
            ),
            models.Index(
                fields=["suggestion"],
                name="suggestions_returned",
                condition=Q(status=AssignmentStatus.RETURNED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"

    @property
    def awaits_countersign(self) -> bool:
        """A 会办 unit that has neither countersigned nor been let off."""
        return self.kind == AssignmentKind.CO and self.countersigned_at is None and self.waived_at is None


class Contact(models.Model):
    """Step ①: the unit reached the representative or the petitioner."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="contacts")
    round = models.PositiveSmallIntegerField("办理次数")
    party = models.CharField("联系对象", max_length=16, choices=ContactParty)
    method = models.CharField("联系方式", max_length=20, choices=ContactMethod)
    contacted_on = models.DateField("联系日期")
    note = models.CharField("沟通情况", max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    objects = CaseRowQuerySet["Contact"].as_manager()

    class Meta:
        verbose_name = "联系记录"
        ordering = ["contacted_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.get_method_display()}"


class Consultation(models.Model):
    """Step ②: the measures studied, and what the representative thinks of them."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, db_index=False, related_name="consultations")
    round = models.PositiveSmallIntegerField("办理次数")
    measures = models.TextField("拟采取的措施", max_length=2000)
    asked_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="征询人")
    asked_at = models.DateTimeField("征询时间")
    opinion = models.CharField("代表意见", max_length=8, choices=Opinion, blank=True)
    opinion_reason = models.CharField("意见说明", max_length=500, blank=True)
    opinion_source = models.CharField("填写方式", max_length=16, choices=OpinionSource, blank=True)
    opinion_at = models.DateTimeField("答复时间", null=True, blank=True)

    objects = CaseRowQuerySet["Consultation"].as_manager()

    class Meta:
        verbose_name = "征询"
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "round"], name="suggestions_consultation_once_a_round"),
            models.CheckConstraint(
                condition=~Q(opinion=Opinion.DISAGREE) | ~Q(opinion_reason=""),
                name="suggestions_consultation_disagreement_explained",
                violation_error_message="不同意要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return self.measures[:30]


class Reply(models.Model):
    """Step ③: the written reply. A returned reply stays; the next attempt is a new row.

    What says that a promise came true is a further row, which names the reply that promised it and the day.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(
        Assignment,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="分办部分",
    )
    round = models.PositiveSmallIntegerField("办理次数")
    status = models.CharField("状态", max_length=10, choices=ReplyStatus, default=ReplyStatus.SUBMITTED)
    text = models.TextField("答复内容", max_length=4000)
    signer = models.CharField("签发人", max_length=30)
    result_class = models.CharField("办理结果", max_length=1, choices=ResultClass)
    promise_on = models.DateField("承诺完成日期", null=True, blank=True)
    fulfils = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="fulfilment", verbose_name="兑现的答复"
    )
    kept_on = models.DateField("兑现日期", null=True, blank=True)
    adoption = models.CharField("采纳情况", max_length=8, choices=Adoption)
    adopted_where = models.CharField("采纳到哪里", max_length=120, blank=True)
    disclosure = models.CharField("公开方式", max_length=8, choices=Disclosure)
    disclosure_reason = models.CharField("不公开理由", max_length=200, blank=True)
    submitted_by = models.ForeignKey(
        User,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="提交人",
        help_text="台账没有写是谁，导入的不填",
    )
    submitted_at = models.DateTimeField("提交时间")

    objects = CaseRowQuerySet["Reply"].as_manager()

    class Meta:
        verbose_name = "答复"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["assignment"], name="suggestions_reply_part", condition=Q(assignment__isnull=False))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(status=ReplyStatus.SUBMITTED, assignment=None),
                name="suggestions_reply_one_waiting",
                violation_error_message="这件建议已有一份答复待审核。",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(status=ReplyStatus.SUBMITTED, assignment__isnull=False),
                name="suggestions_reply_one_part_waiting",
                violation_error_message="这个分办单位已有一份答复待审核。",
            ),
            models.CheckConstraint(
                condition=~Q(result_class=ResultClass.B) | Q(promise_on__isnull=False),
                name="suggestions_reply_promise_dated",
                violation_error_message="B 类结果要写明承诺完成日期。",
            ),
            models.CheckConstraint(
                condition=Q(fulfils=None, kept_on=None) | Q(fulfils__isnull=False, kept_on__isnull=False),
                name="suggestions_reply_fulfilment_dated",
                violation_error_message="兑现承诺要写明兑现的是哪份答复、哪一天兑现。",
            ),
            models.CheckConstraint(
                condition=~Q(disclosure=Disclosure.NONE) | ~Q(disclosure_reason=""),
                name="suggestions_reply_secrecy_explained",
                violation_error_message="不公开要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:30]


class Evaluation(models.Model):
    """One rating of one round by one evaluator; the handling unit can never enter one."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, db_index=False, related_name="evaluations")
    round = models.PositiveSmallIntegerField("办理次数")
    evaluator = models.CharField("评价人", max_length=16, choices=Evaluator)
    attitude = models.CharField("办理态度", max_length=12, choices=Rating)
    outcome = models.CharField("办理结果", max_length=12, choices=Rating)
    reason = models.CharField("不满意的理由", max_length=500, blank=True)
    source = models.CharField("填写方式", max_length=8, choices=EvaluationSource)
    entered_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")

    objects = CaseRowQuerySet["Evaluation"].as_manager()

    class Meta:
        verbose_name = "评价"
        ordering = ["round", "-evaluator"]
        indexes = [
            models.Index(
                fields=["suggestion", "round"],
                name="suggestions_unsatisfied",
                condition=Q(outcome=Rating.UNSATISFIED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "round", "evaluator"],
                name="suggestions_evaluation_once_a_round",
                violation_error_message="这一轮已经评价过了。",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Rating.UNSATISFIED) & ~Q(attitude=Rating.UNSATISFIED) | ~Q(reason=""),
                name="suggestions_evaluation_dissatisfaction_explained",
                violation_error_message="不满意要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_evaluator_display()} {self.get_outcome_display()}"
