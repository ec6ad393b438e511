"""The conditions of the register as a GET form whose address is the view."""

from typing import Any

from django import forms

from accounts.models import Organization, User
from studios.enums import Compliance, StudioKind, StudioStatus

ALL = ("", "全部")
KINDS = [(kind.value, kind.short) for kind in StudioKind]
MEETS, BELOW = "meets", "below"
SPACES = {MEETS: "达标", BELOW: "不达标"}


class StudioFilterForm(forms.Form):
    """Every condition is optional; one that is wrong is explained and left out, the others still hold."""

    q = forms.CharField(label="搜索名称、村或编号", max_length=40, required=False)
    kind = forms.ChoiceField(label="类别", choices=[ALL, *KINDS], required=False)
    delegation = forms.TypedChoiceField(
        label="代表队",
        coerce=int,
        required=False,
        error_messages={"invalid_choice": "没有这个代表队，请重新选择"},
    )
    status = forms.ChoiceField(label="状态", choices=[ALL, *StudioStatus.choices], required=False)
    compliance = forms.ChoiceField(label="检查", choices=[ALL, *Compliance.choices], required=False)
    space = forms.ChoiceField(label="场地", choices=[ALL, *SPACES.items()], required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "汉字、全拼或首字母"
        field = self.fields["delegation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ALL, *Organization.objects.visible_to(user).delegations().values_list("pk", "name")]
