"""A themed appointment of 曲塘镇 and what hangs on it, for tests."""

import uuid
from datetime import date, time
from typing import Any

from appointments.models import Appointment, Finding, Question, Questionnaire, Response
from appointments.services import findings, questionnaires, themes
from appointments.services.questionnaires import QuestionEntry
from appointments.services.themes import EventPlan
from appointments.tallies import Given
from tests.cast import Cast

SINGLE = QuestionEntry("SINGLE", "村里的路好走吗", ("好走", "一般", "不好走"))
MULTIPLE = QuestionEntry("MULTIPLE", "最想先办什么", ("修路", "装灯", "清河"))
TEXT = QuestionEntry("TEXT", "还有什么建议", (), is_required=False)


def plan(**changes: Any) -> EventPlan:
    """Thursday 3 December 2026 in the village hall."""
    given: dict[str, Any] = {
        "theme": "乡村道路安全",
        "held_on": date(2026, 12, 3),
        "starts_at": time(9),
        "ends_at": time(11, 30),
        "venue": "第一村会议室",
    }
    return EventPlan(**given | changes)


def event(cast: Cast, **changes: Any) -> Appointment:
    """A planned event to which the representative of 曲塘镇 is invited."""
    row, _busy = themes.plan_event(
        plan=plan(**changes), delegation=cast.town, invited=[cast.representative], actor=cast.town_office
    )
    return row


def finding(cast: Cast, of: Appointment | None = None) -> Finding:
    """A numbered proposal."""
    return findings.write_finding(
        event=of or event(cast), title="主干道加装路灯", content="三个路口没有路灯，建议加装。", actor=cast.town_office
    )


def draft(cast: Cast, of: Appointment | None = None, *, entries: Any = (SINGLE, MULTIPLE, TEXT)) -> Questionnaire:
    """A questionnaire with its questions, not published."""
    row = questionnaires.write_questionnaire(
        event=of or event(cast), title="出行问卷", intro="请您说说", closes_on=None, actor=cast.town_office
    )
    for entry in entries:
        questionnaires.write_question(questionnaire=row, entry=entry, actor=cast.town_office)
    return row


def published(cast: Cast, of: Appointment | None = None) -> Questionnaire:
    """A questionnaire that takes answers."""
    return questionnaires.publish_questionnaire(questionnaire=draft(cast, of), actor=cast.town_office)


def answer(questionnaire: Questionnaire, *given: Given, key: str = "", submission: uuid.UUID | None = None) -> Response:
    """One response: `given` question by question."""
    questions: list[Question] = list(questionnaire.questions.all())
    return questionnaires.answer_questionnaire(
        questionnaire=questionnaire,
        answers={question.pk: one for question, one in zip(questions, given, strict=False)},
        respondent_key=key or uuid.uuid4().hex,
        submission_key=submission or uuid.uuid4(),
    )
