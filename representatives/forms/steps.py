"""Changing a status, and merging a duplicate."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.conditions import day_field
from representatives.enums import RepresentativeStatus
from representatives.models import Representative
from representatives.rules import NEXT_STATUSES

STEPS: dict[str, str] = {
    RepresentativeStatus.ACTIVE: "恢复执行职务",
    RepresentativeStatus.SUSPENDED: "停止执行职务",
    RepresentativeStatus.TERMINATED: "终止资格（不能再恢复）",
}


def _reason(example: str) -> forms.CharField:
    return forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=example,
        error_messages={"required": "请写明原因", "max_length": "原因最多 200 字，请精简"},
    )


class StatusForm(forms.Form):
    """Only the steps that may follow are offered."""

    to_status = forms.ChoiceField(
        label="变更为",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择变更为什么状态", "invalid_choice": "请选择变更为什么状态"},
    )
    on = day_field("日期")
    reason = _reason("如“调离本县”“受留党察看处分”，写入状态变更，不公开")

    def __init__(self, *args: Any, person: Representative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(status, STEPS[status]) for status in NEXT_STATUSES[person.status]]
        self.fields["on"].required = True
        self.fields["on"].error_messages["required"] = "请填写从哪一天起"
        self.fields["on"].initial = timezone.localdate


class MergeForm(forms.Form):
    """Which of two records goes on, and why they are one person."""

    other = forms.IntegerField(widget=forms.HiddenInput)
    keep = forms.TypedChoiceField(
        label="保留哪一条",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择保留哪一条记录", "invalid_choice": "请选择保留哪一条记录"},
    )
    reason = _reason("如“同时当选县、镇党代表，登记了两次”")
    is_same_person = forms.BooleanField(
        label="已核对，两条记录是同一个人", error_messages={"required": "请核对后勾选“是同一个人”"}
    )

    def __init__(self, *args: Any, person: Representative, other: Representative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keep"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.pk, f"{row.name}（{row.certificate_no}）") for row in (person, other)]
        self.fields["other"].initial = other.pk
        self.fields["keep"].initial = person.pk
