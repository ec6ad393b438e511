"""How a telephone number is asked for, on every form."""

import re
from typing import Any

from django import forms

MOBILE_DIGITS = 11
LANDLINE = re.compile(r"^0\d{2,3}-?\d{7,8}(-\d{1,6})?$")


class PhoneField(forms.CharField):
    """A mobile number of 11 digits or a landline with its area code; spaces are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        phone = re.sub(r"\s", "", super().clean(value))
        if not phone or LANDLINE.match(phone):
            return phone
        if not phone.isascii() or not phone.isdigit():
            raise forms.ValidationError("电话只能填数字，固定电话请写成“0513-88880000”")
        if len(phone) != MOBILE_DIGITS:
            raise forms.ValidationError(f"手机号应为 11 位数字,现在是 {len(phone)} 位")
        return phone
