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
from suggestions.forms.steps import DATE_INPUT, StepForm, long_text, signer_field
from suggestions.reply_texts import last_signer
from suggestions.services.handling import ReplyText
from suggestions.services.readiness import consultation_of, obstacle_to_contact, part_to_write, reached_parties

NOT_YET = ("", "还没有答复，等代表本人填写")


def _choice(label: str, choices: Any, sentence: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": sentence}
    )


class ContactForm(StepForm):
    """Step ①, both parties at once: those who have not been reached yet stand ticked.

    Whoever ticks both and did not learn the petitioner's phone has reached them through the representative.
    """

    parties = forms.MultipleChoiceField(
        label="联系了谁",
        choices=ContactParty.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择联系了谁", "invalid_choice": "联系对象请从列出的选项里选"},
    )
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
        parties = self.fields["parties"]
        assert isinstance(parties, forms.MultipleChoiceField)
        open_to = [party for party in ContactParty if party != ContactParty.PETITIONER or not self.case.is_anonymous]
        parties.choices = [(party.value, party.label) for party in open_to]
        parties.initial = [party.value for party in open_to if party not in reached_parties(self.case)]
        if self.case.is_anonymous:
            parties.help_text = "群众不愿透露身份，只需联系党代表"
        elif not self.case.releases_contact:
            parties.help_text = "群众的联系方式仅通过代表反馈：和党代表一起登记时，群众一方记为“通过代表”"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"parties", "method"} <= cleaned.keys():
            cleaned["reached"] = self._reached(cleaned.pop("parties"), ContactMethod(cleaned.pop("method")))
            for party, method in cleaned["reached"].items():
                if obstacle := obstacle_to_contact(self.case, party, method):
                    self.add_error("method", obstacle.removesuffix("。"))
        return cleaned

    def _reached(self, parties: list[str], method: ContactMethod) -> dict[ContactParty, ContactMethod]:
        reached = {ContactParty(party): method for party in parties}
        if len(reached) == len(ContactParty) and not self.case.releases_contact:
            reached[ContactParty.PETITIONER] = ContactMethod.VIA_REPRESENTATIVE
        return reached


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
        if asked := consultation_of(self.case):
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
    """Step ③: the written reply, with what nearly every reply of the unit says already chosen.

    A reply that was sent back is offered again for correction.
    """

    folded = ("adoption", "adopted_where", "disclosure", "disclosure_reason")
    fold_label = "采纳情况和公开方式：不改则按办理结果记采纳，全文公开"

    text = long_text("答复内容", required="请填写答复内容", limit=4000, rows=10)
    result_class = _choice("办理结果", ResultClass.choices, "请选择办理结果")
    promise_on = forms.DateField(
        label="承诺完成日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "data-only-b": True}, format="%Y-%m-%d"),
        help_text="办理结果为 B 时填写",
        error_messages={"invalid": "承诺完成日期请按“2026-12-31”填写"},
    )
    signer = signer_field()
    adoption = forms.ChoiceField(
        label="采纳情况",
        choices=Adoption.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="不选：结果为 A、B 记“采纳”，为 C、D 记“未采纳”",
    )
    adopted_where = forms.CharField(
        label="采纳到哪里", required=False, max_length=120, help_text="政策、规划或工作安排的名称"
    )
    disclosure = _choice("公开方式", Disclosure.choices, "请选择公开方式")
    disclosure_reason = forms.CharField(label="不公开的理由", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disclosure"].initial = Disclosure.FULL
        own = part_to_write(self.actor, self.case)
        returned = [row for row in self.case.replies.all() if row.round == self.case.round]
        returned = [row for row in returned if own is None or row.assignment_id == own.pk]
        if returned and returned[-1].status == ReplyStatus.RETURNED:
            for name in self.fields.keys() - {"version"}:
                self.fields[name].initial = getattr(returned[-1], name)
        else:
            self.fields["signer"].initial = last_signer(self.actor, self.case)

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
        if cleaned.get("result_class") not in (None, ResultClass.B):
            cleaned["promise_on"] = None
        if cleaned.get("disclosure") == Disclosure.NONE and not cleaned.get("disclosure_reason"):
            self.add_error("disclosure_reason", "选择不公开，请写明理由")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {"reply": ReplyText(**given | {"adoption": given["adoption"] or None})}
