"""What a finding still needs to become a case; its words are carried over."""

from typing import Any

from django import forms

from appointments.enums import Category
from appointments.models import Finding
from representatives.models import Representative
from suggestions.enums import Level
from suggestions.forms.steps import long_text
from suggestions.services.intake import Matter


class FindingCaseForm(forms.Form):
    """`finding` gives the words, and its appointment the representatives to choose from."""

    representative = forms.ModelChoiceField(
        label="党代表",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择党代表", "invalid_choice": "请选择参加这次活动的党代表"},
    )
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

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": finding.title, "content": finding.content} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        people = Representative.objects.active().filter(attendances__appointment=finding.appointment_id)
        field = self.fields["representative"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people.order_by("name")
        if len(people) == 1:
            field.initial = people[0].pk

    @property
    def matter(self) -> Matter:
        """The cleaned words as the service takes them."""
        data = self.cleaned_data
        return Matter(data["title"], data["content"], data["category"], data["level"])
