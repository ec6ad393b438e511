"""Conditions of the lists of inspections, 整改 and studios by compliance, as GET forms."""

from typing import Any

from django import forms

from accounts.conditions import day_field
from accounts.models import Organization, User
from studios.enums import Compliance, StudioKind
from studios.periods import PeriodForm

ALL = ("", "全部")
FAILED, PASSED = "failed", "passed"


class StudioFields(forms.Form):
    """Which studios: by name and by town. Choices are plain: one light query fills them."""

    q = forms.CharField(
        label="搜索工作室", max_length=40, required=False, widget=forms.TextInput(attrs={"placeholder": "名称或拼音"})
    )
    town = forms.TypedChoiceField(
        label="代表队", coerce=int, required=False, error_messages={"invalid_choice": "没有这个代表队，请重新选择"}
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["town"]
        assert isinstance(field, forms.ChoiceField)
        towns = Organization.objects.visible_to(user).delegations().order_by("code")
        field.choices = [ALL, *towns.values_list("pk", "short_name")]


class InspectionFilterForm(PeriodForm, StudioFields):
    period = None  # type: ignore[assignment]  # Django's way to drop an inherited field
    outcome = forms.ChoiceField(label="结果", choices=[ALL, (FAILED, "有不达标"), (PASSED, "全部达标")], required=False)
    from_ = day_field("检查日期从")
    to = day_field("检查日期到")
    field_order = ["q", "town", "outcome", "from_", "to"]


class RectificationFilterForm(StudioFields):
    view = forms.CharField(widget=forms.HiddenInput, required=False)


class ComplianceFilterForm(StudioFields):
    kind = forms.ChoiceField(label="类别", choices=[ALL, *StudioKind.choices], required=False)
    state = forms.ChoiceField(label="达标情况", choices=[ALL, *Compliance.choices], required=False)
    field_order = ["q", "town", "kind", "state"]
