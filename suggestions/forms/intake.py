"""The one page of a Saturday morning: a visit, answered on the spot or turned into a suggestion."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from accounts.phones import PhoneField
from appointments.enums import Category, VisitOutcome
from appointments.forms.visit import WHERE_TO, VisitFields
from appointments.models import Appointment, Attendance
from appointments.permissions import studios_recorded_by
from representatives.models import Representative
from studios.models import Studio
from suggestions.enums import Level
from suggestions.forms.steps import long_text
from suggestions.services.intake import Matter, Visitor
from uploads.fields import PhotosField

ON_SITE, ON_SITE_AND_NEXT, TO_SUGGESTION = "on_site", "on_site_next", "to_suggestion"
OUTCOMES = {
    ON_SITE: VisitOutcome.ANSWERED_ON_SITE,
    ON_SITE_AND_NEXT: VisitOutcome.ANSWERED_ON_SITE,
    "resolved": VisitOutcome.RESOLVED_ON_SITE,
    "referred": VisitOutcome.REFERRED,
    TO_SUGGESTION: VisitOutcome.TO_SUGGESTION,
}
"""What each button makes of the visit; without one (Enter) it was answered on site."""


INCOMPLETE = "页面不完整，请刷新后再填"


class VisitForm(VisitFields):
    """`duty` (a seat of today) answers who, where and when; without one the person chooses.

    Pass `decision`, the pressed button: what is required depends on it.
    """

    photos = PhotosField(
        of="一次接访",
        label="照片",
        required=False,
        help_text="每张 10 MB 以内，最多 6 张；请不要拍进证件和病历",
    )
    level = forms.ChoiceField(
        label="归属（转为建议时填）", choices=Level.choices, widget=forms.RadioSelect, required=False
    )
    via_representative = forms.BooleanField(label="仅通过代表反馈，不把电话告诉承办单位", required=False)
    studio = forms.ModelChoiceField(
        label="工作室",
        queryset=Studio.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择工作室", "invalid_choice": "没有这个工作室，请重新选择"},
    )
    representative = forms.ModelChoiceField(
        label="接待党代表",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择接待的党代表", "invalid_choice": "没有这位党代表，请重新选择"},
    )
    duty = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": INCOMPLETE, "invalid": INCOMPLETE}
    )

    def __init__(
        self, *args: Any, user: User, seat: Attendance | None = None, decision: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        studios = studios_recorded_by(user)
        self._offer("studio", studios)
        people = Representative.objects.active().filter(studios__in=studios).distinct().order_by("name")
        self._offer("representative", people)
        self.fields["submission_key"].initial = uuid.uuid4
        if seat is not None:
            self.fields["duty"].initial = seat.appointment_id
            self.fields["studio"].initial = seat.appointment.studio_id
            self.fields["representative"].initial = seat.representative_id
            self.fields["received_on"].initial = seat.appointment.held_on
        elif not self.is_bound and len(studios) == 1:
            self.fields["studio"].initial = studios[0].pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.decision == TO_SUGGESTION:
            self._require_for_suggestion(cleaned)
        elif not cleaned.get("answer") and "answer" not in self.errors:
            is_referred = self.outcome == VisitOutcome.REFERRED
            self.add_error("answer", WHERE_TO if is_referred else "请填写答复情况；不能当场答复的请点“转为建议”")
        person, studio = cleaned.get("representative"), cleaned.get("studio")
        if person and studio and not person.studios.filter(pk=studio.pk).exists():
            self.add_error("representative", "这位党代表不在所选的工作室，请重新选择")
        if self.errors:
            self._say_photos_are_gone()
        return cleaned

    def refuse_photos(self, sentence: str) -> None:
        """Show what the service said about the photos."""
        self.add_error("photos", sentence)
        self._say_photos_are_gone()

    @property
    def outcome(self) -> VisitOutcome:
        return OUTCOMES.get(self.decision, VisitOutcome.ANSWERED_ON_SITE)

    def _say_photos_are_gone(self) -> None:
        if self.files:
            self.add_error(None, "选过的照片浏览器没有保留，改好后请重新选择照片。")

    def _require_for_suggestion(self, cleaned: dict[str, Any]) -> None:
        is_reachable = cleaned.get("visitor_phone") or cleaned.get("via_representative")
        if not is_reachable and "visitor_phone" not in self.errors:
            self.add_error("visitor_phone", "请填写联系电话，或勾选“仅通过代表反馈”")
        if not cleaned.get("level"):
            self.add_error("level", "请选择属本镇还是县级办理")

    def _offer(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset

    @property
    def visitor(self) -> Visitor:
        data = self.cleaned_data
        return Visitor(
            name=data["visitor_name"],
            phone=data["visitor_phone"],
            unit=data["visitor_unit"],
            releases_contact=not data["via_representative"] and bool(data["visitor_phone"]),
        )


class MatterForm(forms.Form):
    """What a suggestion is about, wherever it comes from."""

    title = forms.CharField(
        label="标题", max_length=80, error_messages={"required": "请填写标题", "max_length": "标题最多 80 字，请精简"}
    )
    content = long_text("情况、分析和建议", required="请填写情况、分析和建议", rows=10, limit=4000)
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    level = forms.ChoiceField(
        label="归属",
        choices=Level.choices,
        widget=forms.RadioSelect,
        initial=Level.TOWN,
        error_messages={"required": "请选择属本镇还是县级办理"},
    )

    @property
    def matter(self) -> Matter:
        """The cleaned words as the service takes them."""
        data = self.cleaned_data
        return Matter(data["title"], data["content"], data["category"], data["level"])


class SuggestionForm(MatterForm):
    """The 建议意见表: one matter each."""

    visitor_name = forms.CharField(label="群众姓名", max_length=30, required=False, help_text="不愿透露就都留空")
    visitor_phone = PhoneField(label="联系电话", required=False)
    visitor_unit = forms.CharField(label="单位或住址", max_length=80, required=False)
    releases_contact = forms.BooleanField(label="群众同意把联系方式告知承办单位", required=False)
    representative = forms.ModelChoiceField(
        label="党代表",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择党代表", "invalid_choice": "没有这位党代表，请重新选择"},
    )
    appointment = forms.ModelChoiceField(
        label="在哪次集中约见收集的",
        queryset=Appointment.objects.none(),
        required=False,
        empty_label="不是集中约见收集的",
        error_messages={"invalid_choice": "没有这次集中约见，请重新选择"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, representatives: Any, gatherings: QuerySet[Appointment] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["appointment"]
        assert isinstance(place, forms.ModelChoiceField)
        if gatherings:
            place.queryset = gatherings
        else:
            del self.fields["appointment"]
        field = self.fields["representative"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = representatives
        if len(representatives) == 1:
            field.initial = representatives[0].pk
            field.widget = field.hidden_widget()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, meeting = cleaned.get("representative"), cleaned.get("appointment")
        if person and meeting and not meeting.attendances.filter(representative=person).exists():
            self.add_error("representative", "这位党代表不在这次集中约见的名单里，请重新选择")
        return cleaned

    @property
    def visitor(self) -> Visitor:
        data = self.cleaned_data
        return Visitor(data["visitor_name"], data["visitor_phone"], data["visitor_unit"], data["releases_contact"])
