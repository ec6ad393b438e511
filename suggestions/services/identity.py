"""Who the petitioner is: shown in full only for a stated reason, and every time on record."""

from accounts.enums import AuditAction
from accounts.models import User
from accounts.services import record_audit
from suggestions.models import Petitioner, Suggestion
from suggestions.permissions import can_see_petitioner
from suggestions.services.steps import NotYoursError, required

KEPT_BACK = "群众没有同意向您公开身份，请通过党代表或联络员联系。"


def reveal_petitioners(*, suggestion: Suggestion, actor: User, reason: str) -> list[Petitioner]:
    """The petitioners in the clear, after an audit entry with the reason is written.

    Raises NotYoursError for somebody who need not know them, GuardError without a reason.
    """
    if not can_see_petitioner(actor, suggestion):
        raise NotYoursError(KEPT_BACK)
    record_audit(
        action=AuditAction.REVEAL,
        actor=actor,
        subject=f"{suggestion.number or '未编号'} (#{suggestion.pk})",
        detail=required(reason, "请写明为什么要查看。"),
        county=suggestion.county,
    )
    return list(suggestion.petitioners.all())
