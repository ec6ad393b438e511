"""The measures of domain.md §8 over what units were charged with: signing, handing back, and what they still owe."""

from django.db.models import F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth

from studios.measures import Measure, Source, Span
from suggestions.assignment_querysets import AssignmentQuerySet
from suggestions.enums import AssignmentStatus, RequestKind
from suggestions.measures import accepted_at, granted
from suggestions.models import Assignment
from suggestions.querysets import CaseRowQuerySet, is_accepted, is_overdue

ASSIGNMENT_DIMENSIONS: dict[str, Combinable] = {
    "county": F("suggestion__county_id"),
    "delegation": F("suggestion__delegation_id"),
    "unit": F("unit_id"),
    "category": F("suggestion__category"),
    "month": TruncMonth("assigned_on"),
}


def _assignments(rows: CaseRowQuerySet[Assignment], span: Span) -> CaseRowQuerySet[Assignment]:
    """Assignments made in the span for cases that count; a second round renews them and is not one."""
    return rows.filter(is_accepted("suggestion__"), round=1, assigned_on__range=span.days)


def _signed(span: Span) -> Q:
    return Q(sign_due_on__isnull=False, signed_at__date__lte=span.as_of)


def _late_unsigned(span: Span) -> Q:
    waiting = Q(signed_at=None, status=AssignmentStatus.ACTIVE) | Q(signed_at__date__gt=span.as_of)
    return waiting & Q(sign_due_on__lt=span.as_of)


ASSIGNMENTS = Source(
    _assignments,
    {
        "assignments": Measure("交办次数", "次"),
        "signed_in_time": Measure(
            "及时签收", "次", lambda span: _signed(span) & Q(signed_at__date__lte=F("sign_due_on"))
        ),
        "sign_judged": Measure("已签收和逾期未签收", "次", lambda span: _signed(span) | _late_unsigned(span)),
        "handed_back": Measure(
            "同意退办", "次", lambda span: granted(RequestKind.RETURN, span, assignment=OuterRef("pk"))
        ),
    },
    ASSIGNMENT_DIMENSIONS,
)


def _owed(rows: AssignmentQuerySet, span: Span) -> AssignmentQuerySet:
    """What units still have to answer, a shared case with each that has not handed in its part."""
    return rows.answering().owed().filter(accepted_at("suggestion", accepted_on__range=span.days))


def _owed_late(span: Span) -> Q:
    return is_overdue(span.as_of, "suggestion__")


OWED = Source(_owed, {"owed_late": Measure("逾期未答复的承办件", "件", _owed_late)}, ASSIGNMENT_DIMENSIONS)
CHARGE_SOURCES = (ASSIGNMENTS, OWED)
