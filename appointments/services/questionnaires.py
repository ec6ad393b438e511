"""The only writer of questionnaires, their questions and the answers (domain.md §5).

Questions change only while the questionnaire is a draft; answers come only while it is published. A change after
that is a copy.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from appointments.enums import AppointmentStatus, QuestionKind, QuestionnaireStatus
from appointments.models import Answer, Appointment, Question, Questionnaire, Response
from appointments.tallies import Given

LEAST_CHOICES, MOST_CHOICES, MOST_QUESTIONS = 2, 20, 40


class QuestionnaireError(Exception):
    """A step that cannot be taken: a sentence for the person, and the field it is about ("" for none)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class AnsweredError(QuestionnaireError):
    """The same device or paper answered before, or answers are no longer taken; nothing was changed."""


@dataclass(frozen=True)
class QuestionEntry:
    """One question; `choices` are empty for TEXT."""

    kind: str
    text: str
    choices: Sequence[str] = ()
    is_required: bool = True


@transaction.atomic
def write_questionnaire(
    *,
    event: Appointment,
    title: str,
    intro: str,
    closes_on: date | None,
    actor: User,
    questionnaire: Questionnaire | None = None,
) -> Questionnaire:
    """Begin a questionnaire of `event`, or change the head of a draft. Raises QuestionnaireError otherwise."""
    if event.status == AppointmentStatus.CANCELLED:
        raise QuestionnaireError("活动已取消，不能再做问卷。")
    if closes_on is not None and closes_on < timezone.localdate():
        raise QuestionnaireError("截止日期不能早于今天。", "closes_on")
    row = (
        _draft(questionnaire)
        if questionnaire
        else Questionnaire(appointment=event, token=uuid.uuid4(), created_by=actor)
    )
    row.title, row.intro, row.closes_on = title, intro, closes_on
    row.save()
    return row


@transaction.atomic
def write_question(
    *, questionnaire: Questionnaire, entry: QuestionEntry, actor: User, question: Question | None = None
) -> Question:
    """Add a question at the end, or change `question`. Raises QuestionnaireError for too few choices, and once
    published."""
    draft = _draft(questionnaire)
    choices = _choices(entry)
    if question is None and draft.questions.count() >= MOST_QUESTIONS:
        raise QuestionnaireError(f"一份问卷最多 {MOST_QUESTIONS} 道题，请另做一份。")
    last: int | None = draft.questions.aggregate(last=Max("position"))["last"]
    row = question or Question(questionnaire=draft, position=(last or 0) + 1)
    row.kind, row.text, row.choices, row.is_required = entry.kind, entry.text, choices, entry.is_required
    row.save()
    return row


@transaction.atomic
def move_question(*, question: Question, is_up: bool, actor: User) -> None:
    """Change places with the neighbour above or below; at the end nothing happens."""
    draft = _draft(question.questionnaire)
    order = list(draft.questions.all())
    place = order.index(question)
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        _renumber(order)


@transaction.atomic
def remove_question(*, question: Question, actor: User) -> None:
    """Take a question out of a draft; the others close the gap."""
    draft = _draft(question.questionnaire)
    question.delete()
    _renumber(list(draft.questions.all()))


@transaction.atomic
def publish_questionnaire(*, questionnaire: Questionnaire, actor: User) -> Questionnaire:
    """From now on it takes answers and never changes. Raises QuestionnaireError without questions."""
    row = _draft(questionnaire)
    if not row.questions.exists():
        raise QuestionnaireError("问卷还没有题目，请先添加题目再发布。")
    if row.closes_on is not None and row.closes_on < timezone.localdate():
        raise QuestionnaireError("截止日期已过，请先改截止日期再发布。")
    row.status, row.published_at = QuestionnaireStatus.PUBLISHED, timezone.now()
    row.save(update_fields=["status", "published_at"])
    return row


@transaction.atomic
def close_questionnaire(*, questionnaire: Questionnaire, actor: User) -> Questionnaire:
    """Take no more answers. Raises QuestionnaireError unless it is published."""
    row = _locked(questionnaire)
    if row.status != QuestionnaireStatus.PUBLISHED:
        raise QuestionnaireError("只有正在收集的问卷可以结束。")
    row.status = QuestionnaireStatus.CLOSED
    row.save(update_fields=["status"])
    return row


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, actor: User) -> Questionnaire:
    """A draft with the same questions under a new address; the original stays as it is."""
    today = timezone.localdate()
    closes_on = questionnaire.closes_on if questionnaire.closes_on and questionnaire.closes_on >= today else None
    copy = write_questionnaire(
        event=questionnaire.appointment,
        title=questionnaire.title,
        intro=questionnaire.intro,
        closes_on=closes_on,
        actor=actor,
    )
    fields = ("position", "kind", "text", "choices", "is_required")
    Question.objects.bulk_create(
        Question(questionnaire=copy, **{name: getattr(row, name) for name in fields})
        for row in questionnaire.questions.all()
    )
    return copy


@transaction.atomic
def answer_questionnaire(
    *,
    questionnaire: Questionnaire,
    answers: Mapping[int, Given],
    respondent_key: str,
    submission_key: uuid.UUID,
    actor: User | None = None,
) -> Response:
    """Store one filled questionnaire: `answers` by the key of the question; `actor` entered it from paper.

    Raises AnsweredError when no answers are taken (any more), or the key or the form came before; then nothing
    changes. Locks the questionnaire, so that closing it and the last answer come one after the other.
    """
    row = _locked(questionnaire)
    if not row.takes_answers(timezone.localdate()):
        raise AnsweredError("问卷没有在收集，答卷没有提交。" if row.is_draft else "问卷已经截止，不再收答卷。")
    if row.responses.filter(respondent_key=respondent_key).exists():
        raise AnsweredError("这个编号的纸质问卷已经录入。" if actor else "您已经答过这份问卷，不用再答。")
    try:
        with transaction.atomic():
            response = Response.objects.create(
                questionnaire=row,
                respondent_key=respondent_key,
                submission_key=submission_key,
                submitted_at=timezone.now(),
                entered_by=actor,
            )
    except IntegrityError as error:
        raise AnsweredError("这份答卷已经提交过，没有重复登记。") from error
    Answer.objects.bulk_create(
        Answer(response=response, question=question, chosen=sorted(set(given.chosen)), text=given.text)
        for question in row.questions.all()
        if not (given := _lawful(question, answers.get(question.pk, Given()))).is_blank
    )
    return response


def _lawful(question: Question, given: Given) -> Given:
    """What may be stored of an answer. Raises QuestionnaireError for a choice the question does not have."""
    if question.kind == QuestionKind.TEXT:
        return Given(text=given.text.strip())
    is_too_many = question.kind == QuestionKind.SINGLE and len(set(given.chosen)) > 1
    if is_too_many or not all(0 <= place < len(question.choices) for place in given.chosen):
        raise QuestionnaireError(f"请重新选择“{question.text}”。")
    return Given(chosen=given.chosen)


def _choices(entry: QuestionEntry) -> list[str]:
    if entry.kind == QuestionKind.TEXT:
        return []
    choices = [choice.strip() for choice in entry.choices if choice.strip()]
    if len(choices) < LEAST_CHOICES:
        raise QuestionnaireError(f"选择题至少要有 {LEAST_CHOICES} 个选项，一行写一个。", "choices")
    if len(choices) > MOST_CHOICES:
        raise QuestionnaireError(f"选项最多 {MOST_CHOICES} 个，请合并。", "choices")
    if len(set(choices)) < len(choices):
        raise QuestionnaireError("有两个选项一样，请改成不同的内容。", "choices")
    return choices


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    return Questionnaire.objects.select_for_update(of=("self",)).select_related("appointment").get(pk=questionnaire.pk)


def _draft(questionnaire: Questionnaire) -> Questionnaire:
    row = _locked(questionnaire)
    if not row.is_draft:
        raise QuestionnaireError("问卷发布后不能再改。要改请复制一份再发布。")
    return row


def _renumber(order: Sequence[Question]) -> None:
    """Positions from 1. Two steps, because no two questions may share a position on the way."""
    for lift in (len(order) + MOST_QUESTIONS, 0):
        for place, question in enumerate(order, start=1):
            question.position = place + lift
        Question.objects.bulk_update(order, ["position"])
