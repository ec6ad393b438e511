"""Forms of several units on one case: 会办 and 分办 when it is assigned, 会签, and letting a unit off."""

from typing import Any

from django import forms

from accounts.models import Organization
from studios.clocks import words
from suggestions.enums import AssignmentKind, RequestKind, RequestState
from suggestions.forms.steps import AssignForm, Fact, StepForm, grouped_units, long_text
from suggestions.models import Assignment, UnitRequest
from suggestions.permissions import own_assignments

SHARING = (
    (AssignmentKind.CO.value, "会办：上面选的单位主办并答复，下面的单位在答复前会签"),
    (AssignmentKind.SPLIT.value, "分办：上面选的和下面的单位各自办理，各写各的答复"),
)


class JointAssignForm(AssignForm):
    """交办 to one unit; further ones, folded away, help it (会办) or share the work with it (分办).

    After a 退办 the proposed unit is chosen already.
    """

    others = forms.ModelMultipleChoiceField(
        label="还有哪些单位参加",
        required=False,
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "参加的单位里有一个不能选，请重新选择"},
    )
    sharing = forms.ChoiceField(
        label="怎样分工", required=False, choices=SHARING, initial=AssignmentKind.CO, widget=forms.RadioSelect
    )
    field_order = ("version", "unit", "complexity", "note", "sharing", "others")
    folded = ("sharing", "others")
    fold_label = "还有会办或分办单位"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead, others = self.fields["unit"], self.fields["others"]
        assert isinstance(lead, forms.ModelChoiceField)
        assert isinstance(others, forms.ModelMultipleChoiceField)
        others.queryset = units = lead.queryset
        assert units is not None
        others.choices = [pair for _place, group in grouped_units(units) for pair in group]
        if (asked := self._handed_back()) and asked.proposed_unit_id in {unit.pk for unit in units}:
            lead.initial = asked.proposed_unit_id

    @property
    def facts(self) -> list[Fact]:
        asked = self._handed_back()
        if asked is None:
            return []
        return [
            ("已退办", f"{asked.assignment.unit}：{asked.reason}"),
            ("建议改交", str(asked.proposed_unit)),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit = cleaned.get("unit")
        if unit is not None and unit in (cleaned.get("others") or []):
            self.add_error("others", f"{unit}已选为承办单位，这里不用再选")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        unit, others, sharing = given.pop("unit"), list(given.pop("others")), given.pop("sharing")
        if others and sharing == AssignmentKind.SPLIT:
            return given | {"split_units": [unit, *others]}
        return given | {"unit": unit, "co_units": others}

    def _handed_back(self) -> UnitRequest | None:
        return next((row for row in reversed(self.case.requests.all()) if _is_granted_return(row)), None)


class CountersignForm(StepForm):
    """会签: what the helping unit has to say."""

    note = long_text("会签意见", required="请填写会签意见", help_text="主办单位答复前会看到这段话")

    @property
    def facts(self) -> list[Fact]:
        own = [row for row in own_assignments(self.actor, self.case) if row.awaits_countersign]
        lead = [("主办单位", str(self.case.unit))] if self.case.unit else []
        return lead + [("会签期限", f"{words(row.due_on)}前") for row in own]


class WaiveForm(StepForm):
    """免会签: which unit, and why."""

    assignment = forms.ModelChoiceField(
        label="哪个单位免会签",
        queryset=Assignment.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "请选择哪个单位免会签", "invalid_choice": "这个单位不用会签了，请刷新后再看"},
    )
    reason = long_text("理由", required="请写明免会签的理由", help_text="主办单位和这个单位会看到这段话")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [row for row in self.case.assignments_in_force if row.awaits_countersign]
        field = self.fields["assignment"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Assignment.objects.filter(pk__in=[row.pk for row in waiting])
        field.choices = [(row.pk, f"{row.unit}，{words(row.due_on)}前会签") for row in waiting]
        field.initial = waiting[0].pk if len(waiting) == 1 else None


def _is_granted_return(row: UnitRequest) -> bool:
    return row.kind == RequestKind.RETURN and row.state == RequestState.APPROVED
