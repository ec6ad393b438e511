"""Check, preview, publish; throw a draft away; put a past roster aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.session import signed_in
from appointments.forms.rosters import PublishForm, VersionForm
from appointments.models import Roster
from appointments.rosters.facts import load_facts
from appointments.rosters.findings import findings
from appointments.rosters.grid import build_grid
from appointments.rosters.words import period_words
from appointments.services.rosters.drafting import refill_draft
from appointments.services.rosters.editing import archive_roster, withdraw_draft
from appointments.services.rosters.errors import RosterConflictError, RosterError
from appointments.services.rosters.publishing import BrokenRulesError, publish_roster
from appointments.views.rosters_scope import roster_arranged
from studios.services import load_calendar

CONFLICT, UNPROCESSABLE = 409, 422


@require_GET
def roster_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as the public will read it, with everything that stands against publishing."""
    roster = roster_arranged(request, pk)
    if not roster.is_draft:
        return redirect(roster)
    return _preview(request, roster, PublishForm(initial={"version": roster.version}))


@require_POST
def roster_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """409 when the draft moved on, 422 when a rule is broken; nothing changes then."""
    roster, form = roster_arranged(request, pk), PublishForm(request.POST)
    if not form.is_valid():
        return _preview(request, roster, form, status=UNPROCESSABLE)
    try:
        publish_roster(roster=roster, actor=signed_in(request), **form.cleaned_data)
    except RosterConflictError as error:
        form.add_error(None, str(error))
        return _preview(request, roster_arranged(request, pk), _renewed(form, roster), str(error), status=CONFLICT)
    except BrokenRulesError:
        return _preview(request, roster, form, "有规则没有满足，没有发布。", status=UNPROCESSABLE)
    except RosterError as error:
        return _preview(request, roster, form, str(error), status=UNPROCESSABLE)
    messages.success(request, "已发布。公示已更新，每位党代表都会收到自己的值班日期。")
    return redirect(roster)


@require_POST
def roster_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    roster, form = roster_arranged(request, pk), VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        withdraw_draft(roster=roster, version=version, actor=signed_in(request))
    except RosterError as error:
        messages.error(request, str(error))
        return redirect(roster)
    messages.success(request, "草稿已撤销。")
    return redirect("appointments:roster_list")


@require_POST
def roster_refill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill what stands empty in a draft or is no longer possible; the other seats stay."""
    roster, form = roster_arranged(request, pk), VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        refill_draft(roster=roster, version=version, actor=signed_in(request))
    except RosterError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已补排能补的空缺，其余席位没有动。")
    return redirect(roster)


@require_POST
def roster_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a past roster aside."""
    roster = roster_arranged(request, pk)
    try:
        archive_roster(roster=roster, actor=signed_in(request))
    except RosterError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "值班表已归档。")
    return redirect(roster)


def _renewed(form: PublishForm, roster: Roster) -> PublishForm:
    """The same choice for the draft as it stands now."""
    roster.refresh_from_db(fields=["version"])
    return PublishForm(initial={"version": roster.version, "with_gaps": form.cleaned_data.get("with_gaps", False)})


def _preview(
    request: HttpRequest, roster: Roster, form: PublishForm, refused: str = "", status: int = 200
) -> HttpResponse:
    if not roster.is_draft:
        messages.error(request, refused or "值班表已经发布。")
        return redirect(roster)
    today = timezone.localdate()
    facts = load_facts(roster)
    found = findings(facts, today)
    context = {
        "roster": roster,
        "period": period_words(roster.first_on, roster.last_on),
        "form": form,
        "refused": refused,
        "findings": found,
        "is_blocked": any(finding.is_hard for finding in found),
        "grid": build_grid(facts, load_calendar(), today),
    }
    return render(request, "appointments/roster_preview.html", context, status=status)
