"""The conditions of the case list, as a GET form whose address is the saved view."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.conditions import DayRangeForm, day_field
from accounts.enums import OrganizationKind
from accounts.models import Organization, User
from appointments.enums import Category
from suggestions.enums import State

NEWEST, DEADLINE = "newest", "deadline"
SORTS = {NEWEST: "新登记在前", DEADLINE: "期限近的在前"}

Places = Mapping[str, list[tuple[int, str]]]
"""Ids and names of organisations by kind."""


def places_of(user: User) -> Places:
    """The organisations of the user's counties (one query)."""
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for kind, pk, name in Organization.objects.visible_to(user).values_list("kind", "pk", "name"):
        places[kind].append((pk, name))
    return places


class PlacesForm(DayRangeForm):
    """Conditions on where cases are at home and who handles them, and two days.

    Plain choices: one light query fills both lists, and the page renders them without another.
    """

    delegation = forms.TypedChoiceField(
        label="代表队", coerce=int, required=False, error_messages={"invalid_choice": "没有这个代表队，请重新选择"}
    )
    unit = forms.TypedChoiceField(
        label="承办单位", coerce=int, required=False, error_messages={"invalid_choice": "没有这个单位，请重新选择"}
    )

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {pk: name for rows in places.values() for pk, name in rows}
        for name, kind in (("delegation", OrganizationKind.DELEGATION), ("unit", OrganizationKind.UNIT)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "全部"), *places.get(kind, [])]


class CaseFilterForm(PlacesForm):
    """Every condition is optional; one that is wrong is explained and left out, the others still hold."""

    q = forms.CharField(label="搜索编号、标题、内容、代表或单位", max_length=80, required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), *State.choices], required=False)
    category = forms.ChoiceField(label="类别", choices=[("", "全部"), *Category.choices], required=False)
    from_ = day_field("受理日期从")
    to = day_field("受理日期到")
    sort = forms.ChoiceField(label="排序", choices=list(SORTS.items()), required=False)
    view = forms.CharField(widget=forms.HiddenInput, required=False)
    measure = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ("q", "state", "category", "delegation", "unit", "from_", "to", "sort", "view", "measure")

    @property
    def has_conditions(self) -> bool:
        """Whether anything visible was asked for, be it right or wrong."""
        return any(field.value() for field in self.visible_fields())
