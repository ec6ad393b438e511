"""Forms of the three steps of handling and of the representative's opinion."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from suggestions.enums import (
    Adoption,
    ContactMethod,
    ContactParty,
    Disclosure,
    Opinion,
    ReplyStatus,
    ResultClass,
)
from suggestions.forms.steps import StepForm, long_text
from suggestions.services.handling import ReplyText

NOT_YET = ("", "还没有答复，等代表本人填写")
DATE_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _choice(label: str, choices: Any, sentence: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": sentence}
    )


class ContactForm(StepForm):
    """Step ①. A petitioner who did not release their phone is reached through the representative only."""

    party = _choice("联系了谁", ContactParty.choices, "请选择联系了谁")
    method = _choice("联系方式", ContactMethod.choices, "请选择联系方式")
    contacted_on = forms.DateField(
        label="联系日期",
        widget=DATE_INPUT,
        error_messages={"required": "请填写联系日期", "invalid": "联系日期请按“2026-11-24”填写"},
    )
    note = long_text("沟通情况", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contacted_on"].initial = timezone.localdate()
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)
        if self.case.is_anonymous:
            party.choices = [(ContactParty.REPRESENTATIVE.value, ContactParty.REPRESENTATIVE.label)]
            party.help_text = "群众不愿透露身份，只需联系党代表"
        elif not self.case.releases_contact:
            party.help_text = "群众的联系方式仅通过代表反馈：联系群众请选“通过代表”"
        reached = {row.party for row in self.case.contacts.all() if row.round == self.case.round}
        waiting = [value for value, _label in party.choices if value not in reached]  # type: ignore[misc,union-attr]
        party.initial = waiting[0] if waiting else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_direct = cleaned.get("method") not in (None, ContactMethod.VIA_REPRESENTATIVE)
        if cleaned.get("party") == ContactParty.PETITIONER and is_direct and not self.case.releases_contact:
            self.add_error("method", "群众没有同意告知联系方式，请通过代表联系，并选“通过代表”")
        return cleaned


class OpinionFields(StepForm):
    """Disagreement is explained, whoever writes it down."""

    def explain(self, cleaned: dict[str, Any], reason: str) -> dict[str, Any]:
        if cleaned.get("opinion") == Opinion.DISAGREE and not cleaned.get(reason) and reason not in self.errors:
            self.add_error(reason, "不同意请写明理由")
        return cleaned


class ConsultForm(OpinionFields):
    """Step ②: the measures, and the opinion if it was heard by phone."""

    measures = long_text("拟采取的措施", required="请填写拟采取的措施", limit=2000, rows=6)
    opinion = forms.ChoiceField(
        label="代表意见（电话听取时代记）",
        choices=[NOT_YET, *Opinion.choices],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    opinion_reason = long_text("代表意见说明", rows=3, help_text="代表不同意时请写明理由")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = next((row for row in self.case.consultations.all() if row.round == self.case.round), None)
        if asked is not None:
            self.fields["measures"].initial = asked.measures
            self.fields["measures"].help_text = "已经征询过；改动后重新征询，原来的代表意见不再算数"

    def clean(self) -> dict[str, Any]:
        return self.explain(super().clean() or {}, "opinion_reason")


class OpinionForm(OpinionFields):
    """The representative's own answer."""

    opinion = _choice("您的意见", Opinion.choices, "请选择同意或不同意")
    reason = long_text("理由", rows=3, help_text="不同意时请写明理由")

    def clean(self) -> dict[str, Any]:
        return self.explain(super().clean() or {}, "reason")


class ReplyForm(StepForm):
    """Step ③: the written reply. A reply that was sent back is offered again for correction."""

    text = long_text("答复内容", required="请填写答复内容", limit=4000, rows=10)
    result_class = _choice("办理结果", ResultClass.choices, "请选择办理结果")
    promise_on = forms.DateField(
        label="承诺完成日期",
        required=False,
        widget=DATE_INPUT,
        help_text="办理结果为 B 时填写",
        error_messages={"invalid": "承诺完成日期请按“2026-12-31”填写"},
    )
    adoption = _choice("采纳情况", Adoption.choices, "请选择采纳情况")
    adopted_where = forms.CharField(
        label="采纳到哪里", required=False, max_length=120, help_text="政策、规划或工作安排的名称"
    )
    disclosure = _choice("公开方式", Disclosure.choices, "请选择公开方式")
    disclosure_reason = forms.CharField(label="不公开的理由", required=False, max_length=200)
    signer = forms.CharField(
        label="签发人", max_length=30, error_messages={"required": "请填写签发人", "max_length": "签发人最多 30 字"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        returned = [row for row in self.case.replies.all() if row.round == self.case.round]
        if returned and returned[-1].status == ReplyStatus.RETURNED:
            for name in self.fields.keys() - {"version"}:
                self.fields[name].initial = getattr(returned[-1], name)

    def clean_promise_on(self) -> date | None:
        day: date | None = self.cleaned_data["promise_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError("承诺完成日期要晚于今天")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_dated = cleaned.get("promise_on") or "promise_on" in self.errors
        if cleaned.get("result_class") == ResultClass.B and not is_dated:
            self.add_error("promise_on", "选择 B 类结果，请填写承诺完成日期")
        if cleaned.get("disclosure") == Disclosure.NONE and not cleaned.get("disclosure_reason"):
            self.add_error("disclosure_reason", "选择不公开，请写明理由")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        return {"reply": ReplyText(**super().arguments())}
