"""Questionnaires: built as a draft, never changed once published, answered once; each refusal is a sentence."""

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from appointments.models import Answer, Question, Questionnaire, Response
from appointments.questioning import results_of
from appointments.services import questionnaires as services
from appointments.services.questionnaires import AnsweredError, QuestionEntry, QuestionnaireError
from appointments.tallies import Given
from tests.appointments.theming import MULTIPLE, SINGLE, TEXT, answer, draft, published
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _texts(row: Questionnaire) -> list[str]:
    return list(row.questions.values_list("text", flat=True))


def test_questions_change_places_and_close_gaps(cast: Cast) -> None:
    row = draft(cast)
    first, second, third = row.questions.all()
    services.move_question(question=third, is_up=True, actor=cast.town_office)
    assert _texts(row) == [SINGLE.text, TEXT.text, MULTIPLE.text]
    services.move_question(question=first, is_up=True, actor=cast.town_office)
    services.move_question(question=second, is_up=False, actor=cast.town_office)
    assert _texts(row) == [SINGLE.text, TEXT.text, MULTIPLE.text]
    services.remove_question(question=first, actor=cast.town_office)
    assert list(row.questions.values_list("position", "text")) == [(1, TEXT.text), (2, MULTIPLE.text)]
    services.write_question(questionnaire=row, entry=SINGLE, actor=cast.town_office)
    assert _texts(row) == [TEXT.text, MULTIPLE.text, SINGLE.text]


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ([], "至少要有 2 个选项"),
        (["好", "  "], "至少要有 2 个选项"),
        (["好", "好 "], "有两个选项一样"),
        ([str(number) for number in range(21)], "选项最多 20 个"),
    ],
)
def test_choices_are_checked(cast: Cast, choices: list[str], words: str) -> None:
    row = draft(cast, entries=())
    with pytest.raises(QuestionnaireError, match=words):
        services.write_question(
            questionnaire=row, entry=QuestionEntry("SINGLE", "好走吗", choices), actor=cast.town_office
        )
    assert not Question.objects.exists()


def test_nothing_is_published_without_questions(cast: Cast) -> None:
    row = draft(cast, entries=())
    with pytest.raises(QuestionnaireError, match="问卷还没有题目"):
        services.publish_questionnaire(questionnaire=row, actor=cast.town_office)
    row.refresh_from_db()
    assert row.is_draft


def test_what_is_published_never_changes(cast: Cast) -> None:
    row = published(cast)
    question = row.questions.first()
    assert question is not None
    for step in (
        lambda: services.write_question(questionnaire=row, entry=TEXT, actor=cast.town_office),
        lambda: services.write_question(questionnaire=row, entry=TEXT, question=question, actor=cast.town_office),
        lambda: services.move_question(question=question, is_up=False, actor=cast.town_office),
        lambda: services.remove_question(question=question, actor=cast.town_office),
        lambda: services.publish_questionnaire(questionnaire=row, actor=cast.town_office),
        lambda: services.write_questionnaire(
            event=row.appointment, title="改", intro="", closes_on=None, questionnaire=row, actor=cast.town_office
        ),
    ):
        with pytest.raises(QuestionnaireError, match="问卷发布后不能再改"):
            step()
    assert _texts(row) == [SINGLE.text, MULTIPLE.text, TEXT.text]
    copy = services.copy_questionnaire(questionnaire=row, actor=cast.town_office)
    assert copy.is_draft
    assert copy.token != row.token
    assert _texts(copy) == _texts(row)


def test_answers_are_stored_and_counted(cast: Cast) -> None:
    row = published(cast)
    answer(row, Given((0,)), Given((0, 2)), Given(text="谢谢"))
    answer(row, Given((0,)), Given((2,)))
    answer(row, Given((1,)))
    results = results_of(row)
    assert (results.responses, results.papers) == (3, 0)
    single, multiple, text = results.tallies
    assert [(choice.count, str(choice.share)) for choice in single.choices] == [(2, "66.67"), (1, "33.33"), (0, "0.00")]
    assert ([choice.count for choice in multiple.choices], multiple.n) == ([1, 0, 2], 2)
    assert text.texts == ["谢谢"]


def test_the_same_key_or_form_counts_once(cast: Cast) -> None:
    row = published(cast)
    form = uuid.uuid4()
    answer(row, Given((0,)), key="paper:7", submission=form)
    for given in ({"key": "paper:7"}, {"submission": form}):
        with pytest.raises(AnsweredError):
            answer(row, Given((1,)), **given)  # type: ignore[arg-type]
    assert Response.objects.count() == Answer.objects.count() == 1
    assert Response.objects.get().paper_no == "7"


@pytest.mark.parametrize("places", [(0, 1), (3,), (-1,)])
def test_a_choice_the_question_does_not_have_changes_nothing(cast: Cast, places: tuple[int, ...]) -> None:
    row = published(cast)
    with pytest.raises(QuestionnaireError, match="请重新选择“村里的路好走吗”"):
        answer(row, Given(places))
    assert not Response.objects.exists()


def test_no_answers_before_publishing_and_after_the_end(cast: Cast) -> None:
    row = draft(cast)
    with pytest.raises(AnsweredError, match="没有在收集"):
        answer(row, Given((0,)))
    services.write_questionnaire(
        event=row.appointment,
        title=row.title,
        intro="",
        closes_on=date(2026, 11, 25),
        questionnaire=row,
        actor=cast.town_office,
    )
    services.publish_questionnaire(questionnaire=row, actor=cast.town_office)
    with time_machine.travel("2026-11-25 23:59 +0800", tick=False):
        answer(row, Given((0,)))
    with time_machine.travel("2026-11-26 00:01 +0800", tick=False), pytest.raises(AnsweredError, match="已经截止"):
        answer(row, Given((0,)))
    services.close_questionnaire(questionnaire=row, actor=cast.town_office)
    with pytest.raises(AnsweredError, match="已经截止"):
        answer(row, Given((0,)))
    with pytest.raises(QuestionnaireError, match="只有正在收集"):
        services.close_questionnaire(questionnaire=row, actor=cast.town_office)
    assert Response.objects.count() == 1


def test_a_last_day_in_the_past_is_refused(cast: Cast) -> None:
    row = draft(cast)
    with pytest.raises(QuestionnaireError, match="截止日期不能早于今天"):
        services.write_questionnaire(
            event=row.appointment, title="问卷", intro="", closes_on=date(2026, 11, 23), actor=cast.town_office
        )
    assert Questionnaire.objects.count() == 1
