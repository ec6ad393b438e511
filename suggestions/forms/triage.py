"""What the triage page posts: ticked rows, a unit for each group of rows, 简单 or 复杂 for all of them."""

from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from accounts.models import Organization, User
from accounts.numbers import number_in
from suggestions.enums import Complexity

MOST_ROWS = 200
NO_ROWS = "请先勾选要交办的建议"
TOO_MANY = f"一次最多交办 {MOST_ROWS} 件，请分几次办"
BROKEN = "页面不完整，请刷新后再办"
NO_UNIT = "请选择交办给哪个单位"


class Pick(NamedTuple):
    """A ticked row: the case's key, the version its page showed, the group it stood in."""

    pk: int
    version: int
    group: str


def token_of(pk: int, version: int, group: str) -> str:
    """The value of a row's tick box; `BulkAssignForm` reads it back."""
    return f"{pk}:{version}:{group}"


def unit_name(group: str) -> str:
    """The name of the control that says where the rows of `group` go."""
    return f"unit-{group}"


class BulkAssignForm(forms.Form):
    """After is_valid: `picks`, and `units` by group. Which groups there are is read from the ticked rows alone."""

    complexity = forms.ChoiceField(
        label="难易",
        choices=Complexity.choices,
        initial=Complexity.SIMPLE,
        error_messages={"required": "请选择简单或复杂", "invalid_choice": "请选择简单或复杂"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.picks: list[Pick] = []
        self.units: dict[str, Organization] = {}
        self.groups_without_unit: set[str] = set()

    def ticked(self) -> set[str]:
        """The values of the boxes that were ticked, to tick them again."""
        return set(self._tokens())

    def chosen_unit(self, group: str) -> int | None:
        """The unit that was chosen for `group` as a number, to choose it again; None where there was none."""
        return number_in(str(self.data.get(unit_name(group), ""))) if self.is_bound else None

    def _tokens(self) -> list[str]:
        return self.data.getlist("case") if isinstance(self.data, QueryDict) else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.picks = _picks(self._tokens())
        groups = {pick.group: self.chosen_unit(pick.group) for pick in self.picks}
        visible = Organization.objects.visible_to(self.user).units()
        found = visible.in_bulk([pk for pk in groups.values() if pk is not None])
        self.units = {group: found[pk] for group, pk in groups.items() if pk in found}
        self.groups_without_unit = groups.keys() - self.units.keys()
        if self.groups_without_unit:
            raise forms.ValidationError(NO_UNIT)
        return cleaned


def _picks(tokens: list[str]) -> list[Pick]:
    """The ticked rows, each case once. Raises ValidationError with a sentence."""
    if not tokens:
        raise forms.ValidationError(NO_ROWS)
    if len(tokens) > MOST_ROWS:
        raise forms.ValidationError(TOO_MANY)
    return list({pick.pk: pick for pick in map(_pick, tokens)}.values())


def _pick(token: str) -> Pick:
    key, _, rest = token.partition(":")
    shown, _, group = rest.partition(":")
    pk, version = number_in(key), number_in(shown)
    if pk is None or version is None or not group:
        raise forms.ValidationError(BROKEN)
    return Pick(pk, version, group)
