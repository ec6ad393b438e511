"""Looking at a studio in tests: everything passes but what is named."""

import uuid
from datetime import date

from django.utils import timezone

from accounts.models import User
from studios.enums import CheckOutcome
from studios.models import Inspection, Studio
from studios.services.checklists import ensure_checklist
from studios.services.inspections import ItemResult, record_inspection
from tests.cast import Cast


def results(studio: Studio, **outcomes: str) -> list[ItemResult]:
    """A result for every item of the current checklist: PASS unless `code="FAIL"` says otherwise."""
    items = ensure_checklist(studio.county).items.all()
    return [
        ItemResult(item.code, CheckOutcome(outcome), "有问题" if outcome == "FAIL" else "")
        for item in items
        for outcome in [outcomes.get(item.code, "PASS")]
    ]


def inspect(
    cast: Cast, on: date | None = None, studio: Studio | None = None, actor: User | None = None, **outcomes: str
) -> Inspection:
    """`inspect(cast, date(2026, 11, 20), one_phone="FAIL")`: the liaison looks at the studio of 曲塘镇."""
    studio = studio or cast.studio
    inspection, _is_new = record_inspection(
        studio=studio,
        template=ensure_checklist(studio.county),
        results=results(studio, **outcomes),
        inspected_on=on or timezone.localdate(),
        note="",
        actor=actor or cast.liaison,
        submission_key=uuid.uuid4(),
    )
    return inspection
