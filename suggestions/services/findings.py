"""A finding of a themed appointment (调研建议) becomes a case."""

from django.db import transaction

from accounts.models import User
from appointments.models import Finding
from representatives.models import Representative
from suggestions.enums import Verb
from suggestions.models import Suggestion
from suggestions.permissions import can_take
from suggestions.services.intake import Matter, Visitor, open_suggestion, submit_suggestion
from suggestions.services.steps import GuardError


@transaction.atomic
def turn_finding(*, finding: Finding, matter: Matter, representative: Representative, actor: User) -> Suggestion:
    """Open the case in the name of `representative`, who was at the appointment; no petitioner is named.

    Who may submit it (the representative, a liaison of the studio) submits it with the same step; for an office it
    stays a draft on their desks. Raises GuardError when the finding is a case already, or for somebody who was not
    there.
    """
    row = Finding.objects.select_for_update(of=("self",)).select_related("appointment").get(pk=finding.pk)
    if Suggestion.objects.filter(finding=row).exists():
        raise GuardError("这条调研建议已经转为建议。")
    if not row.appointment.attendances.filter(representative=representative).exists():
        raise GuardError("请选择参加这次活动的党代表。")
    studios = representative.studios.order_by("code")
    case = open_suggestion(
        matter=matter,
        visitor=Visitor(),
        representative=representative,
        studio=studios.filter(liaisons=actor).first() or studios.first(),
        actor=actor,
        appointment=row.appointment,
        finding=row,
    )
    return submit_suggestion(suggestion=case, actor=actor) if can_take(actor, case, Verb.SUBMIT) else case
