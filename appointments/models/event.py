"""What themed appointments bring in: questionnaires, villages visited, numbered findings (domain.md §5)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from appointments.enums import FindingAdoption, QuestionKind, QuestionnaireStatus
from appointments.models.gathering import Appointment, Attendance
from appointments.querysets import EventRowQuerySet, FindingQuerySet, QuestionnaireQuerySet, QuestionQuerySet

PAPER = "paper:"
"""Begins the key of a response that was entered from paper; the number of the paper follows."""


class Questionnaire(models.Model):
    """调查问卷 of one appointment. Questions change only while it is a draft; answers come only while published."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="questionnaires")
    title = models.CharField("标题", max_length=60)
    intro = models.CharField("说明", max_length=300, blank=True)
    status = models.CharField("状态", max_length=10, choices=QuestionnaireStatus, default=QuestionnaireStatus.DRAFT)
    token = models.UUIDField("公开地址", unique=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    closes_on = models.DateField("截止日期", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟定人")

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "调查问卷"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("appointments:questionnaire_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == QuestionnaireStatus.DRAFT

    def takes_answers(self, today: date) -> bool:
        """Published, not closed, and its last day not over."""
        return self.status == QuestionnaireStatus.PUBLISHED and (self.closes_on is None or today <= self.closes_on)


class Question(models.Model):
    """One question, with its choices one a line where it has any."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("顺序")
    kind = models.CharField("题型", max_length=8, choices=QuestionKind)
    text = models.CharField("题目", max_length=120)
    choices = models.JSONField("选项", default=list)
    is_required = models.BooleanField("必答", default=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "题目"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "position"],
                name="appointments_question_position",
                violation_error_message="同一份问卷里两道题不能同一顺序。",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Response(models.Model):
    """One filled questionnaire. The same respondent key (device, or number of the paper) answers once."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="responses")
    respondent_key = models.CharField("答卷标识", max_length=64)
    submission_key = models.UUIDField("防重复键", unique=True)
    submitted_at = models.DateTimeField("提交时间")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人")

    class Meta:
        verbose_name = "答卷"
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "respondent_key"],
                name="appointments_response_once",
                violation_error_message="这份问卷已经答过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.submitted_at:%Y-%m-%d}"

    @property
    def paper_no(self) -> str:
        """The number on the paper it was entered from; "" for one filled in online."""
        return self.respondent_key.removeprefix(PAPER) if self.respondent_key.startswith(PAPER) else ""


class Answer(models.Model):
    """What one response says to one question: positions of the choices taken, or text."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    chosen = models.JSONField("选择", default=list)
    text = models.CharField("文字", max_length=500, blank=True)

    class Meta:
        verbose_name = "答案"
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="appointments_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}"


class FieldTrip(models.Model):
    """走访: one place visited for an appointment, by whom, how many people were met. It counts in no statistic twice:
    people met here are part of the appointment's headcount."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="field_trips")
    place = models.CharField("走访地点", max_length=60)
    visited_on = models.DateField("日期")
    seats = models.ManyToManyField(Attendance, blank=True, related_name="field_trips", verbose_name="参加代表")
    people_met = models.PositiveIntegerField("走访人数", default=0)
    note = models.CharField("情况", max_length=500, blank=True)

    objects = EventRowQuerySet["FieldTrip"].as_manager()

    class Meta:
        verbose_name = "走访"
        ordering = ["visited_on", "id"]

    def __str__(self) -> str:
        return f"{self.place} {self.visited_on}"


class Finding(models.Model):
    """A numbered proposal an appointment ends in; it can become a case, and is adopted or not (采纳)."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("建议", max_length=60)
    content = models.TextField("内容", max_length=2000)
    adoption = models.CharField("采纳", max_length=8, choices=FindingAdoption, default=FindingAdoption.OPEN)
    adopted_in = models.CharField("采纳去向", max_length=120, blank=True, help_text="写进哪个文件、计划")
    adopted_on = models.DateField("采纳日期", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "调研建议"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "number"],
                name="appointments_finding_number_once",
                violation_error_message="这个序号已经用过，请刷新后再填。",
            ),
            models.CheckConstraint(
                condition=~Q(adoption__in=["ADOPTED", "PARTLY"]) | ~Q(adopted_in=""),
                name="appointments_finding_adopted_somewhere",
                violation_error_message="采纳要写明写进了哪个文件或计划。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return f"{reverse('appointments:topic_detail', args=[self.appointment_id])}#finding-{self.pk}"

    @property
    def case(self) -> models.Model | None:
        """The suggestion it became, None while it has not; select `suggestion` with the row to run no query."""
        return getattr(self, "suggestion", None)
