"""Forms of questionnaires: their head, their questions, and the questionnaire as it is answered."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from appointments.enums import QuestionKind
from appointments.forms.themes import day, line
from appointments.models import Question
from appointments.services.questionnaires import QuestionEntry
from appointments.tallies import Given

INCOMPLETE = dict.fromkeys(("required", "invalid"), "页面不完整，请刷新后再填")


class QuestionnaireForm(forms.Form):
    title = line("问卷标题", 60)
    intro = forms.CharField(
        label="说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写给填写的群众：为什么调查，怎么用",
        error_messages={"max_length": "说明最多 300 字，请精简"},
    )
    closes_on = day("截止日期", required=False, help_text="这一天结束后不再收答卷；不填就由您手动结束")


class QuestionForm(forms.Form):
    kind = forms.ChoiceField(
        label="题型",
        choices=QuestionKind.choices,
        initial=QuestionKind.SINGLE,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择题型", "invalid_choice": "请重新选择题型"},
    )
    text = line("题目", 120)
    choices = forms.CharField(
        label="选项",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行写一个；文字题不用填",
        error_messages={"max_length": "选项合计最多 2000 字，请精简"},
    )
    is_required = forms.BooleanField(label="必须回答", required=False, initial=True)

    @property
    def entry(self) -> QuestionEntry:
        """The cleaned data as the service takes it."""
        data = self.cleaned_data
        return QuestionEntry(data["kind"], data["text"], data["choices"].splitlines(), data["is_required"])


class AnswerForm(forms.Form):
    """The questionnaire as somebody fills it in; what one field asks is named q<key of the question>."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, error_messages=INCOMPLETE)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.fields["submission_key"].initial = uuid.uuid4
        for number, question in enumerate(self.questions, start=1):
            self.fields[f"q{question.pk}"] = self.ask(number, question)

    def ask(self, number: int, question: Question) -> forms.Field:
        """The field of one question."""
        text = f"{number}. {question.text}"
        asked: dict[str, Any] = {"label": text, "required": question.is_required}
        if question.kind == QuestionKind.TEXT:
            messages = {"required": f"请填写第 {number} 题", "max_length": f"第 {number} 题最多 500 字，请精简"}
            widget = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(max_length=500, widget=widget, error_messages=messages, **asked)
        sentence = f"请选择第 {number} 题的答案"
        asked |= {
            "choices": [(str(place), label) for place, label in enumerate(question.choices)],
            "error_messages": dict.fromkeys(("required", "invalid_choice", "invalid_list"), sentence),
        }
        if question.kind == QuestionKind.MULTIPLE:
            return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, help_text="可多选", **asked)
        return forms.ChoiceField(widget=forms.RadioSelect, **asked)

    @property
    def rows(self) -> list[forms.BoundField]:
        """The questions in order."""
        return [self[f"q{question.pk}"] for question in self.questions]

    @property
    def answers(self) -> dict[int, Given]:
        """The cleaned answers by the key of the question."""
        return {question.pk: self._given(question) for question in self.questions}

    def _given(self, question: Question) -> Given:
        value = self.cleaned_data.get(f"q{question.pk}") or ""
        if question.kind == QuestionKind.TEXT:
            return Given(text=value)
        return Given(chosen=[int(place) for place in ([value] if isinstance(value, str) else value) if place != ""])


class PaperForm(AnswerForm):
    """A paper as it was filled in: nothing in it is required, but it has a number."""

    paper_no = forms.RegexField(
        label="纸质问卷编号",
        regex=r"^[0-9A-Za-z-]{1,20}$",
        help_text="写在纸上的编号，同一编号只录一次",
        error_messages={"required": "请填写纸质问卷编号", "invalid": "编号只能用数字、字母和“-”，最多 20 位"},
    )

    def ask(self, number: int, question: Question) -> forms.Field:
        field = super().ask(number, question)
        field.required = False
        return field


class PublicAnswerForm(AnswerForm):
    """With a field nobody sees: who fills it in is no person."""

    website = forms.CharField(label="请留空", required=False, max_length=200)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("请把“请留空”一栏清空后再提交")
        return ""
