"""Forms of 走访 and of findings."""

from typing import Any

from django import forms

from appointments.enums import FindingAdoption
from appointments.forms.filters import ALL, PeriodFields
from appointments.forms.themes import count, day, line
from appointments.forms.visit import long_text
from appointments.models import Appointment, Attendance
from appointments.services.findings import TripEntry


class SeatsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Attendances by the name of their person."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.representative.name)


class TripForm(forms.Form):
    """走访: `villages` are offered as the place, any other may be typed."""

    place = line("走访地点", 60, widget=forms.TextInput(attrs={"list": "villages", "autocomplete": "off"}))
    visited_on = day("走访日期")
    people_met = count("见面人数")
    note = forms.CharField(
        label="听到的情况",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "听到的情况最多 500 字，请精简"},
    )
    seats = SeatsField(
        label="参加的党代表",
        queryset=Attendance.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请重新选择参加的党代表"},
    )

    def __init__(self, *args: Any, event: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seats"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = event.attendances.select_related("representative")

    @property
    def entry(self) -> TripEntry:
        """The cleaned data as the service takes it."""
        return TripEntry(**{name: self.cleaned_data[name] for name in TripEntry.__dataclass_fields__})


class FindingForm(forms.Form):
    title = line("建议", 60)
    content = long_text("内容", 8, error_messages={"required": "请写明建议的内容"})


class AdoptionForm(forms.Form):
    """采纳; whether 去向 is needed, the service says."""

    adoption = forms.ChoiceField(
        label="采纳",
        choices=FindingAdoption.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是否采纳", "invalid_choice": "请重新选择是否采纳"},
    )
    adopted_in = line("采纳去向", 120, required=False, help_text="写进哪个文件、计划；采纳时必填")
    adopted_on = day("采纳日期", required=False)


class FindingFilterForm(PeriodFields):
    q = forms.CharField(label="搜索建议", max_length=80, required=False)
    adoption = forms.ChoiceField(label="采纳", choices=[ALL, *FindingAdoption.choices], required=False)
    case = forms.ChoiceField(
        label="转为建议", choices=[ALL, ("yes", "已转为建议"), ("no", "未转为建议")], required=False
    )
    field_order = ["q", "adoption", "case", "from_", "to"]
