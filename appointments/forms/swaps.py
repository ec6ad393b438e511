"""Asking for a swap or for leave: one choice and a reason that is already filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from accounts.enums import OFFICE_ROLES, Role
from accounts.models import User
from appointments.colleagues import Colleague, exchanges_for, free_colleagues
from appointments.models import Attendance
from representatives.models import Representative
from studios.models import Studio

ANYBODY = "anybody"
REASONS = ("工作冲突", "外出", "身体不适", "家中有事")


class SwapForm(forms.Form):
    """Who is to take `seat`: one free colleague, one in exchange for a duty of theirs, or whoever is first."""

    choice = forms.ChoiceField(
        label="请谁接替",
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择一位同事，或请联络员安排",
            "invalid_choice": "这位党代表这天已经没有空，请另选一位",
        },
    )
    reason = forms.ChoiceField(
        label="原因",
        widget=forms.RadioSelect,
        choices=[(reason, reason) for reason in REASONS],
        initial=REASONS[0],
        required=False,
    )
    words = forms.CharField(
        label="其他原因", max_length=60, required=False, error_messages={"max_length": "其他原因最多 60 字，请精简"}
    )

    def __init__(self, *args: Any, seat: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [colleague for colleague in free_colleagues([seat])[seat.pk] if not colleague.too_near]
        self.offers = {str(colleague.person.pk): colleague for colleague in free}
        self.exchanges = {
            f"{colleague.person.pk}-{colleague.in_return.pk}": colleague
            for colleague in exchanges_for(seat, timezone.localdate())
            if colleague.in_return is not None
        }
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((key, _offer_label(colleague)) for key, colleague in self.offers.items()),
            *((key, _exchange_label(colleague)) for key, colleague in self.exchanges.items()),
            (ANYBODY, _label("请联络员安排", "告诉本工作室所有党代表，谁先答应谁接替")),
        ]

    def arguments(self) -> dict[str, Any]:
        """What the service takes besides seat and actor."""
        choice = self.cleaned_data["choice"]
        chosen = self.offers.get(choice) or self.exchanges.get(choice)
        reason = self.cleaned_data["words"].strip() or self.cleaned_data["reason"] or REASONS[0]
        return {
            "asked": chosen.person if chosen else None,
            "in_return": chosen.in_return if chosen else None,
            "reason": reason,
        }


class LeaveForm(forms.Form):
    """Days away and why; whoever acts for several representatives says for whom."""

    representative = forms.ModelChoiceField(
        label="党代表",
        queryset=Representative.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择谁请假", "invalid_choice": "不能替这位党代表请假，请重新选择"},
    )
    first_on = forms.DateField(
        label="从",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写从哪天起", "invalid": "日期请按“2026-11-24”填写"},
    )
    last_on = forms.DateField(
        label="到",
        help_text="当天也请假；只请一天就与“从”填同一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写到哪天为止", "invalid": "日期请按“2026-11-24”填写"},
    )
    reason = forms.CharField(
        label="事由",
        max_length=200,
        error_messages={"required": "请填写请假事由", "max_length": "事由最多 200 字，请精简"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["representative"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_acted_for(user)
        own = field.queryset.filter(user=user).first()
        if own is not None:
            field.initial = own
        if own is not None and not user.scope.has(Role.LIAISON, *OFFICE_ROLES):
            field.widget = forms.HiddenInput()


class NoteForm(forms.Form):
    """A decision and why."""

    note = forms.CharField(
        label="理由",
        max_length=200,
        required=False,
        help_text="不批准时必须写明，申请人会看到",
        error_messages={"max_length": "理由最多 200 字，请精简"},
    )


def people_acted_for(user: User) -> Any:
    """Active representatives `user` may ask for leave for (permissions.can_act_for), by name."""
    scope = user.scope
    people = Representative.objects.active().standing()
    own = people.filter(user=user) | people.filter(delegation__in=scope.where(Role.DELEGATION_OFFICE))
    own |= people.filter(county__in=scope.counties.get(Role.COUNTY_OFFICE, frozenset()))
    if scope.has(Role.LIAISON):
        attached = Studio.objects.filter(liaisons=user).values("representatives")
        own |= people.filter(pk__in=attached)
    return own.order_by("delegation__code", "name", "pk")


def _offer_label(colleague: Colleague) -> str:
    return _label(colleague.person.name, colleague.words)


def _exchange_label(colleague: Colleague) -> str:
    assert colleague.in_return is not None
    meeting = colleague.in_return.appointment
    day = f"{meeting.held_on.month}月{meeting.held_on.day}日"
    return _label(f"与{colleague.person.name}对换", f"换回 {day} {meeting.studio}")


def _label(name: str, why: str) -> str:
    return format_html('{}<span class="row-sub">{}</span>', name, why)
