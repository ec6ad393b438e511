"""Forms of the steps offices take: their shape and their sentences; the rules are the services'."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Organization, User
from accounts.numbers import number_in
from studios.clocks import words
from studios.services import load_calendar
from suggestions.answers import Answer, waiting_answers
from suggestions.deadlines import clock_deadline
from suggestions.enums import Complexity, RejectReason, State
from suggestions.models import Assignment, DeadlinePolicy, Suggestion
from suggestions.units import by_place, in_use, option_words

DATE_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Groups = list[tuple[str, list[tuple[int, str]]]]
Fact = tuple[str, str]
"""What one has to know before filling in: a label and its words."""


def long_text(
    label: str, *, required: bool | str = False, rows: int = 4, limit: int = 500, help_text: str = ""
) -> forms.CharField:
    """A textarea; `required` may be the sentence that asks for it."""
    sentence = required if isinstance(required, str) else f"请填写{label}"
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=limit,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": sentence, "max_length": f"{label}最多 {limit} 字，请精简"},
    )


def signer_field() -> forms.CharField:
    """Who signs for what a unit answers."""
    return forms.CharField(
        label="签发人", max_length=30, error_messages={"required": "请填写签发人", "max_length": "签发人最多 30 字"}
    )


class StepForm(forms.Form):
    """What every step posts: the version of the case its page showed.

    `arguments()` are the keyword arguments the service takes besides suggestion, actor and version. The page shows
    `facts` above the form, and the fields named in `folded` behind a line `fold_label`.
    """

    folded: ClassVar[tuple[str, ...]] = ()
    fold_label = ""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "页面不完整，请刷新后再办", "invalid": "页面不完整，请刷新后再办"},
    )

    def __init__(self, *args: Any, case: Suggestion, actor: User, **kwargs: Any) -> None:
        self.case, self.actor = case, actor
        kwargs["initial"] = {"version": case.version} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def facts(self) -> list[Fact]:
        """What one has to know before filling in."""
        return []

    def shown_fields(self) -> list[BoundField]:
        """The fields that stand open."""
        return [field for field in self if field.name not in self.folded]

    def folded_fields(self) -> list[BoundField]:
        """The fields behind `fold_label`."""
        return [field for field in self if field.name in self.folded]

    def is_unfolded(self) -> bool:
        """Something behind the line was filled in, or is wrong."""
        return any(
            field.errors or (self.is_bound and field.name in self.changed_data) for field in self.folded_fields()
        )

    def is_stale(self) -> bool:
        """Whether it was sent from a page that showed an older version of the case than it has now (one query)."""
        newest = Suggestion.objects.filter(pk=self.case.pk).values_list("version", flat=True).get()
        return "version" not in self.errors and self.cleaned_data["version"] != newest

    def look_up(self, query: QueryDict) -> None:
        """Take up what the address asks for; most steps begin with an empty form."""

    def renew(self, case: Suggestion) -> None:
        """After a conflict: keep everything typed, but stand on the newest version of the case."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(case.version)
        self.data, self.case = data, case

    def typed(self) -> Iterator[tuple[str, str]]:
        """Label and text of everything the person wrote, for a page on which it cannot be sent any more."""
        for field in self.visible_fields():
            if field.value():
                chosen = [item.choice_label for item in field.subwidgets if item.data.get("selected")]
                yield str(field.label), "、".join(chosen) or str(field.value())


class ReturnForm(StepForm):
    reason = long_text("要补充什么", required="请写明要补充什么", help_text="写清缺哪些情况，联络员看到后补充再提交")


class EscalateForm(StepForm):
    reason = long_text("上报理由", required="请写明为什么不属本镇办理")


class SendDownForm(StepForm):
    reason = long_text("退回理由", required="请写明退回代表队的理由")


class ReturnReplyForm(StepForm):
    """要修改什么, and of a shared case whose part (`?part=` names one): the others' stand."""

    parts = forms.ModelMultipleChoiceField(
        label="退回哪些单位的答复",
        queryset=Assignment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="没有选中的单位不用重写，交齐后一并转交",
        error_messages={
            "required": "请选择退回哪些单位的答复",
            "invalid_choice": "选中的单位没有待审核的答复，请重新选择",
        },
    )
    reason = long_text("要修改什么", required="请写明要修改什么", help_text="期限不因退回顺延")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = {answer.assignment.pk: answer for answer in waiting_answers(self.case) if answer.is_part}
        if not shared:
            del self.fields["parts"]
            return
        field = self.fields["parts"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Assignment.objects.filter(pk__in=shared)
        field.choices = [(key, _part(answer)) for key, answer in shared.items()]

    def look_up(self, query: QueryDict) -> None:
        part = number_in(query.get("part", ""))
        if "parts" in self.fields and part is not None:
            self.initial["parts"] = [part]


class RedoForm(StepForm):
    reason = long_text("重办要求", required="请写明重办要求", help_text="群众或代表哪里不满意，希望办到什么程度")


class RejectForm(StepForm):
    code = forms.ChoiceField(
        label="原因",
        choices=RejectReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择不予受理的原因"},
    )
    reason = long_text("理由说明", required="请写明不予受理的理由", help_text="联络员和代表会看到这段话")


class AssignForm(StepForm):
    """交办: the unit, 简单 or 复杂 with the day each would be due, a note."""

    unit = forms.ModelChoiceField(
        label="承办单位",
        queryset=Organization.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择交办给哪个单位", "invalid_choice": "这个单位不能选，请重新选择"},
    )
    complexity = forms.ChoiceField(
        label="难易",
        widget=forms.RadioSelect,
        initial=Complexity.SIMPLE,
        error_messages={"required": "请选择简单或复杂"},
    )
    note = long_text("交办说明", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = assignable_units(self.case)
        field, complexity = self.fields["unit"], self.fields["complexity"]
        assert isinstance(field, forms.ModelChoiceField)
        assert isinstance(complexity, forms.ChoiceField)
        field.queryset = units
        field.choices = [("", "请选择"), *grouped_units(units)]
        complexity.choices = _due_choices(self.case)


def assignable_units(case: Suggestion) -> Any:
    """Units the case may be assigned to where it stands: any of the county once escalated, else the delegation's."""
    units = county_units(case.county_id)
    return units if case.state == State.ESCALATED else units.filter(delegation=case.delegation_id)


def county_units(county_id: int) -> Any:
    """Every unit of the county in use."""
    return in_use(Organization.objects.filter(county=county_id))


def grouped_units(units: Any) -> Groups:
    """Options under 县级 and the name of each delegation."""
    return [(place, [(unit.pk, option_words(unit)) for unit in group]) for place, group in by_place(units)]


def _part(answer: Answer) -> str:
    return f"{answer.unit}（{answer.reply.get_result_class_display()}）"


def _due_choices(case: Suggestion) -> list[tuple[str, str]]:
    today = timezone.localdate()
    policy, calendar = DeadlinePolicy.objects.in_force(case.county, today), load_calendar()
    choices = []
    for complexity in Complexity:
        deadline = clock_deadline(today, complexity, case.round, policy.rules, calendar)
        provisional = "，暂定" if deadline.is_provisional else ""
        choices.append((complexity.value, f"{complexity.label}：{words(deadline.due_on)}前答复{provisional}"))
    return choices
