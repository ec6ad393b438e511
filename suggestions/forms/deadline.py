"""A county's deadline settings: every number at once, starting from those in force."""

import re
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.conditions import day_field
from suggestions.deadlines import Rules
from suggestions.services.policies import label_of

SEPARATORS = re.compile(r"[\s,，、;；]+")
LONGEST_LADDER, FARTHEST = 12, 90
FAR = f"提醒梯次的每个数请在 -{FARTHEST} 到 {FARTHEST} 之间"
NOT_NUMBERS = "提醒梯次请填整数，用顿号隔开，如 -3、0、1、3、7"


def _number(name: str, least: int, most: int) -> forms.IntegerField:
    label = label_of(name)
    bounds = f"{label}请填 {least} 到 {most} 之间的整数"
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": f"请填写{label}",
            "invalid": f"{label}请填整数",
            "min_value": bounds,
            "max_value": bounds,
        },
    )


class LadderField(forms.CharField):
    """Days relative to the due date, from the earliest to the latest, each once."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value)).replace("−", "-").replace("－", "-").replace("＋", "+")
        try:
            stages = tuple(int(part) for part in SEPARATORS.split(text) if part)
        except ValueError:
            raise ValidationError(NOT_NUMBERS) from None
        if any(abs(stage) > FARTHEST for stage in stages):
            raise ValidationError(FAR)
        if len(stages) > LONGEST_LADDER:
            raise ValidationError(f"提醒梯次最多 {LONGEST_LADDER} 次，请减少")
        return stages


class RulesForm(forms.Form):
    """The numbers of one version."""

    simple_days = _number("simple_days", 1, 60)
    complex_months = _number("complex_months", 1, 12)
    redo_days = _number("redo_days", 1, 60)
    co_share = _number("co_share", 1, 10)
    counts_workdays = forms.BooleanField(label="简单事项和重办按工作日计算", required=False)
    rolls_forward = forms.BooleanField(label="期限遇休息日顺延到下一个工作日", required=False)
    accept_days = _number("accept_days", 1, 60)
    reject_days = _number("reject_days", 1, 60)
    assign_days = _number("assign_days", 1, 60)
    sign_days = _number("sign_days", 1, 60)
    return_days = _number("return_days", 1, 60)
    review_days = _number("review_days", 1, 60)
    evaluation_days = _number("evaluation_days", 1, 180)
    yellow_days = _number("yellow_days", 0, 30)
    ladder = LadderField(
        label="提醒梯次",
        max_length=80,
        help_text="在期限前后第几天提醒，从早到晚：-3 是到期前三天，0 是当天，1 是逾期一天；逾期后先催办",
        error_messages={"required": "请填写提醒梯次，如 -3、0、1、3、7", "max_length": NOT_NUMBERS},
    )
    supervised_from = _number("supervised_from", 1, FARTHEST)
    listed_from = _number("listed_from", 2, FARTHEST)
    urged_reply_days = _number("urged_reply_days", 1, 30)
    supervised_reply_days = _number("supervised_reply_days", 1, 30)
    listed_reply_days = _number("listed_reply_days", 1, 30)

    def clean_ladder(self) -> tuple[int, ...]:
        stages: tuple[int, ...] = self.cleaned_data["ladder"]
        if list(stages) != sorted(set(stages)):
            raise ValidationError("提醒梯次请从小到大填写，每个数只写一遍，如 -3、0、1、3、7")
        return stages

    def clean_listed_from(self) -> int:
        listed: int = self.cleaned_data["listed_from"]
        supervised = self.cleaned_data.get("supervised_from")
        if supervised is not None and listed <= supervised:
            raise ValidationError(f"挂牌要晚于督办，请填大于 {supervised} 的整数")
        return listed

    @property
    def rules(self) -> Rules:
        """What was filled in."""
        return Rules(**{name: self.cleaned_data[name] for name in asdict(Rules())})


class PolicyForm(RulesForm):
    """A new version, from a day on."""

    effective_from = day_field("生效日期")
    field_order = ("effective_from",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["effective_from"]
        day.required, day.error_messages["required"] = True, "请填写生效日期"


class CorrectionForm(RulesForm):
    """A version put right, and why."""

    reason = forms.CharField(
        label="更正理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明哪里填错、依据什么文件，会记入审计日志",
        error_messages={"required": "请写明为什么更正", "max_length": "更正理由最多 200 字，请精简"},
    )
