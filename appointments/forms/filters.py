"""Conditions of the registers, as GET forms whose address is the view."""

from typing import Any

from django import forms

from accounts.conditions import DayRangeForm, day_field
from accounts.models import Organization, User
from appointments.enums import AppointmentKind, AttendanceStatus, Category, VisitOutcome
from studios.models import Studio

ALL = ("", "全部")
ATTENDANCE_VIEWS = [("", "逐次"), ("delegation", "按代表队"), ("representative", "按党代表")]


class PeriodFields(DayRangeForm):
    """`from` and `to`, both optional; wrong ones are explained and left out."""

    from_ = day_field("日期从")
    to = day_field("日期到")
    measure = forms.CharField(widget=forms.HiddenInput, required=False)


class VisitFilterForm(PeriodFields):
    q = forms.CharField(label="搜索事项、答复或党代表", max_length=80, required=False)
    outcome = forms.ChoiceField(label="处理", choices=[ALL, *VisitOutcome.choices], required=False)
    category = forms.ChoiceField(label="类别", choices=[ALL, *Category.choices], required=False)
    studio = forms.ModelChoiceField(label="工作室", queryset=Studio.objects.none(), required=False, empty_label="全部")
    field_order = ["q", "outcome", "category", "studio", "from_", "to"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["studio"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Studio.objects.visible_to(user).filter(pk__in=Studio.objects.worked_in_by(user))


class AppointmentFilterForm(PeriodFields):
    kind = forms.ChoiceField(label="约见方式", choices=[ALL, *AppointmentKind.choices], required=False)
    field_order = ["kind", "from_", "to"]


class AttendanceFilterForm(PeriodFields):
    """`by` chooses between the single seats and the rates of delegations or representatives."""

    q = forms.CharField(label="党代表姓名", max_length=30, required=False)
    delegation = forms.ModelChoiceField(
        label="代表队", queryset=Organization.objects.none(), required=False, empty_label="全部"
    )
    status = forms.ChoiceField(label="到岗情况", choices=[ALL, *AttendanceStatus.choices], required=False)
    kind = forms.ChoiceField(label="约见方式", choices=[ALL, *AppointmentKind.choices], required=False)
    person = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput, required=False)
    by = forms.ChoiceField(choices=ATTENDANCE_VIEWS, widget=forms.HiddenInput, required=False)
    field_order = ["q", "delegation", "kind", "status", "from_", "to"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["delegation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organization.objects.visible_to(user).delegations().order_by("code")


class MatrixForm(forms.Form):
    """Whose Saturdays of which quarter."""

    delegation = forms.ModelChoiceField(label="代表队", queryset=Organization.objects.none(), empty_label=None)
    quarter = forms.ChoiceField(label="季度", error_messages={"invalid_choice": "没有这个季度，下面是本季度。"})

    def __init__(self, *args: Any, user: User, quarters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, quarter = self.fields["delegation"], self.fields["quarter"]
        assert isinstance(field, forms.ModelChoiceField)
        assert isinstance(quarter, forms.ChoiceField)
        field.queryset = Organization.objects.visible_to(user).delegations().order_by("code")
        quarter.choices = quarters
