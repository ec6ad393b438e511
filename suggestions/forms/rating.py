"""The form of 评价: two rows of three, a reason when somebody is not satisfied."""

from typing import Any

from django import forms

from suggestions.endings import evaluators_open_to
from suggestions.enums import Evaluator, Rating
from suggestions.forms.steps import StepForm, long_text
from suggestions.permissions import capacities
from suggestions.services.closing import Verdict

WHOSE = {Evaluator.REPRESENTATIVE: "党代表（本人填写）", Evaluator.PETITIONER: "群众（按纸质征询意见表录入）"}


def _rating(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Rating.choices,
        widget=forms.RadioSelect,
        error_messages={"required": f"请选择对{label}是否满意"},
    )


class EvaluateForm(StepForm):
    """Whose rating it is follows from the capacity; only who stands in both chooses."""

    evaluator = forms.ChoiceField(label="谁的评价", error_messages={"required": "请选择录入谁的评价"})
    attitude = _rating("办理态度")
    outcome = _rating("办理结果")
    reason = long_text("理由", rows=3, help_text="有一项不满意时请写明理由")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evaluators = evaluators_open_to(capacities(self.actor, self.case), self.case)
        field = self.fields["evaluator"]
        assert isinstance(field, forms.ChoiceField)
        field.widget = forms.HiddenInput() if len(evaluators) == 1 else forms.RadioSelect()
        field.choices = [(evaluator.value, WHOSE[evaluator]) for evaluator in evaluators]
        field.initial = evaluators[0].value if evaluators else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_unhappy = Rating.UNSATISFIED in (cleaned.get("attitude"), cleaned.get("outcome"))
        if is_unhappy and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "不满意请写明理由")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        asked = super().arguments()
        return {"evaluator": asked.pop("evaluator"), "verdict": Verdict(**asked)}
