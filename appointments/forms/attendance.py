"""What is asked when somebody's coming is written down, corrected, or somebody else came."""

from typing import Any

from django import forms
from django.db.models import Case, Value, When

from appointments.enums import AttendanceStatus
from appointments.models import Attendance
from representatives.models import Representative


class AttendanceForm(forms.Form):
    """到岗, 请假 or 缺勤. What is already written down is corrected, with a reason, also to "not written down"."""

    status = forms.ChoiceField(
        label="到岗情况", widget=forms.RadioSelect, error_messages={"required": "请选择到岗、请假或缺勤"}
    )
    reason = forms.CharField(
        label="原因", max_length=200, required=False, error_messages={"max_length": "原因最多 200 字，请精简"}
    )

    def __init__(self, *args: Any, seat: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        offered = [AttendanceStatus.PRESENT, AttendanceStatus.LEAVE, AttendanceStatus.ABSENT]
        choices = [(status.value, status.label) for status in offered if status != seat.status]
        self.is_correction = seat.status != AttendanceStatus.EXPECTED
        if self.is_correction:
            choices.append((AttendanceStatus.EXPECTED.value, "还没登记"))
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "请写明更正的原因"
        else:
            self.fields["reason"].help_text = "请假必须写明"
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == AttendanceStatus.LEAVE and not cleaned.get("reason") and not self.is_correction:
            self.add_error("reason", "请写明请假的原因")
        return cleaned


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice of people, told apart by what they are."""

    def label_from_instance(self, obj: Representative) -> str:
        """张一（村党总支书记）."""
        return f"{obj.name}（{obj.position}）" if obj.position else obj.name


class CoverForm(forms.Form):
    """Who came in place of the one missing: anybody active of the delegation who is not on the list."""

    person = PersonField(
        label="实际到岗的党代表",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择实际到岗的党代表", "invalid_choice": "这位党代表不能在这里代班，请重新选择"},
    )

    def __init__(self, *args: Any, seat: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, meeting = self.fields["person"], seat.appointment
        assert isinstance(field, forms.ModelChoiceField)
        people = Representative.objects.active().standing().filter(delegation=meeting.delegation)
        people = people.exclude(pk__in=meeting.attendances.values("representative"))
        attached = Representative.objects.filter(studios=meeting.studio) if meeting.studio else people.none()
        near = Case(When(pk__in=attached.values("pk"), then=Value(0)), default=Value(1))
        field.queryset = people.order_by(near, "certificate_no")
