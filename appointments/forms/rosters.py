"""Drafting, seating, publishing, changing rosters, and the numbers they follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Organization
from appointments.enums import HolidayTreatment, RosterStatus
from appointments.models import Attendance, DutyPolicy
from representatives.models import Representative

LONGEST_DAYS = 200
Choice = tuple[int | str, str]


def _day(label: str, **kwargs: Any) -> forms.DateField:
    sentence = f"{label}请按“2026-10-01”填写"
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages={"required": sentence, "invalid": sentence}, **kwargs
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label="变更原因",
        max_length=200,
        help_text="写给党代表和办公室看，不公开",
        error_messages={"required": "请写明变更原因", "max_length": "变更原因最多 200 字，请精简"},
    )


def _number(label: str, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    sentence = f"{label}请填 {least} 到 {most} 之间的整数"
    names = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=dict.fromkeys(names, sentence), **kwargs
    )


class VersionForm(forms.Form):
    """Which state of the draft the page showed."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "页面不完整，请刷新后再办", "invalid": "页面不完整，请刷新后再办"},
    )


class DraftForm(forms.Form):
    """What a roster is drafted for: whose, from when to when, what becomes of holidays, how many people a session."""

    delegation = forms.ModelChoiceField(
        label="代表队",
        queryset=Organization.objects.none(),
        empty_label="请选择代表队",
        error_messages={"required": "请选择代表队", "invalid_choice": "请选择代表队"},
    )
    first_on = _day("从")
    last_on = _day("到")
    holidays = forms.ChoiceField(
        label="遇节假日",
        choices=HolidayTreatment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择遇到节假日怎么办", "invalid_choice": "请选择遇到节假日怎么办"},
    )
    people_per_session = _number("每班人数", 1, 5, initial=1)

    def __init__(self, *args: Any, delegations: QuerySet[Organization], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["delegation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = delegations
        if len(delegations) == 1:
            field.initial, field.empty_label = delegations[0].pk, None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if not first or not last:
            return cleaned
        if last < first:
            self.add_error("last_on", "结束日期不能早于开始日期")
        elif (last - first).days > LONGEST_DAYS:
            self.add_error("last_on", "一份值班表最多排半年，请缩短日期")
        elif last < self.today:
            self.add_error("last_on", "这段时间已经过去，请选择以后的日子")
        return cleaned


class SeatForm(VersionForm):
    """Who sits there; nothing chosen leaves the seat empty."""

    representative = forms.ModelChoiceField(
        queryset=Representative.objects.none(),
        required=False,
        error_messages={"invalid_choice": "请从名单里选择一位"},
    )

    def __init__(self, *args: Any, people: QuerySet[Representative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["representative"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class PublishForm(VersionForm):
    with_gaps = forms.BooleanField(
        label="空缺也发布", required=False, help_text="勾选后，没有人的班次在公示里显示“空缺”；不勾选就不公示这些班次"
    )


class PersonForm(forms.Form):
    """Somebody for a seat of a published roster, and why. `seat` is whose place they take, nothing to come besides."""

    seat = forms.ModelChoiceField(
        label="替换谁",
        queryset=Attendance.objects.none(),
        required=False,
        empty_label="不替换，另加一人",
        error_messages={"invalid_choice": "请从名单里选择替换谁"},
    )
    representative = forms.ModelChoiceField(
        label="由谁值班",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择由谁值班", "invalid_choice": "请选择由谁值班"},
    )
    reason = _reason()

    def __init__(self, *args: Any, people: list[Choice], seats: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["representative"], Representative.objects.all(), [("", "请选择"), *people])
        _offer(self.fields["seat"], Attendance.objects.all(), [*seats, ("", "不替换，另加一人")])


def _offer(field: forms.Field, rows: QuerySet[Any], choices: list[Choice]) -> None:
    """Take only what is offered, in this order and with these words."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows.filter(pk__in=[key for key, _words in choices if key])
    field.widget.choices = choices
    field.initial = choices[0][0]


class CancelForm(forms.Form):
    reason = _reason()


class MoveForm(forms.Form):
    held_on = _day("改到哪一天")
    starts_at = forms.TimeField(
        label="开始",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写开始时间", "invalid": "开始时间请按“09:00”填写"},
    )
    ends_at = forms.TimeField(
        label="结束",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写结束时间", "invalid": "结束时间请按“11:30”填写"},
    )
    reason = _reason()


class DutyPolicyForm(forms.Form):
    """The numbers a county rosters by, from a day on."""

    effective_from = _day("从哪一天起")
    gap_weeks = _number("两次值班至少间隔（周）", 0, 12)
    publish_days = _number("提前几天公示", 0, 30)
    swap_days = _number("换班截止（值班前几天）", 0, 14)
    reminder_days = forms.CharField(
        label="值班提醒（提前几天）",
        max_length=20,
        required=False,
        help_text="用顿号或空格隔开，如“3、1”；留空就不提醒",
        error_messages={"max_length": "值班提醒写得太长，请按“3、1”填写"},
    )

    def clean_reminder_days(self) -> list[int]:
        """Days before a duty, the farthest first."""
        parts = self.cleaned_data["reminder_days"].replace("、", " ").replace("，", " ").replace(",", " ").split()
        if not all(part.isascii() and part.isdecimal() and int(part) <= 30 for part in parts) or len(parts) > 4:
            raise forms.ValidationError("值班提醒请填 0 到 30 之间的天数，最多四个，如“3、1”")
        return sorted({int(part) for part in parts}, reverse=True)

    @staticmethod
    def initial_of(policy: DutyPolicy, today: date) -> dict[str, Any]:
        """The numbers in force, to be changed from today on."""
        numbers = {name: getattr(policy, name) for name in ("gap_weeks", "publish_days", "swap_days")}
        days = "、".join(str(days) for days in policy.reminder_days)
        return numbers | {"effective_from": today, "reminder_days": days}


class RosterFilterForm(forms.Form):
    delegation = forms.ModelChoiceField(
        label="代表队", queryset=Organization.objects.none(), required=False, empty_label="全部"
    )
    status = forms.ChoiceField(label="状态", choices=[("", "全部"), *RosterStatus.choices], required=False)
    q = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, delegations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["delegation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = delegations
