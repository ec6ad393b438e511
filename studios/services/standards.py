"""The only writer of what a county asks of its studios. A version never changes: a change is another version."""

from dataclasses import asdict, dataclass, fields
from datetime import date, time
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.changes import columns_of, difference_words
from accounts.enums import AuditAction
from accounts.models import Organization, User
from accounts.services import record_audit
from studios.clocks import words
from studios.models import StudioStandard


class StandardError(Exception):
    """A standard that is refused: a sentence for the person, and the field it is about."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Demands:
    """What is asked of studios."""

    duty_weekday: int
    duty_starts_at: time
    duty_ends_at: time
    county_min_area: Decimal
    town_min_area: Decimal
    rectification_days: int


def set_standard(*, county: Organization, effective_from: date, demands: Demands, actor: User) -> StudioStandard:
    """Let `demands` hold from a day on, today at the earliest.

    Raises StandardError for a day in the past, duties that end before they begin, and a day that has a version.
    """
    if effective_from < timezone.localdate():
        raise StandardError("生效日期不能早于今天：已经过去的检查和值班按当时的标准。", "effective_from")
    if demands.duty_ends_at <= demands.duty_starts_at:
        raise StandardError("值班的结束时间要晚于开始时间。", "duty_ends_at")
    before = StudioStandard.objects.in_force(county, effective_from)
    try:
        with transaction.atomic():
            standard = StudioStandard.objects.create(county=county, effective_from=effective_from, **asdict(demands))
            _record(before, standard, actor)
    except IntegrityError:
        sentence = f"{words(effective_from)}已经有一套标准，请换一个生效日期。"
        raise StandardError(sentence, "effective_from") from None
    return standard


def _record(before: StudioStandard, standard: StudioStandard, actor: User) -> None:
    names = [field.name for field in fields(Demands)]
    differences = difference_words(columns_of(before, names), columns_of(standard, names))
    detail = f"{words(standard.effective_from)}起：{differences or '和原来一样'}"
    record_audit(action=AuditAction.SETTINGS, actor=actor, subject="工作室标准", detail=detail, county=standard.county)
