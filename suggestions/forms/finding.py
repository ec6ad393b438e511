"""What a finding still needs to become a case; its words are carried over."""

from typing import Any

from django import forms

from appointments.models import Finding
from representatives.models import Representative
from suggestions.forms.intake import MatterForm


class FindingCaseForm(MatterForm):
    """`finding` gives the words, and its appointment the representatives to choose from."""

    representative = forms.ModelChoiceField(
        label="党代表",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择党代表", "invalid_choice": "请选择参加这次活动的党代表"},
    )

    field_order = ["representative"]

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": finding.title, "content": finding.content} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        people = Representative.objects.active().filter(attendances__appointment=finding.appointment_id)
        field = self.fields["representative"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people.order_by("name")
        if len(people) == 1:
            field.initial = people[0].pk
