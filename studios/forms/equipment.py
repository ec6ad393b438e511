"""The equipment of a studio as rows; a row whose name is emptied goes away."""

from collections import Counter
from typing import Any

from django import forms

from accounts.templatetags.ui import ErrorLine
from studios.enums import EquipmentCondition
from studios.models import Studio
from studios.services.register import EquipmentEntry

OFFERED = ("办公台", "文件柜", "电脑", "打印机", "报刊架", "台卡")
"""What the founding document lists; anything else may be typed."""
DATALIST = "equipment-names"


class EquipmentForm(forms.Form):
    """One row: what, how many, in which condition."""

    name = forms.CharField(
        label="名称",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"list": DATALIST, "autocomplete": "off"}),
        error_messages={"max_length": "设备名称最多 30 字，请精简"},
    )
    quantity = forms.IntegerField(
        label="数量",
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "数量请填整数",
            "min_value": "数量至少为 1，不要了就清空名称",
            "max_value": "数量最多 999，请核对",
        },
    )
    condition = forms.ChoiceField(
        label="状况",
        choices=EquipmentCondition.choices,
        initial=EquipmentCondition.GOOD,
        error_messages={"invalid_choice": "请选择完好、待修或损坏"},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, quantity = cleaned.get("name"), cleaned.get("quantity")
        if name and quantity is None and "quantity" not in self.errors:
            self.add_error("quantity", f"请填写“{name}”的数量")
        if quantity is not None and not name and "name" not in self.errors and not self.initial:
            self.add_error("name", "这一行有数量，请填写设备名称")
        return cleaned


class EquipmentRows(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """All rows of one studio; each thing once."""

    def clean(self) -> None:
        counted = Counter(form.cleaned_data.get("name") for form in self.forms if hasattr(form, "cleaned_data"))
        for form in reversed(self.forms):
            name = getattr(form, "cleaned_data", {}).get("name")
            if name and counted[name] > 1:
                form.add_error("name", f"“{name}”填了 {counted[name]} 行，请合并成一行")
                counted[name] = 0

    @property
    def entries(self) -> list[EquipmentEntry]:
        """The rows that name something."""
        return [EquipmentEntry(**form.cleaned_data) for form in self.forms if form.cleaned_data.get("name")]

    @property
    def lines(self) -> list[ErrorLine]:
        """Every error with a link to its row."""
        found = [ErrorLine(str(text), "") for text in self.non_form_errors()]
        for form in self.forms:
            for name, errors in form.errors.items():
                found += [ErrorLine(str(text), f"#{form[name].id_for_label}") for text in errors]
        return found


EquipmentFormSet = forms.formset_factory(EquipmentForm, formset=EquipmentRows, extra=3, max_num=40, absolute_max=60)


def equipment_rows(data: Any, studio: Studio) -> EquipmentRows:
    """The rows of `studio`, filled in with `data` where something was sent; empty for one that is not saved yet."""
    standing = studio.equipment.values("name", "quantity", "condition") if studio.pk else []
    rows = EquipmentFormSet(data, initial=[dict(row) for row in standing], prefix="equipment")
    assert isinstance(rows, EquipmentRows)
    return rows
