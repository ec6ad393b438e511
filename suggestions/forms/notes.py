"""The form of a private note."""

from typing import Any

from django import forms

from accounts.models import Organization, User
from suggestions.models import Suggestion
from suggestions.permissions import notes_kept_by


class NoteForm(forms.Form):
    """Whoever works for several organisations that handle the case says whose note it is."""

    organization = forms.ModelChoiceField(
        label="哪个单位的备注",
        queryset=Organization.objects.none(),
        empty_label=None,
        error_messages={"required": "请选择是哪个单位的备注", "invalid_choice": "请选择您所在的单位"},
    )
    text = forms.CharField(
        label="写一条备注",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写备注", "max_length": "备注最多 1000 字，请精简"},
    )

    def __init__(self, *args: Any, keepers: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organization.objects.filter(pk__in=[keeper.pk for keeper in keepers])
        field.initial = keepers[0].pk
        if len(keepers) == 1:
            field.widget = forms.HiddenInput()
        else:
            field.choices = [(keeper.pk, str(keeper)) for keeper in keepers]


def note_form_for(user: User, case: Suggestion) -> NoteForm | None:
    """An empty form; None for whoever keeps no notes on the case."""
    keepers = notes_kept_by(user, case)
    return NoteForm(keepers=keepers) if keepers else None
