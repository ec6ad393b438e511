"""Which cases the register is of."""

from typing import Any

from django import forms

from accounts.conditions import DayRangeForm, day_field
from accounts.enums import OrganizationKind
from accounts.models import Organization, User


class RegisterForm(DayRangeForm):
    """Of one unit or one delegation, accepted from one day to another; everything is optional."""

    unit = forms.TypedChoiceField(
        label="承办单位", coerce=int, required=False, error_messages={"invalid_choice": "没有这个单位，请重新选择"}
    )
    delegation = forms.TypedChoiceField(
        label="代表队", coerce=int, required=False, error_messages={"invalid_choice": "没有这个代表队，请重新选择"}
    )
    from_ = day_field("受理日期从")
    to = day_field("受理日期到")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(Organization.objects.visible_to(user).values_list("kind", "pk", "name"))
        self.names = {pk: name for _kind, pk, name in places}
        for name, wanted in (("unit", OrganizationKind.UNIT), ("delegation", OrganizationKind.DELEGATION)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "全部"), *((pk, label) for kind, pk, label in places if kind == wanted)]
