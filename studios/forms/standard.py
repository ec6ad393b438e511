"""What a county asks of its studios from a day on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.conditions import day_field
from studios.enums import Weekday
from studios.services.standards import Demands


def _time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": f"请填写{label}", "invalid": f"{label}请写成 09:00"},
    )


def _area_field(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=1,
        max_value=999,
        max_digits=5,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
        error_messages={
            "required": f"请填写{label}",
            "invalid": f"{label}请填数字",
            "min_value": f"{label}请填 1 到 999 之间的数字",
            "max_value": f"{label}请填 1 到 999 之间的数字",
            "max_digits": f"{label}请填 1 到 999 之间的数字",
            "max_decimal_places": f"{label}最多一位小数",
        },
    )


class StandardForm(forms.Form):
    """Every demand at once: the next version starts from the one in force."""

    effective_from = day_field("生效日期")
    duty_weekday = forms.TypedChoiceField(
        label="值班日",
        choices=Weekday.choices,
        coerce=int,
        error_messages={"required": "请选择值班日", "invalid_choice": "请选择值班日"},
    )
    duty_starts_at = _time_field("值班开始")
    duty_ends_at = _time_field("值班结束")
    county_min_area = _area_field("县工作室最小面积（平方米）")
    town_min_area = _area_field("镇工作室最小面积（平方米）")
    rectification_days = forms.IntegerField(
        label="整改期限（天）",
        min_value=1,
        max_value=180,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "请填写整改期限",
            "invalid": "整改期限请填整数",
            "min_value": "整改期限请填 1 到 180 天",
            "max_value": "整改期限请填 1 到 180 天",
        },
    )

    def clean_effective_from(self) -> Any:
        day = self.cleaned_data["effective_from"]
        if day is None:
            raise ValidationError("请填写生效日期")
        return day

    @property
    def demands(self) -> Demands:
        """What was filled in."""
        return Demands(**{name: value for name, value in self.cleaned_data.items() if name != "effective_from"})
