"""The list of cases, one case, and the representative's page of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.kept_lists import CASES
from accounts.kept_services import choose_layout
from accounts.paging import keyset_page
from accounts.session import signed_in
from suggestions.answers import relayed_answers
from suggestions.casefile import CaseFile, visible_case
from suggestions.columns import layout_of, rows_of
from suggestions.enums import Verb
from suggestions.forms.filters import places_of
from suggestions.forms.layout import LayoutForm
from suggestions.kept import kept_cases
from suggestions.lists import clocks_of, filtered_cases, tabs
from suggestions.permissions import can_triage
from suggestions.presentation import show_all
from suggestions.screens import SCREENS, act_url, lawful_verbs
from suggestions.views import triage


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Saved views, conditions, 50 cases a page; the inbox of an office has a page of its own."""
    user, today = signed_in(request), timezone.localdate()
    if request.GET.get("view") == triage.VIEW and can_triage(user):
        return triage.inbox_page(request, user)
    places, layout = places_of(user), layout_of(user)
    found = filtered_cases(user, request.GET, today, places)
    page = keyset_page(found.cases.with_list_related(), request.GET, order=found.order)
    query = request.GET.urlencode()
    context = {
        "found": found,
        "page": page,
        "layout": layout,
        "layout_form": LayoutForm.showing(layout, query),
        "rows": rows_of(show_all(page.rows, today, clocks_of(user, today)), layout),
        "tabs": tabs(user, found.view, today),
        "kept": kept_cases(user, request.GET, today, places),
        "query": query,
    }
    return render(request, "suggestions/case_list.html", context)


@require_POST
def layout(request: HttpRequest) -> HttpResponse:
    """Keeps the person's columns and density, and leads back to the list as it was."""
    form = LayoutForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        choose_layout(user=signed_in(request), of=CASES, columns=chosen["columns"], is_dense=chosen["is_dense"])
        messages.success(request, "列表版式已保存，导出也按这些列。")
    for errors in form.errors.values():
        messages.error(request, f"{errors[0]}。")
    query = QueryDict(form.cleaned_data.get("query", "")).urlencode()
    return redirect(f"{reverse('suggestions:list')}?{query}" if query else "suggestions:list")


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The case file with the steps that are lawful now."""
    user = signed_in(request)
    case = visible_case(user, pk)
    context = {"case": case, "file": CaseFile.of(case, user, timezone.now())}
    return render(request, "suggestions/case_detail.html", context)


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
    answers = file.merged_into.answers if file.merged_into else relayed_answers(case)
    context = {"case": case, "file": file, "forms": forms, "withdraw_url": withdraw_url, "answers": answers}
    return render(request, "suggestions/mine.html", context)
