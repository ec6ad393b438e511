"""What a list was asked for, in words: the second sheet of an export says how the first came about."""

from collections.abc import Collection
from typing import Any

from django import forms


def conditions_of(form: forms.Form, leave_out: Collection[str] = ()) -> list[tuple[str, str]]:
    """(label, words) of every condition that a validated GET form was asked, but for the fields in `leave_out`."""
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
