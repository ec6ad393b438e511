"""Setting a collective day, making its appointments, and one line per representative of who came where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from appointments.enums import AttendanceStatus
from appointments.models import Attendance
from appointments.services.collective import SeatEntry, fingerprint

MOST_PEOPLE = 2000
ENTERED = (AttendanceStatus.PRESENT, AttendanceStatus.LEAVE, AttendanceStatus.ABSENT)


class CollectiveDayForm(forms.Form):
    held_on = forms.DateField(
        label="集中约见日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写集中约见日", "invalid": "集中约见日请按“2026-12-27”填写"},
    )
    reason = forms.CharField(
        label="调整原因",
        max_length=180,
        help_text="例如：最后一个星期日在中秋假期内",
        error_messages={"required": "请写明为什么另定日子", "max_length": "调整原因最多 180 字，请精简"},
    )


class GenerateForm(forms.Form):
    county_level_only = forms.BooleanField(label="只通知县党代表（不含只担任镇党代表的）", required=False)
    includes_past = forms.BooleanField(label="补建（集中约见日已过）", required=False)


class SeatForm(forms.Form):
    """One representative's line; its prefix names the seat."""

    status = forms.ChoiceField(
        label="到岗情况",
        choices=[(status.value, status.label) for status in ENTERED],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "请选择到岗、请假或缺勤"},
    )
    place = forms.CharField(
        label="前往地点", max_length=60, required=False, error_messages={"max_length": "前往地点最多 60 字，请精简"}
    )
    people_met = forms.IntegerField(
        label="约见人数",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "约见人数请填数字",
            "min_value": "约见人数不能小于 0",
            "max_value": f"一位党代表最多填 {MOST_PEOPLE} 人，请核对",
        },
    )
    note = forms.CharField(
        label="说明", max_length=200, required=False, error_messages={"max_length": "说明最多 200 字，请精简"}
    )

    def __init__(self, data: Any, *, seat: Attendance, are_all_there: bool = False) -> None:
        self.seat, self.are_all_there = seat, are_all_there
        known = "" if seat.status == AttendanceStatus.EXPECTED else seat.status
        initial = {"status": known, "place": seat.place, "people_met": seat.people_met, "note": seat.note}
        super().__init__(data, prefix=f"seat{seat.pk}", initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.are_all_there and not cleaned.get("status") and "status" not in self.errors:
            cleaned["status"] = AttendanceStatus.PRESENT.value
        name, status = self.seat.representative.name, cleaned.get("status")
        if cleaned.get("people_met") and status and status != AttendanceStatus.PRESENT:
            self.add_error("people_met", f"{name}没有到岗，不能填约见人数")
        if cleaned.get("people_met") is not None and not status and "status" not in self.errors:
            self.add_error("status", f"请选择{name}的到岗情况")
        return cleaned

    def entry(self, seen: str) -> SeatEntry:
        """The cleaned line as the service takes it; `seen` is the fingerprint that came with the page."""
        data = self.cleaned_data
        status = AttendanceStatus(data["status"] or AttendanceStatus.EXPECTED)
        is_there = status == AttendanceStatus.PRESENT
        return SeatEntry(
            self.seat.pk, status, data["place"], data["people_met"] if is_there else None, data["note"], seen
        )


@dataclass
class TurnoutLine:
    """A line on the page: the question, what the page was made from, and what somebody else wrote meanwhile."""

    form: SeatForm
    seen: str
    stale: Attendance | None = None


class TurnoutForm:
    """All lines of one collective day; each stands for itself, so that one wrong line keeps none from being saved."""

    def __init__(self, data: Any, seats: Iterable[Attendance], *, are_all_there: bool = False) -> None:
        self.refusal = ""
        self.lines = [
            TurnoutLine(
                SeatForm(data, seat=seat, are_all_there=are_all_there),
                data.get(f"seen{seat.pk}", fingerprint(seat)) if data else fingerprint(seat),
            )
            for seat in seats
            if data is None or f"seen{seat.pk}" in data
        ]

    @property
    def entries(self) -> list[SeatEntry]:
        """The lines that can be saved."""
        return [line.form.entry(line.seen) for line in self.lines if line.form.is_valid()]

    @property
    def wrong(self) -> list[TurnoutLine]:
        return [line for line in self.lines if line.form.is_bound and line.form.errors]

    @property
    def stale(self) -> list[TurnoutLine]:
        return [line for line in self.lines if line.stale]

    def take_back(self, stale: Iterable[Attendance]) -> None:
        """Mark the lines that somebody else changed; sent again they win, for now they have been seen."""
        newer = {seat.pk: seat for seat in stale}
        for line in self.lines:
            line.stale = newer.get(line.form.seat.pk)
            if line.stale:
                line.seen = fingerprint(line.stale)
