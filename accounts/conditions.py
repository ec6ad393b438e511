"""The conditions of a list: fields that every list has, and what was asked for, in words."""

from collections.abc import Collection
from typing import Any

from django import forms


def day_field(label: str) -> forms.DateField:
    """An optional day."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": f"{label}请按“2026-07-01”填写"},
    )


class DayRangeForm(forms.Form):
    """A GET form with the days `from` and `to`, which each list names for itself; both optional."""

    def add_prefix(self, field_name: str) -> str:
        """`from` is a Python keyword, the address bar does not mind."""
        return super().add_prefix(field_name.rstrip("_"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", "结束日期不能早于开始日期")
        return cleaned


def conditions_of(form: forms.Form, leave_out: Collection[str] = ()) -> list[tuple[str, str]]:
    """(label, words) of every condition that a validated GET form was asked, but for the fields in `leave_out`.

    The second sheet of an export says with them how the first came about.
    """
    return [
        (str(field.label), _words(field, form.cleaned_data[name]))
        for name, field in form.fields.items()
        if form.cleaned_data.get(name) and name not in leave_out
    ]


def _words(field: forms.Field, value: Any) -> str:
    """The choice as people read it; other values, related rows among them, as they are."""
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return str(value)
    choices: Any = field.choices
    return str({str(key): label for key, label in choices}[str(value)])
