"""Conditions of the register, as a GET form whose address is the view."""

from typing import Any

from django import forms

from accounts.models import Organization, User
from representatives.enums import Level, RepresentativeStatus
from representatives.models import Representative
from studios.models import Studio

ALL = ("", "全部")


class RepresentativeFilterForm(forms.Form):
    q = forms.CharField(label="搜索姓名、拼音或证号", max_length=40, required=False)
    level = forms.ChoiceField(label="层级", choices=[ALL, *Level.choices], required=False)
    delegation = forms.ModelChoiceField(
        label="代表队", queryset=Organization.objects.none(), required=False, empty_label="全部"
    )
    studio = forms.ModelChoiceField(label="工作室", queryset=Studio.objects.none(), required=False, empty_label="全部")
    status = forms.ChoiceField(label="状态", choices=[ALL, *RepresentativeStatus.choices], required=False)
    term = forms.TypedChoiceField(label="届次", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("delegation", Organization.objects.visible_to(user).delegations())
        self._offer("studio", Studio.objects.visible_to(user))
        people = Representative.objects.visible_to(user).standing()
        terms = people.order_by("-term").values_list("term", flat=True).distinct()
        field = self.fields["term"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ALL, *((str(term), f"第 {term} 届") for term in terms)]

    def _offer(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
