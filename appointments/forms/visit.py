"""What a visit is written down with: two required fields, everything else folded away."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.phones import PhoneField
from appointments.category_words import guess_category
from appointments.enums import Category, VisitMethod, VisitOutcome
from appointments.models import Visit
from appointments.services import VisitEntry
from uploads.fields import PhotosField

BY_WORDS = ("", "按事项自动判断")
WHERE_TO = "请在“答复情况”写明引导到哪里，例如：县信访局接待大厅"


def long_text(label: str, rows: int, **kwargs: Any) -> forms.CharField:
    """A textarea of at most 2,000 characters."""
    messages = {"max_length": f"{label}最多 2000 字，请精简"} | kwargs.pop("error_messages", {})
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=2000, widget=widget, error_messages=messages, **kwargs)


class VisitFields(forms.Form):
    """The fields of a visit, whoever asks for them."""

    matter = long_text("反映事项", 4, error_messages={"required": "请填写群众反映的事项"})
    answer = long_text("答复情况", 3, required=False)
    visitor_phone = PhoneField(label="联系电话", required=False)
    visitor_name = forms.CharField(
        label="姓名",
        max_length=30,
        required=False,
        help_text="不愿透露就留空；多人来访写带头人",
        error_messages={"max_length": "姓名最多 30 字，请精简"},
    )
    visitor_unit = forms.CharField(
        label="单位或住址",
        max_length=80,
        required=False,
        error_messages={"max_length": "单位或住址最多 80 字，请精简"},
    )
    people = forms.IntegerField(
        label="人数",
        min_value=1,
        max_value=500,
        initial=1,
        error_messages={
            "required": "请填写人数",
            "min_value": "人数至少为 1",
            "max_value": "人数最多 500，更多人请按活动登记",
            "invalid": "人数请填数字",
        },
    )
    method = forms.ChoiceField(label="来访方式", choices=VisitMethod.choices, initial=VisitMethod.WALK_IN)
    category = forms.ChoiceField(label="类别", choices=[BY_WORDS, *Category.choices], required=False)
    is_party_member = forms.BooleanField(label="来访人是党员", required=False)
    received_on = forms.DateField(
        label="接访日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写接访日期", "invalid": "接访日期请按“2026-11-24”填写"},
    )

    def clean_received_on(self) -> Any:
        day, today = self.cleaned_data["received_on"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(f"接访日期不能晚于今天({today.month}月{today.day}日)")
        return day

    def clean(self) -> dict[str, Any]:
        """A category nobody chose is guessed from the matter."""
        cleaned = super().clean() or {}
        if not cleaned.get("category"):
            cleaned["category"] = guess_category(cleaned.get("matter", "")) or Category.OTHER
        return cleaned

    @property
    def entry(self) -> VisitEntry:
        """The cleaned data as the service takes it."""
        return VisitEntry(**{name: self.cleaned_data[name] for name in VisitEntry.__dataclass_fields__})


class VisitEditForm(VisitFields):
    """Correcting a visit that was handled on site: the answer stays required."""

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(visit, name) for name in VisitEntry.__dataclass_fields__} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
        is_referred = visit.outcome == VisitOutcome.REFERRED
        self.fields["answer"].error_messages["required"] = WHERE_TO if is_referred else "请填写答复情况"


class PhotosForm(forms.Form):
    """Photos that come later."""

    photos = PhotosField(
        of="一次接访",
        label="照片",
        help_text="每张 10 MB 以内，最多 6 张；请不要拍进证件和病历",
        error_messages={"required": "请选择照片"},
    )
