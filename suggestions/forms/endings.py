"""Forms of the steps that end a case or settle what is left of it: 并案, 撤回, 裁定, 兑现."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Organization
from accounts.numbers import number_in
from studios.clocks import words
from studios.services import load_calendar
from suggestions.answers import promised_on
from suggestions.enums import ANSWERING, Ruling
from suggestions.forms.steps import DATE_INPUT, Fact, StepForm, long_text, signer_field
from suggestions.models import Suggestion
from suggestions.querysets import SuggestionQuerySet
from suggestions.services.promising import promises_to_keep
from suggestions.supervising import wrong_day

SHOWN = 20


class MergeForm(StepForm):
    """Which case this one is merged into: found by number or words (`?q=`), or named by the page before (`?with=`)."""

    q = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    parent = forms.ModelChoiceField(
        label="并入哪一件",
        queryset=Suggestion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "请选择并入哪一件",
            "invalid_choice": "这一件现在不能并入：要已受理、还没有转交评价，请重新选择",
        },
    )
    note = long_text("并案说明", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(str(self.data.get("q", "")), str(self.data.get("parent", "")))

    def look_up(self, query: QueryDict) -> None:
        self.offer(query.get("q", ""), query.get("with", ""))

    def offer(self, words: str, chosen: str) -> None:
        """Show the cases found by `words`, else the newest of the same place and category; `chosen` comes first."""
        cases = Suggestion.objects.visible_to(self.actor).able_to_take_in(self.case)
        field, words = self.fields["parent"], words.strip()[:40]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cases
        self.initial["q"] = words
        found = list(_found(cases, self.case, words).prefetch_related("assignments__unit").order_by("-id")[:SHOWN])
        if (key := number_in(chosen)) is not None:
            named = cases.filter(pk=key).prefetch_related("assignments__unit").first()
            found = [named, *(case for case in found if case != named)] if named else found
            self.initial["parent"] = named
        field.choices = [(case.pk, _option(case)) for case in found]
        if not found:
            field.help_text = "没有找到。能并入的是已受理、还没有转交评价的建议，请换个编号或标题里的词再找"

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in super().arguments().items() if name != "q"}


def _found(cases: SuggestionQuerySet, case: Suggestion, words: str) -> SuggestionQuerySet:
    if words:
        return cases.filter(Q(number__icontains=words) | Q(title__icontains=words))
    return cases.filter(delegation=case.delegation_id, category=case.category)


def _option(case: Suggestion) -> str:
    unit = f"，{case.units_in_short}" if case.units_in_short else ""
    return f"{case.number} {case.title}（{case.get_state_display()}{unit}）"


class WithdrawForm(StepForm):
    reason = long_text(
        "撤回理由", required="请写明撤回的理由", help_text="撤回后不再办理，也不能恢复；代表队和承办单位会看到理由"
    )


class RuleForm(StepForm):
    """解释说明 or 挂牌督办; only the latter asks a unit to answer by a day, of a shared case one of them."""

    ruling = forms.ChoiceField(
        label="怎样裁定",
        choices=[
            (Ruling.EXPLAINED.value, "解释说明：向代表和群众说明情况，不再重办"),
            (Ruling.LISTED.value, "挂牌督办：列入督办名单，要求承办单位限期办好"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样裁定"},
    )
    text = long_text(
        "裁定内容", required="请填写裁定内容", rows=5, help_text="会告诉代表和联络员；挂牌督办时也告诉承办单位"
    )
    unit = forms.ModelChoiceField(
        label="挂牌督办哪个单位",
        required=False,
        queryset=Organization.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="挂牌督办时选择",
        error_messages={"invalid_choice": "这个单位没有承办这件建议，请重新选择"},
    )
    reply_due_on = forms.DateField(
        label="要求承办单位何时回复",
        required=False,
        widget=DATE_INPUT,
        help_text="挂牌督办时填写",
        error_messages={"invalid": "回复日期请按“2026-12-31”填写"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [row.unit for row in self.case.assignments_in_force if row.kind in ANSWERING]
        if len(units) < 2:
            del self.fields["unit"]
            return
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organization.objects.filter(pk__in=[unit.pk for unit in units])
        field.choices = [(unit.pk, str(unit)) for unit in units]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("reply_due_on")
        if cleaned.get("ruling") == Ruling.LISTED and "unit" in self.fields and not cleaned.get("unit"):
            self.add_error("unit", "请选择挂牌督办哪个单位")
        if cleaned.get("ruling") == Ruling.LISTED and "reply_due_on" not in self.errors:
            if day is None:
                self.add_error("reply_due_on", "挂牌督办请填写要求承办单位回复的日期")
            elif sentence := wrong_day(day, timezone.localdate(), load_calendar()):
                self.add_error("reply_due_on", sentence)
        return cleaned


class FulfilForm(StepForm):
    """What was promised has come true: what, when, who signs for it."""

    text = long_text(
        "办成了什么", required="请写明办成了什么", limit=2000, rows=6, help_text="作为再次答复转告代表和群众"
    )
    kept_on = forms.DateField(
        label="兑现日期",
        widget=DATE_INPUT,
        error_messages={"required": "请填写兑现日期", "invalid": "兑现日期请按“2026-12-31”填写"},
    )
    signer = signer_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_on"].initial = timezone.localdate()

    @property
    def facts(self) -> list[Fact]:
        """Which promise it is: of several units each keeps its own."""
        promise = next(iter(promises_to_keep(self.actor, self.case)), None)
        if promise is None:
            return []
        return [("承诺单位", str(promise.unit)), ("承诺完成日期", words(promised_on(promise)))]
