"""The triage page: a list in groups beside a reading pane, many cases assigned in one go, and its undo."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.paging import keyset_page
from accounts.session import signed_in
from suggestions.casefile import CaseFile, visible_case
from suggestions.enums import Complexity, Verb
from suggestions.forms.filters import places_of
from suggestions.forms.triage import BulkAssignForm
from suggestions.kept import kept_cases
from suggestions.lists import filtered_cases, tabs
from suggestions.models import AssignmentBatch, Suggestion
from suggestions.permissions import can_triage
from suggestions.screens import act_url, lawful_verbs
from suggestions.services.bulk import BulkResult, Order, assign_many, recall_batch
from suggestions.triage.batches import batches_of
from suggestions.triage.desk import PANE_GROUP, assignable, build_desk, key_links
from suggestions.triage.inbox import inbox_rows
from suggestions.triage.units import Reach, UnitBook

VIEW = "triage"


def inbox_page(
    request: HttpRequest,
    user: User,
    *,
    form: BulkAssignForm | None = None,
    result: BulkResult | None = None,
    status: int = 200,
) -> HttpResponse:
    """What waits for the user's office, 50 cases in groups; `form` and `result` of a bulk act that went wrong."""
    today, query = timezone.localdate(), request.GET.copy()
    query["view"] = VIEW
    places = places_of(user)
    found = filtered_cases(user, query, today, places)
    page = keyset_page(found.cases.with_triage_related(), query, order=found.order)
    batches = batches_of(user, today)
    latest = str(result.batch.pk) if result and result.batch else request.GET.get("batch", "")
    context = {
        "found": found,
        "page": page,
        "tabs": tabs(user, found.view, today),
        "kept": kept_cases(user, query, today, places),
        "query": query.urlencode(),
        "desk": build_desk(page.rows, user, today, form or BulkAssignForm(user=user)),
        "batches": batches,
        "fresh": next((line for line in batches if str(line.batch.pk) == latest), None),
        "refused": result.refused if result else [],
    }
    return render(request, "suggestions/triage.html", context, status=status)


@require_GET
def pane(request: HttpRequest, pk: int) -> HttpResponse:
    """One case for the reading pane. 404 outside the scope, 403 for those who do not triage."""
    user, now = signed_in(request), timezone.now()
    case = visible_case(user, pk)
    _require_triage(user)
    units, verbs = UnitBook(user), lawful_verbs(user, case, now)
    row = inbox_rows([case], user, timezone.localdate(now), units)[0]
    context = {
        "case": case,
        "file": CaseFile.of(case, user, now),
        "row": row,
        "chosen": row.advice.unit_id if row.advice else 0,
        "links": key_links(case, verbs),
        "accept_url": act_url(case, Verb.ACCEPT) if Verb.ACCEPT in verbs else "",
        "choices": units.choices(Reach.of(case)) if assignable(verbs) else [],
        "group": PANE_GROUP,
        "complexities": Complexity.choices,
    }
    return render(request, "suggestions/partials/triage_pane.html", context)


@require_http_methods(["GET", "POST"])
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """POST assigns the ticked rows; GET (after a login that had expired) leads to the page. 409: some were refused."""
    user = signed_in(request)
    _require_triage(user)
    if request.method == "GET":
        return redirect(_inbox_url(request.GET))
    form = BulkAssignForm(request.POST, user=user)
    if not form.is_valid():
        return inbox_page(request, user, form=form, status=422)
    cases = Suggestion.objects.visible_to(user).in_bulk([pick.pk for pick in form.picks])
    if len(cases) < len(form.picks):
        raise Http404
    orders = [Order(cases[pick.pk], pick.version, form.units[pick.group]) for pick in form.picks]
    result = assign_many(orders=orders, actor=user, complexity=Complexity(form.cleaned_data["complexity"]))
    if result.refused or result.batch is None:
        return inbox_page(request, user, form=form, result=result, status=409)
    return redirect(_inbox_url(request.GET, batch=str(result.batch.pk)))


@require_POST
def batch_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one of the user's own batches as far as nobody has signed; says what stays, and why."""
    user = signed_in(request)
    batch = get_object_or_404(AssignmentBatch.objects.visible_to(user), pk=pk)
    result = recall_batch(batch=batch, actor=user)
    if result.done:
        messages.success(request, f"已撤回 {len(result.done)} 件，回到待交办。")
    for refusal in result.refused:
        messages.warning(request, f"{refusal.suggestion.number}：{refusal.sentence}")
    return redirect(f"{_inbox_url(request.GET)}#messages")


def _require_triage(user: User) -> None:
    if not can_triage(user):
        raise PermissionDenied("只有代表队办公室和党联办交办建议。")


def _inbox_url(query: QueryDict, **more: str) -> str:
    """The page with the conditions of `query`, from its first row on."""
    kept = {name: value for name, value in query.items() if name not in {"after", "before", "batch"}}
    return f"{reverse('suggestions:list')}?{urlencode(kept | {'view': VIEW} | more)}"
