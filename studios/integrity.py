"""What must hold between inspections and 整改, as questions to the rows; each answer is a sentence."""

from collections.abc import Iterator

from django.db.models import F

from studios.enums import CheckOutcome
from studios.models import InspectionResult, Rectification


def rectifications() -> Iterator[str]:
    """The newest judged look at an item decides: failed has an open 整改, passed has none."""
    judged = InspectionResult.objects.exclude(outcome=CheckOutcome.NOT_APPLICABLE)
    looks = judged.order_by("inspection__inspected_on", "inspection_id")
    fields = ("inspection__studio", "item__code", "outcome")
    last = {(studio, code): outcome for studio, code, outcome in looks.values_list(*fields).iterator(chunk_size=5000)}
    waiting = set(Rectification.objects.filter(closed_on=None).values_list("studio", "code"))
    for studio, code in sorted(waiting ^ {key for key, outcome in last.items() if outcome == CheckOutcome.FAIL}):
        yield f"工作室 #{studio} 的“{code}”：整改与最近一次检查不符"
    for pk in Rectification.objects.filter(closed_on__lt=F("opened_on")).values_list("pk", flat=True):
        yield f"整改 #{pk}：销号早于开具"
    mismatched = Rectification.objects.exclude(opened_by__outcome=CheckOutcome.FAIL)
    mismatched |= Rectification.objects.filter(closed_on__isnull=False).exclude(closed_by__outcome=CheckOutcome.PASS)
    for pk in mismatched.values_list("pk", flat=True):
        yield f"整改 #{pk}：不是由不达标开具，或不是由达标销号"
