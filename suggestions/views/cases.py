"""The list of cases, one case, its three handling tasks, and the representative's page of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from suggestions.casefile import CaseFile, visible_case
from suggestions.enums import AssignmentKind, Capacity, Verb
from suggestions.lists import clocks_of, filtered_cases, tabs
from suggestions.permissions import can_take, can_triage, capacities
from suggestions.presentation import show_all
from suggestions.screens import SCREENS, act_url, lawful_verbs
from suggestions.services.readiness import missing_for_reply, obstacle_to_reply
from suggestions.views import triage


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Saved views, conditions, 50 cases a page; the inbox of an office has a page of its own."""
    user, today = signed_in(request), timezone.localdate()
    if request.GET.get("view") == triage.VIEW and can_triage(user):
        return triage.inbox_page(request, user)
    found = filtered_cases(user, request.GET, today)
    page = keyset_page(found.cases.with_list_related(), request.GET, order=found.order)
    context = {
        "found": found,
        "page": page,
        "shown": show_all(page.rows, today, clocks_of(user, today)),
        "tabs": tabs(user, found.view, today),
    }
    return render(request, "suggestions/case_list.html", context)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The case file with the steps that are lawful now."""
    user = signed_in(request)
    case = visible_case(user, pk)
    context = {"case": case, "file": CaseFile.of(case, user, timezone.now())}
    return render(request, "suggestions/case_detail.html", context)


@require_GET
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """The three steps of handling as a task list."""
    user = signed_in(request)
    case = visible_case(user, pk)
    file = CaseFile.of(case, user, timezone.now())
    if not file.rounds or Capacity.ASSIGNEE not in capacities(user, case):
        raise Http404
    missing = missing_for_reply(case)
    context = {
        "case": case,
        "file": file,
        "round": file.rounds[0],
        "missing": {item.task for item in missing},
        "may_handle": can_take(user, case, Verb.REPLY) and not obstacle_to_reply(user, case),
        "helpers": [duty for duty in file.duties if duty.assignment.kind == AssignmentKind.CO],
    }
    return render(request, "suggestions/handle.html", context)


@require_GET
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """The representative's page of an own case: the reply, the opinion asked for, the rating."""
    user = signed_in(request)
    case = visible_case(user, pk)
    if case.representative.user_id != user.pk:
        raise Http404
    now = timezone.now()
    file = CaseFile.of(case, user, now)
    lawful = lawful_verbs(user, case, now)
    asked = [verb for verb in lawful if verb in {Verb.GIVE_OPINION, Verb.EVALUATE}]
    forms = [
        {
            "form": SCREENS[verb].form(case=case, actor=user),
            "url": act_url(case, verb),
            "button": SCREENS[verb].button,
            "label": verb.label,
        }
        for verb in asked
    ]
    withdraw_url = act_url(case, Verb.WITHDRAW) if Verb.WITHDRAW in lawful else ""
    context = {"case": case, "file": file, "forms": forms, "withdraw_url": withdraw_url}
    return render(request, "suggestions/mine.html", context)
