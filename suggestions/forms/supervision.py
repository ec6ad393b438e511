"""What offices write into a notice, what units answer, why a listing ends; and the conditions of the list."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.conditions import day_field
from accounts.models import Organization, User
from studios.services import load_calendar
from suggestions.duties import missing_parts
from suggestions.enums import SupervisionKind
from suggestions.forms.filters import PlacesForm
from suggestions.forms.steps import DATE_INPUT, long_text
from suggestions.models import DeadlinePolicy, Suggestion
from suggestions.permissions_office import can_supervise
from suggestions.services.supervision import Notice
from suggestions.supervising import obstacle_to_supervise, proposed_day, proposed_kind, standard_text, wrong_day


class SuperviseForm(forms.Form):
    """催办, 督办 or 挂牌: filled in with what the case calls for; a standard text left as it is follows the kind."""

    kind = forms.ChoiceField(
        label="方式",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择催办、督办或挂牌督办", "invalid_choice": "不能用这种方式，请重新选择"},
    )
    unit = forms.ModelChoiceField(
        label="发给哪个单位",
        queryset=Organization.objects.none(),
        empty_label=None,
        error_messages={"required": "请选择发给哪个单位", "invalid_choice": "这个单位没有承办这件建议，请重新选择"},
    )
    reply_due_on = forms.DateField(
        label="要求哪天以前回复",
        help_text="工作日",
        widget=DATE_INPUT,
        error_messages={"required": "请填写要求回复的日期", "invalid": "日期请按“2026-12-04”填写"},
    )
    text = long_text("要求", required="请写明要求", help_text="承办单位会看到这段话，也会印在通知单上")

    def __init__(self, *args: Any, case: Suggestion, actor: User, **kwargs: Any) -> None:
        self.case, self.today, self.calendar = case, timezone.localdate(), load_calendar()
        offered = [
            kind
            for kind in SupervisionKind
            if can_supervise(actor, case, kind) and not obstacle_to_supervise(case, kind)
        ]
        self.texts = {kind: standard_text(kind, case) for kind in offered}
        rules = DeadlinePolicy.objects.in_force(case.county, case.assigned_on or self.today).rules
        wanted = proposed_kind(case, rules, self.today, may_list=SupervisionKind.LISTED in offered)
        proposed = {
            "kind": wanted,
            "unit": next((row.unit_id for row in missing_parts(case)), case.unit_id),
            "reply_due_on": proposed_day(wanted, rules, self.today, self.calendar),
            "text": self.texts.get(wanted, ""),
        }
        kwargs["initial"] = proposed | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        kinds, units = self.fields["kind"], self.fields["unit"]
        assert isinstance(kinds, forms.ChoiceField) and isinstance(units, forms.ModelChoiceField)
        kinds.choices = [(kind.value, kind.label) for kind in offered]
        assigned = [row.unit_id for row in case.assignments_in_force]
        units.queryset = Organization.objects.filter(pk__in=assigned).order_by("code")
        if len(assigned) == 1:
            units.widget = units.hidden_widget()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("text") in self.texts.values() and cleaned.get("kind"):
            cleaned["text"] = self.texts[SupervisionKind(cleaned["kind"])]
        if (day := cleaned.get("reply_due_on")) and (sentence := wrong_day(day, self.today, self.calendar)):
            self.add_error("reply_due_on", sentence)
        return cleaned

    @property
    def notice(self) -> Notice:
        """What the service sends."""
        asked = self.cleaned_data
        return Notice(SupervisionKind(asked["kind"]), asked["unit"], asked["text"], asked["reply_due_on"])


class AnswerForm(forms.Form):
    text = long_text("回复", required="请填写回复内容", help_text="办到哪一步，何时能办结")


class LiftForm(forms.Form):
    reason = long_text("摘牌理由", required="请写明摘牌的理由", limit=200, rows=3)


class SupervisionFilterForm(PlacesForm):
    """Every condition is optional; one that is wrong is explained and left out, the others still hold."""

    q = forms.CharField(label="搜索编号或标题", max_length=80, required=False)
    kind = forms.ChoiceField(label="方式", choices=[("", "全部"), *SupervisionKind.choices], required=False)
    from_ = day_field("发出日期从")
    to = day_field("发出日期到")
    view = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("q", "kind", "delegation", "unit", "from_", "to", "view")
