"""Forms of 退办 and 延期: what the unit asks, and how the assigner decides; the rules are the services'."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Organization
from studios.clocks import words
from suggestions.enums import RequestKind
from suggestions.forms.steps import DATE_INPUT, Fact, StepForm, county_units, grouped_units, long_text
from suggestions.models import DeadlinePolicy
from suggestions.permissions import own_assignments
from suggestions.services.requests import problem_of_day, return_window, waiting_request


class RequestReturnForm(StepForm):
    """退办: both the reason and whose the case is are asked for."""

    reason = long_text("退回理由", required="请写明退回理由", help_text="为什么不属贵单位职责，依据是什么")
    proposed_unit = forms.ModelChoiceField(
        label="建议改交",
        queryset=Organization.objects.none(),
        error_messages={"required": "请选择建议改交哪个单位", "invalid_choice": "这个单位不能选，请重新选择"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [row.unit_id for row in own_assignments(self.actor, self.case)]
        units = county_units(self.case.county_id).exclude(pk__in=own)
        field = self.fields["proposed_unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units
        field.choices = [("", "请选择"), *grouped_units(units)]

    @property
    def facts(self) -> list[Fact]:
        own = own_assignments(self.actor, self.case)
        if not own or self.case.due_on is None:
            return []
        days, until = return_window(self.case, own[0].assigned_on)
        return [
            ("退办截止", f"{words(until)}（交办后 {days} 个工作日内，每件只能申请一次）"),
            ("办理期限", f"{words(self.case.due_on)}，等待审批期间照常计算"),
        ]


class RequestExtensionForm(StepForm):
    """延期: the latest day is worked out and explained before anything is typed."""

    proposed_due_on = forms.DateField(
        label="申请延到",
        widget=DATE_INPUT,
        error_messages={"required": "请填写延到哪一天", "invalid": "日期请按“2026-12-18”填写"},
    )
    reason = long_text("延期理由", required="请写明延期的理由", help_text="同意后会告诉提出建议的党代表")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.cap_on and self.case.due_on:
            field = self.fields["proposed_due_on"]
            field.help_text = f"晚于{words(self.case.due_on)}，最迟只能到{words(self.case.cap_on)}"

    @property
    def facts(self) -> list[Fact]:
        case = self.case
        if case.assigned_on is None or case.due_on is None or case.cap_on is None:
            return []
        months = DeadlinePolicy.objects.in_force(case.county, case.assigned_on).complex_months
        return [
            ("现在的期限", words(case.due_on)),
            ("最迟可延到", f"{words(case.cap_on)}：{words(case.assigned_on)}交办，办理最长 {months} 个月"),
            ("申请次数", "每轮办理只能申请一次，等待审批期间期限照常计算"),
        ]

    def clean_proposed_due_on(self) -> date:
        day: date = self.cleaned_data["proposed_due_on"]
        if self.case.due_on and (problem := problem_of_day(self.case, day)):
            raise forms.ValidationError(problem.removesuffix("。"))
        return day


class DecisionForm(StepForm):
    """What every decision shows: who asks for what, and why."""

    kind: RequestKind

    @property
    def facts(self) -> list[Fact]:
        request = waiting_request(self.case, self.kind)
        if request is None:
            return []
        found = [("申请单位", str(request.assignment.unit)), ("理由", request.reason)]
        if request.proposed_unit:
            found.append(("建议改交", str(request.proposed_unit)))
        if request.proposed_due_on and self.case.due_on:
            found.append(("现在的期限", words(self.case.due_on)))
            found.append(("申请延到", words(request.proposed_due_on)))
        return found


class ApproveReturnForm(DecisionForm):
    kind = RequestKind.RETURN
    note = long_text("审批意见", rows=3, help_text="同意后回到“待交办”，由您改派；重新交办后期限重新计算")


class DenyReturnForm(DecisionForm):
    kind = RequestKind.RETURN
    reason = long_text("不同意的理由", required="请写明不同意退办的理由", help_text="承办单位会看到这段话，期限不变")


class ApproveExtensionForm(DecisionForm):
    kind = RequestKind.EXTENSION
    note = long_text("审批意见", rows=3, help_text="同意后会告诉承办单位和提出建议的党代表")


class DenyExtensionForm(DecisionForm):
    kind = RequestKind.EXTENSION
    reason = long_text("不同意的理由", required="请写明不同意延期的理由", help_text="承办单位会看到这段话，期限不变")
