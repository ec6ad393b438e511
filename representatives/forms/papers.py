"""Conditions of contact cards and of dossiers, as GET forms whose address is the view."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Organization, User
from representatives.querysets import RepresentativeQuerySet
from studios.models import Studio

FIRST_YEAR = 2000


class CardFilterForm(forms.Form):
    """Whose cards: by name (汉字, 全拼 or initials), town, studio; only what `people` (those printable) have."""

    q = forms.CharField(label="姓名（汉字、拼音或首字母）", max_length=40, required=False)
    delegation = forms.ModelChoiceField(
        label="代表队", queryset=Organization.objects.none(), required=False, empty_label="全部"
    )
    studio = forms.ModelChoiceField(label="工作室", queryset=Studio.objects.none(), required=False, empty_label="全部")

    def __init__(self, *args: Any, user: User, people: RepresentativeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Organization.objects.visible_to(user).filter(pk__in=people.order_by().values("delegation"))
        studios = Studio.objects.visible_to(user).active().filter(pk__in=Studio.objects.worked_in_by(user))
        for name, rows in (("delegation", towns), ("studio", studios)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            field.error_messages["invalid_choice"] = f"请重新选择{field.label}"


class YearForm(forms.Form):
    """`?year=`, the current one where it is left out."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = f"年份请选 {FIRST_YEAR} 到 {today.year} 之间的一年"
        self.fields["year"] = forms.IntegerField(
            required=False,
            min_value=FIRST_YEAR,
            max_value=today.year,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
        )


def years_offered(asked: int, today: date) -> list[int]:
    """Years to choose from, newest first: this one, back to two before the one `asked` for."""
    oldest = max(min(asked, today.year - 2) - 2, FIRST_YEAR)
    return list(range(today.year, oldest - 1, -1))
