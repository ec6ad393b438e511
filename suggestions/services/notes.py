"""The only writer of private notes."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from suggestions.models import PrivateNote, Suggestion
from suggestions.services.steps import required


@transaction.atomic
def add_note(*, suggestion: Suggestion, actor: User, organization: Organization, text: str) -> PrivateNote:
    """Write down what `organization` keeps to itself about the case. Raises GuardError without a text.

    The caller has made sure that the actor works there and that it handles the case (permissions.notes_kept_by).
    """
    return PrivateNote.objects.create(
        suggestion=suggestion,
        organization=organization,
        text=required(text, "请填写备注。"),
        author=actor,
        at=timezone.now(),
    )
