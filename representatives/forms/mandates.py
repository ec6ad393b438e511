"""The terms somebody was elected for, a few rows that work without JavaScript."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from accounts.conditions import day_field
from accounts.templatetags.ui import ErrorLine
from representatives.enums import Level
from representatives.forms.term import term_field
from representatives.models import Representative
from representatives.services import MandateEntry

MOST = 10
PREFIX = "mandates"


class MandateForm(forms.Form):
    term = term_field()
    level = forms.ChoiceField(
        label="层级",
        choices=[("", "请选择"), *Level.choices],
        error_messages={"required": "请选择这一届的层级", "invalid_choice": "请选择这一届的层级"},
    )
    electing_unit = forms.CharField(label="选举单位", max_length=60, required=False)
    starts_on = day_field("起")
    ends_on = day_field("止")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", "任期的截止日期要晚于开始日期")
        return cleaned

    @property
    def entry(self) -> MandateEntry:
        """The cleaned row as the service takes it."""
        return MandateEntry(**{name: self.cleaned_data[name] for name in MandateEntry.__dataclass_fields__})


if TYPE_CHECKING:
    Rows = BaseFormSet[MandateForm]
else:
    Rows = BaseFormSet  # not subscriptable at run time


class Mandates(Rows):
    """Rows of terms; a row left empty or ticked 删去这一届 does not count."""

    default_error_messages = {"missing_management_form": "页面不完整，请刷新后再填"}

    def add_fields(self, form: MandateForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "删去这一届"

    def clean(self) -> None:
        seen: set[tuple[int, str]] = set()
        for form in self._kept():
            if not {"term", "level"} <= form.cleaned_data.keys():
                continue
            term, level = form.cleaned_data["term"], form.cleaned_data["level"]
            if (term, level) in seen:
                form.add_error("term", f"第 {term} 届{Level(level).label}写了两次，请删去一行")
            seen.add((term, level))

    @property
    def entries(self) -> list[MandateEntry]:
        """The rows that count."""
        return [form.entry for form in self._kept()]

    @property
    def lines(self) -> list[ErrorLine]:
        """Every error as a line of the summary."""
        lines = [ErrorLine(str(text), "") for text in self.non_form_errors()] if self.is_bound else []
        fields = (field for form in self.forms for field in form if form.is_bound)
        return lines + [ErrorLine(str(text), f"#{field.id_for_label}") for field in fields for text in field.errors]

    def _kept(self) -> list[MandateForm]:
        """Rows that were there before, and new ones that were filled in."""
        standing = self.initial_form_count()
        rows = [form for place, form in enumerate(self.forms) if place < standing or form.has_changed()]
        return [form for form in rows if not form.cleaned_data.get("DELETE")]


MandateFormSet: type[Mandates] = formset_factory(  # type: ignore[assignment]  # the factory keeps our base class
    MandateForm, formset=Mandates, extra=1, max_num=MOST, can_delete=True
)


def mandates_of(person: Representative) -> list[dict[str, Any]]:
    """What the rows of an existing record begin with."""
    return list(person.mandates.values(*MandateEntry.__dataclass_fields__))


def mandates_typed(typed: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows among what somebody typed before the login expired."""
    rows = [
        {name: typed.get(f"{PREFIX}-{place}-{name}", "") for name in MandateEntry.__dataclass_fields__}
        for place in range(MOST)
    ]
    return [row for row in rows if any(row.values())]
