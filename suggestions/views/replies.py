"""Replies to check and relay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from suggestions.answers import waiting_answers
from suggestions.enums import Verb
from suggestions.lists import clocks_of
from suggestions.models import Suggestion
from suggestions.permissions import can_set_templates
from suggestions.presentation import show_all
from suggestions.screens import act_url

ROWS = ("assignments__unit", "replies")


@require_GET
def reply_list(request: HttpRequest) -> HttpResponse:
    """Every case the user's office is to review, with the answer of each unit, the one waiting longest first."""
    user, today = signed_in(request), timezone.localdate()
    waiting = Suggestion.objects.to_review_by(user).prefetch_related(*ROWS).defer("content", "search_text")
    page = keyset_page(waiting, request.GET, order="replied_on")
    rows = [
        {
            "shown": shown,
            "case": shown.case,
            "answers": waiting_answers(shown.case),
            "forward_url": act_url(shown.case, Verb.FORWARD),
            "return_url": act_url(shown.case, Verb.RETURN_REPLY),
        }
        for shown in show_all(page.rows, today, clocks_of(user, today))
    ]
    context = {"page": page, "rows": rows, "may_set_templates": can_set_templates(user)}
    return render(request, "suggestions/replies.html", context)
