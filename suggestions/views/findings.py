"""转为建议: a finding of a themed appointment goes on as a case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.models import Finding
from appointments.permissions_themes import can_turn_into_suggestion
from suggestions.enums import State
from suggestions.forms.finding import FindingCaseForm
from suggestions.models import Suggestion
from suggestions.services import turn_finding
from suggestions.services.steps import StepError


@require_http_methods(["GET", "POST"])
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words carried over, to be completed and sent on."""
    user = signed_in(request)
    rows = Finding.objects.visible_to(user).select_related("appointment__delegation")
    finding = get_object_or_404(rows, pk=pk)
    if not can_turn_into_suggestion(user, finding.appointment):
        raise PermissionDenied("转为建议由主办代表队的办公室、联络员、党联办和参加的党代表办理。")
    form = FindingCaseForm(request.POST or None, finding=finding, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            case = turn_finding(
                finding=finding,
                matter=form.matter,
                representative=form.cleaned_data["representative"],
                actor=user,
            )
        except StepError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _done(case))
            may_read = Suggestion.objects.visible_to(user).filter(pk=case.pk).exists()
            return redirect(case if may_read else finding)
    context = {"form": form, "finding": finding, "event": finding.appointment}
    return render(request, "suggestions/finding_form.html", context, status=422 if form.errors else 200)


def _done(case: Suggestion) -> str:
    if case.state == State.DRAFT:
        return f"已转为建议草稿，由{case.representative}或工作室联络员提交。"
    return f"已转为建议并提交给{case.delegation}，受理后发编号。"
