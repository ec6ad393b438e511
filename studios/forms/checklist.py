"""The county's own items of the next checklist version."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from studios.checklist import Item
from studios.models import ChecklistTemplate
from studios.services.checklists import own_items

BLANKS = 3


class ChecklistForm(forms.Form):
    """Own items of `template` to reword or empty, and three lines for new ones."""

    base_version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "页面不完整，请刷新后再填", "invalid": "页面不完整，请刷新后再填"},
    )

    def __init__(self, *args: Any, template: ChecklistTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base_version"].initial = template.version
        self.own = [*own_items(template), *(Item("", "") for _ in range(BLANKS))]
        for place, item in enumerate(self.own):
            self._ask(place, item)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place, _item in enumerate(self.own):
            if cleaned.get(f"hint_{place}") and not cleaned.get(f"text_{place}") and f"text_{place}" not in self.errors:
                self.add_error(f"text_{place}", f"第 {place + 1} 项只写了达标要求，请写检查内容，或把要求也清空")
        return cleaned

    @property
    def lines(self) -> list[tuple[BoundField, BoundField]]:
        """What and how, one pair a line."""
        return [(self[f"text_{place}"], self[f"hint_{place}"]) for place, _item in enumerate(self.own)]

    @property
    def items(self) -> list[Item]:
        """What was left standing; an emptied line is gone."""
        return list(self._items())

    def _items(self) -> Iterator[Item]:
        for place, item in enumerate(self.own):
            if text := self.cleaned_data[f"text_{place}"]:
                yield Item(item.code, text, self.cleaned_data[f"hint_{place}"])

    def _ask(self, place: int, item: Item) -> None:
        number = place + 1
        self.fields[f"text_{place}"] = forms.CharField(
            label=f"第 {number} 项 检查内容",
            max_length=60,
            required=False,
            initial=item.text,
            error_messages={"max_length": f"第 {number} 项检查内容最多 60 字，请精简"},
        )
        self.fields[f"hint_{place}"] = forms.CharField(
            label=f"第 {number} 项 达标要求",
            max_length=120,
            required=False,
            initial=item.hint,
            error_messages={"max_length": f"第 {number} 项达标要求最多 120 字，请精简"},
        )
