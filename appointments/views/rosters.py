"""The list of rosters, the builder of a quarter, and one roster as a grid."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import Role
from accounts.models import Organization, User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.forms.rosters import DraftForm, RosterFilterForm
from appointments.models import Roster
from appointments.permissions import can_arrange, delegations_arranged_by
from appointments.quarters import Quarter, coming
from appointments.querysets import RosterQuerySet
from appointments.rosters.facts import load_facts
from appointments.rosters.findings import findings
from appointments.rosters.grid import build_grid, drafted_words
from appointments.rosters.words import period_words
from appointments.services.rosters.drafting import draft_roster
from appointments.services.rosters.errors import RosterError
from appointments.views.rosters_scope import REFUSED, roster_seen
from studios.services import load_calendar


@require_GET
def roster_list(request: HttpRequest) -> HttpResponse:
    """Rosters, the newest period first; `?q=2026Q4` is the quarter with the builder."""
    user, today = signed_in(request), timezone.localdate()
    quarter = Quarter.named(request.GET.get("q", ""))
    form = RosterFilterForm(request.GET, delegations=Organization.objects.delegations().visible_to(user))
    arranged = delegations_arranged_by(user)
    context = {
        "form": form,
        "page": keyset_page(_filtered(user, form, quarter), request.GET, order="-first_on"),
        "quarter": quarter.label if quarter else "",
        "quarters": [(item.key, item.label) for item in coming(today)],
        "key": quarter.key if quarter else "",
        "may_arrange": arranged.exists(),
        "may_set_rules": user.scope.has(Role.COUNTY_OFFICE),
    }
    if quarter and context["may_arrange"]:
        first = max(quarter.first, today)
        context["draft_form"] = DraftForm(
            delegations=arranged, today=today, initial={"first_on": first, "last_on": quarter.last}
        )
    return render(request, "appointments/roster_list.html", context)


@require_http_methods(["GET", "POST"])
def roster_create(request: HttpRequest) -> HttpResponse:
    """Draft a roster; what cannot be drafted is explained with everything typed kept."""
    user, today = signed_in(request), timezone.localdate()
    arranged = delegations_arranged_by(user)
    if not arranged.exists():
        raise PermissionDenied(REFUSED)
    form = DraftForm(request.POST or None, delegations=arranged, today=today, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            roster = draft_roster(actor=user, **form.cleaned_data)
        except RosterError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已排好草稿。请看过空缺和提示，需要时点席位换人，再检查并预览。")
            return redirect(roster)
    return render(request, "appointments/roster_create.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def roster_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid with counts and, for a draft, what stands against publishing it."""
    roster, today = roster_seen(request, pk), timezone.localdate()
    facts = load_facts(roster)
    grid = build_grid(facts, load_calendar(), today)
    may_arrange = can_arrange(signed_in(request), roster.delegation)
    context = {
        "roster": roster,
        "period": period_words(roster.first_on, roster.last_on),
        "facts": facts,
        "grid": grid,
        "findings": findings(facts, today) if roster.is_draft else [],
        "drafted": drafted_words(roster),
        "may_arrange": may_arrange,
        "links_seats": may_arrange and roster.status != "ARCHIVED",
        "is_over": roster.last_on < today,
        "as_list": request.GET.get("view") == "list",
    }
    return render(request, "appointments/roster_detail.html", context)


def _filtered(user: User, form: RosterFilterForm, quarter: Quarter | None) -> RosterQuerySet:
    form.is_valid()
    rows: RosterQuerySet = Roster.objects.visible_to(user).select_related("delegation", "published_by")
    if quarter:
        rows = rows.filter(first_on__lte=quarter.last, last_on__gte=quarter.first)
    if delegation := form.cleaned_data.get("delegation"):
        rows = rows.filter(delegation=delegation)
    if status := form.cleaned_data.get("status"):
        rows = rows.filter(status=status)
    return rows.annotate(places=Count("seats"), gaps=Count("seats", filter=Q(seats__representative=None)))
