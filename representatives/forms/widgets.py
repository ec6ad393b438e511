"""Controls that Django has not: one or two of a long list, without a list of boxes; a mobile number."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from studios.models import Studio

MOBILE_DIGITS = 11


class PairOfSelects(forms.SelectMultiple):
    """Two selects of the same name instead of a box to hold Ctrl in; whatever else was posted stays selected."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = [*(value or []), "", ""][: max(2, len(value or []))]
        attrs = attrs or {}
        return format_html_join(
            "", "{}", ((self._select(name, item, attrs, place),) for place, item in enumerate(chosen))
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [item for item in super().value_from_datadict(data, files, name) or [] if item]

    def _select(self, name: str, value: Any, attrs: dict[str, Any], place: int) -> SafeString:
        empty = "请选择" if place == 0 else "没有第二个" if place == 1 else "不选"
        own = attrs if place == 0 else {"id": f"{attrs['id']}_{place}", "aria-label": f"第 {place + 1} 个工作室"}
        return forms.Select(choices=[("", empty), *self.choices]).render(name, value, own)


class MobileField(forms.CharField):
    """A mobile number of 11 digits; spaces are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        phone = re.sub(r"\s", "", super().clean(value))
        if phone and not (phone.isascii() and phone.isdigit()):
            raise forms.ValidationError("手机号只能填数字")
        if phone and len(phone) != MOBILE_DIGITS:
            raise forms.ValidationError(f"手机号应为 11 位数字,现在是 {len(phone)} 位")
        return phone


def by_delegation(studios: Iterable[Studio]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Studios, ordered by delegation, as groups of choices."""
    groups = groupby(studios, key=lambda studio: studio.delegation.short_name)
    return [(name, [(studio.pk, studio.name) for studio in group]) for name, group in groups]
