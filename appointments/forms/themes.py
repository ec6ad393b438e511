"""Forms of themed appointments: the month's theme, the event, invitations, attendance."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils import timezone

from accounts.models import Organization, User
from accounts.numbers import number_in
from accounts.pinyin import spelled_like
from appointments.enums import AppointmentStatus, AttendanceStatus
from appointments.forms.filters import ALL, PeriodFields
from appointments.forms.visit import long_text
from appointments.models import Attendance, MonthlyTheme
from appointments.permissions_themes import counties_themed_by, delegations_planned_by
from appointments.services.themes import EventPlan
from representatives.models import Representative
from representatives.querysets import RepresentativeQuerySet
from studios.enums import DUTY_ENDS, DUTY_STARTS

FOUND_MOST, SEARCH = 30, "search"


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": f"{label}请按“2026-11-24”填写"},
        **kwargs,
    )


def hour(label: str, initial: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(
        label=label,
        initial=initial,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": f"请填写{label}时间", "invalid": f"{label}时间请按“09:00”填写"},
    )


def line(label: str, length: int, **kwargs: Any) -> forms.CharField:
    """One line of text."""
    messages = {"required": f"请填写{label}", "max_length": f"{label}最多 {length} 字，请精简"}
    return forms.CharField(label=label, max_length=length, error_messages=messages, **kwargs)


def count(label: str) -> forms.IntegerField:
    """A number of people."""
    sentence = f"{label}请填 0–100000 的整数"
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100_000,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the field `name` choose among `rows`; a single one is chosen already."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class ThemeForm(forms.Form):
    """月度主题; the county is asked for only where somebody serves several."""

    county = forms.ModelChoiceField(label="县", queryset=Organization.objects.none(), empty_label=None)
    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"required": "请填写月份", "invalid": "月份请按“2026-11”填写"},
    )
    title = line("主题", 60)
    background = long_text("背景", 5, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = counties_themed_by(user)
        offer(self, "county", counties)
        if len(counties) == 1:
            self.fields["county"].widget = forms.HiddenInput()
            self.fields["county"].initial = counties[0].pk


class UserForm(forms.Form):
    """A form whose choices depend on `user`."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class TopicFields(UserForm):
    """What an event is about, when and where."""

    theme = line("活动主题", 120, required=False, help_text="留空就用月度主题的标题")
    held_on = day("日期")
    starts_at = hour("开始", DUTY_STARTS)
    ends_at = hour("结束", DUTY_ENDS)
    venue = line("地点", 120)

    def __init__(self, *args: Any, around: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = MonthlyTheme.objects.visible_to(self.user).filter(month__gte=around.replace(day=1))
        self.fields["monthly_theme"] = forms.ModelChoiceField(
            label="月度主题",
            queryset=themes,
            required=False,
            empty_label="不按月度主题",
            error_messages={"invalid_choice": "没有这个月度主题，请重新选择"},
        )
        self.order_fields(["delegation", "monthly_theme"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("theme") and not cleaned.get("monthly_theme") and "theme" not in self.errors:
            self.add_error("theme", "请填写活动主题，或选择月度主题")
        return cleaned

    @property
    def plan(self) -> EventPlan:
        """The cleaned data as the service takes it."""
        data = {name: self.cleaned_data[name] for name in EventPlan.__dataclass_fields__}
        data["theme"] = data["theme"] or data["monthly_theme"].title
        return EventPlan(**data)


class InviteFields(UserForm):
    """Whom to invite: found by name, kept as ticked chips from one search to the next. Works without JavaScript."""

    q = forms.CharField(label="查找党代表（汉字、拼音或首字母）", max_length=40, required=False)
    invited = forms.ModelMultipleChoiceField(
        label="邀请的党代表",
        queryset=Representative.objects.none(),
        required=False,
        error_messages={"invalid_choice": "有一位党代表不在本县名单里，请重新查找"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Representative.objects.visible_to(self.user).active().standing().select_related("delegation")
        field = self.fields["invited"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = people
        self.people: RepresentativeQuerySet = people

    @property
    def is_search(self) -> bool:
        """Whether 「查找」 was pressed: nothing is judged yet, everything typed stays."""
        return self.is_bound and self.data.get("decision") == SEARCH

    def full_clean(self) -> None:
        if not self.is_search:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return None

    @property
    def chosen(self) -> list[Representative]:
        """Those ticked so far."""
        keys = self.data.getlist("invited") if self.is_bound else []  # type: ignore[attr-defined]
        return list(self.people.filter(pk__in=[pk for pk in map(number_in, keys) if pk is not None]))

    @property
    def found(self) -> list[Representative]:
        """Those whose name is spelled like `q`, without the ones ticked already."""
        text = (self.data.get("q") or "").strip() if self.is_bound else ""
        if not text:
            return []
        ticked = [person.pk for person in self.chosen]
        return list(self.people.filter(spelled_like(text)).exclude(pk__in=ticked).order_by("name")[:FOUND_MOST])


class TopicForm(TopicFields, InviteFields):
    """新建活动."""

    delegation = forms.ModelChoiceField(
        label="主办代表队",
        queryset=Organization.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择主办代表队", "invalid_choice": "没有这个代表队，请重新选择"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, around=timezone.localdate(), **kwargs)
        towns = delegations_planned_by(self.user)
        offer(self, "delegation", towns)
        if len(towns) == 1:
            self.fields["delegation"].initial = towns[0].pk
        self.order_fields(["delegation", "monthly_theme"])


class MoveForm(TopicFields):
    """修改时间地点."""

    reason = line("变更原因", 150, help_text="会告诉每位受邀代表")
    excuse_busy = forms.BooleanField(label="改期后来不了的记为请假", required=False)


class ReasonForm(forms.Form):
    reason = line("取消原因", 150, help_text="会告诉每位受邀代表")


class HeldForm(forms.Form):
    headcount = count("现场人次")


class AttendanceForm(forms.Form):
    """到岗/请假/缺勤 for everybody at once."""

    def __init__(self, *args: Any, seats: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [status for status in AttendanceStatus if status in ATTENDED]
        for seat in seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=seat.representative.name,
                choices=[(status.value, status.label) for status in choices],
                widget=forms.RadioSelect,
                initial=seat.status,
                required=False,
                error_messages={"invalid_choice": f"请重新选择{seat.representative.name}的到岗情况"},
            )

    @property
    def statuses(self) -> dict[int, str]:
        """The cleaned choices by attendance key."""
        given = {name.removeprefix("seat_"): value for name, value in self.cleaned_data.items()}
        return {int(key): value for key, value in given.items() if value}


ATTENDED = frozenset(
    {AttendanceStatus.EXPECTED, AttendanceStatus.PRESENT, AttendanceStatus.LEAVE, AttendanceStatus.ABSENT}
)


class TopicFilterForm(PeriodFields):
    theme = forms.ModelChoiceField(
        label="月度主题", queryset=MonthlyTheme.objects.none(), required=False, empty_label="全部"
    )
    status = forms.ChoiceField(label="状态", choices=[ALL, *AppointmentStatus.choices], required=False)
    field_order = ["theme", "status", "from_", "to"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "theme", MonthlyTheme.objects.visible_to(user))
