"""Entering a year's holidays, and one day by hand."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.conditions import day_field
from sheets.package import MAX_BYTES, MEGABYTE, SheetError
from studios.calendar_checks import refusals
from studios.calendar_days import Entry
from studios.calendar_sheet import lines_of
from studios.calendar_text import LONGEST_NAME, Reading, read_calendar
from studios.enums import HolidayKind

FIRST_YEAR, LAST_YEAR = 2008, 2100
ORDINARY = "ORDINARY"


class YearForm(forms.Form):
    """Which year the page shows; anything else than a year is this year."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)


class CalendarImportForm(forms.Form):
    """A year's holidays as text or as a workbook; `reading` is what they say once the form is valid."""

    year = forms.IntegerField(
        label="年份",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "请填写年份，如 2027",
            "invalid": "年份请填四位数字，如 2027",
            "min_value": f"年份请填 {FIRST_YEAR} 到 {LAST_YEAR} 之间的数字",
            "max_value": f"年份请填 {FIRST_YEAR} 到 {LAST_YEAR} 之间的数字",
        },
    )
    source = forms.CharField(
        label="来源",
        max_length=120,
        help_text="通知的名称和文号",
        error_messages={"required": "请填写来源，如通知的名称和文号", "max_length": "来源最多 120 个字，请精简"},
    )
    text = forms.CharField(
        label="粘贴通知原文或表格",
        max_length=8000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="可以粘贴整篇通知；也可以每行写一天，如“2027-01-01 元旦 放假”",
        error_messages={"max_length": "最多 8000 个字，请只粘贴放假和上班的各条"},
    )
    file = forms.FileField(
        label="或者上传 Excel",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "文件是空的，请重新选择"},
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    checked = forms.BooleanField(label="我已对照通知核对过以上各条", required=False)

    reading: Reading

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        text, file = cleaned["text"].strip("\r\n"), cleaned.get("file")
        if bool(text.strip()) == bool(file):
            raise ValidationError({"text": "粘贴文字和上传文件请只选一种" if file else "请粘贴通知，或上传 Excel"})
        if file:
            text = self._from_file(file)
        self.reading = read_calendar(text, cleaned["year"])
        if sentences := refusals(self.reading, cleaned["year"]):
            raise ValidationError({"file" if file else "text": sentences})
        return cleaned | {"text": text}

    def _from_file(self, file: Any) -> str:
        if file.size > MAX_BYTES:
            raise ValidationError({"file": f"文件超过 {MAX_BYTES // MEGABYTE} MB，请删去无关内容再上传"})
        try:
            return lines_of(file.read(), self.cleaned_data["year"])
        except SheetError as error:
            raise ValidationError({"file": str(error)}) from error


class CalendarDayForm(forms.Form):
    """One day: off, a make-up workday, or again what its weekday says."""

    day = day_field("日期")
    kind = forms.ChoiceField(
        label="这一天",
        choices=[*HolidayKind.choices, (ORDINARY, "照平常，周一至周五上班、周末休息")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择这一天放假、上班还是照平常"},
    )
    name = forms.CharField(
        label="名称",
        max_length=LONGEST_NAME,
        required=False,
        help_text="如“国庆节”；照平常的不用填",
        error_messages={"max_length": f"名称最多 {LONGEST_NAME} 个字，请精简"},
    )
    reason = forms.CharField(
        label="依据",
        max_length=120,
        help_text="文件名称、文号或者原因，会记入变更记录",
        error_messages={"required": "请写明依据或原因", "max_length": "依据最多 120 个字，请精简"},
    )

    def clean_day(self) -> Any:
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day is None:
            raise ValidationError("请填写日期")
        if not today - timedelta(days=366) <= day <= today + timedelta(days=3 * 366):
            raise ValidationError("只能改前一年到后三年以内的日子，请核对日期")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") in HolidayKind.values and not cleaned.get("name") and "name" not in self.errors:
            raise ValidationError({"name": "请填写名称，如“国庆节”"})
        return cleaned

    @property
    def entry(self) -> Entry | None:
        """What the day is to be; None for an ordinary day."""
        kind = self.cleaned_data["kind"]
        return None if kind == ORDINARY else Entry(kind, self.cleaned_data["name"])
