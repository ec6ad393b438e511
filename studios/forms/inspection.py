"""One inspection on one screen: per item a result, a note and photos."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from studios.enums import CheckOutcome
from studios.models import ChecklistItem, ChecklistTemplate, Rectification
from studios.services.inspections import ItemResult
from uploads.fields import PhotosField


@dataclass(frozen=True)
class ItemFields:
    """One item with its three questions."""

    item: ChecklistItem
    outcome: BoundField
    note: BoundField
    photos: BoundField
    waiting: Rectification | None

    @property
    def is_open(self) -> bool:
        """Whether the note and the photos are shown at once."""
        is_failed = self.outcome.value() == CheckOutcome.FAIL
        return bool(is_failed or self.note.value() or self.note.errors or self.photos.errors)


class InspectionForm(forms.Form):
    """`template` gives the items, `waiting` what is to be mended by code.

    A form of an older version is refused and shown anew with everything typed.
    """

    inspected_on = forms.DateField(
        label="检查日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写检查日期", "invalid": "检查日期请按“2026-11-24”填写"},
    )
    note = forms.CharField(
        label="总体情况",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "总体情况最多 500 字，请精简"},
    )
    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "页面不完整，请刷新后再填", "invalid": "页面不完整，请刷新后再填"},
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "页面不完整，请刷新后再填", "invalid": "页面不完整，请刷新后再填"},
    )

    def __init__(
        self, *args: Any, template: ChecklistTemplate, waiting: Mapping[str, Rectification], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.waiting = template, waiting
        self.items = list(template.items.all())
        self.fields["submission_key"].initial = uuid.uuid4
        self.fields["version"].initial = template.version
        for item in self.items:
            self._ask_about(item)

    def clean_inspected_on(self) -> date:
        day, today = self.cleaned_data["inspected_on"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(f"检查日期不能晚于今天（{today.month}月{today.day}日）")
        return day  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "version" in cleaned and cleaned["version"] != self.template.version:
            self.add_error(None, f"检查表已更新到第 {self.template.version} 版，请核对后再提交。您填的内容还在。")
        for item in self.items:
            is_failed = cleaned.get(f"outcome_{item.code}") == CheckOutcome.FAIL
            if is_failed and not cleaned.get(f"note_{item.code}") and f"note_{item.code}" not in self.errors:
                self.add_error(f"note_{item.code}", f"“{item.text}”不达标，请写明问题")
        if self.errors:
            self._say_photos_are_gone()
        return cleaned

    def refuse(self, sentence: str, code: str = "") -> None:
        """Show a sentence of the service at the item it is about."""
        self.add_error(f"photos_{code}" if f"photos_{code}" in self.fields else None, sentence)
        self._say_photos_are_gone()

    @property
    def rows(self) -> list[ItemFields]:
        """The items with their questions, in the order of the checklist."""
        return [self._row(item) for item in self.items]

    @property
    def results(self) -> list[ItemResult]:
        """The cleaned answers as the service takes them."""
        return list(self._results())

    def _row(self, item: ChecklistItem) -> ItemFields:
        outcome, note, photos = (self[f"{name}_{item.code}"] for name in ("outcome", "note", "photos"))
        return ItemFields(item, outcome, note, photos, self.waiting.get(item.code))

    def _results(self) -> Iterator[ItemResult]:
        for item in self.items:
            outcome, note, photos = (self.cleaned_data[f"{name}_{item.code}"] for name in ("outcome", "note", "photos"))
            yield ItemResult(item.code, CheckOutcome(outcome), note, photos)

    def _ask_about(self, item: ChecklistItem) -> None:
        self.fields[f"outcome_{item.code}"] = forms.ChoiceField(
            label=item.text,
            choices=CheckOutcome.choices,
            widget=forms.RadioSelect,
            error_messages={
                "required": f"请选择“{item.text}”的检查结果",
                "invalid_choice": f"请重新选择“{item.text}”的检查结果",
            },
        )
        self.fields[f"note_{item.code}"] = forms.CharField(
            label="说明",
            max_length=200,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"max_length": f"“{item.text}”的说明最多 200 字，请精简"},
        )
        self.fields[f"photos_{item.code}"] = PhotosField(of="一项", label="照片", required=False)

    def _say_photos_are_gone(self) -> None:
        if self.files:
            self.add_error(None, "选过的照片浏览器没有保留，改好后请重新选择照片。")
