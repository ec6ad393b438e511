"""Writing down who wants to meet whom and when; moving, declining, cancelling."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.phones import PhoneField
from appointments.enums import BookingChannel
from appointments.services.bookings import Request, Time
from appointments.slots import Slot
from studios.models import Studio
from studios.querysets import StudioQuerySet

OTHER = "other"
BY_LIAISON = (BookingChannel.PHONE, BookingChannel.WALK_IN)


def _hour(label: str, **kwargs: Any) -> forms.TimeField:
    messages = {"required": f"请填写{label}", "invalid": f"{label}请按“09:00”填写"}
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), error_messages=messages, **kwargs
    )


class TimeFields(forms.Form):
    """A day and its hours; what they may be, the service knows."""

    wanted_on = forms.DateField(
        label="日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写约见日期", "invalid": "约见日期请按“2026-11-28”填写"},
    )
    starts_at = _hour("开始时间")
    ends_at = _hour("结束时间")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "结束时间要晚于开始时间")
        return cleaned

    @property
    def when(self) -> Time:
        """The cleaned time as the service takes it."""
        return Time(*(self.cleaned_data[name] for name in ("wanted_on", "starts_at", "ends_at")))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="原因",
        max_length=200,
        error_messages={"required": "请写明原因，联络员会转告来访人", "max_length": "原因最多 200 字，请精简"},
    )


class MoveForm(TimeFields):
    """改期."""

    reason = forms.CharField(
        label="改期原因",
        max_length=200,
        error_messages={"required": "请写明改期的原因", "max_length": "原因最多 200 字，请精简"},
    )


class BookingForm(TimeFields):
    """One booking of a chosen representative: a free half hour of their next duties, or another time."""

    studio = forms.ModelChoiceField(
        label="工作室",
        queryset=Studio.objects.none(),
        empty_label=None,
        error_messages={"required": "请选择工作室", "invalid_choice": "没有这个工作室，请重新选择"},
    )
    slot = forms.ChoiceField(
        label="时间",
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择时间",
            "invalid_choice": "这个时间刚被别人约走，您填的内容还在，请另选一个时间",
        },
    )
    channel = forms.ChoiceField(
        label="怎么约的",
        choices=[(channel.value, channel.label) for channel in BY_LIAISON],
        widget=forms.RadioSelect,
        initial=BookingChannel.PHONE,
        error_messages={"required": "请选择电话或当面", "invalid_choice": "请选择电话或当面"},
    )
    visitor_name = forms.CharField(
        label="来访人姓名",
        max_length=30,
        error_messages={"required": "请填写来访人姓名", "max_length": "姓名最多 30 字"},
    )
    visitor_phone = PhoneField(label="联系电话", error_messages={"required": "请填写联系电话，改期时好通知来访人"})
    matter = forms.CharField(
        label="想谈的事",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "想谈的事最多 500 字，请精简"},
    )
    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "页面不完整，请刷新后再填", "invalid": "页面不完整，请刷新后再填"},
    )

    def __init__(self, *args: Any, studios: StudioQuerySet, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, time = self.fields["studio"], self.fields["slot"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(time, forms.ChoiceField)
        place.queryset = studios
        if len(studios) == 1:
            place.initial, place.widget = studios[0].pk, place.hidden_widget()
        self.slots = {slot.key: slot for slot in slots}
        time.choices = [*((slot.key, slot.label) for slot in slots), (OTHER, "另定时间")]
        time.initial = slots[0].key if slots else OTHER
        self.fields["submission_key"].initial = uuid.uuid4
        if self.is_bound and self.data.get("slot") != OTHER:
            for name in ("wanted_on", "starts_at", "ends_at"):
                self.fields[name].required = False

    @property
    def when(self) -> Time:
        slot = self.slots.get(self.cleaned_data["slot"])
        return Time(slot.day, slot.starts_at, slot.ends_at) if slot else super().when

    @property
    def request(self) -> Request:
        """The cleaned booking as the service takes it."""
        data = self.cleaned_data
        return Request(self.when, data["channel"], data["visitor_name"], data["visitor_phone"], data["matter"])
