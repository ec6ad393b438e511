"""Replies to check and relay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.paging import keyset_page
from accounts.session import signed_in
from suggestions.enums import ReplyStatus, Verb
from suggestions.lists import clocks_of
from suggestions.models import Reply, Suggestion
from suggestions.permissions import can_set_templates
from suggestions.presentation import show_all
from suggestions.screens import act_url


@require_GET
def reply_list(request: HttpRequest) -> HttpResponse:
    """Every reply the user's office is to review, the one waiting longest first."""
    user, today = signed_in(request), timezone.localdate()
    reviewed = Suggestion.objects.to_review_by(user)
    waiting = Reply.objects.filter(status=ReplyStatus.SUBMITTED, suggestion__in=reviewed)
    page = keyset_page(
        waiting.select_related("suggestion__unit", "suggestion__delegation", "assignment__unit"),
        request.GET,
        order="id",
    )
    clocks = clocks_of(user, today)
    rows = [
        {
            "reply": reply,
            "shown": show_all([reply.suggestion], today, clocks)[0],
            "forward_url": act_url(reply.suggestion, Verb.FORWARD),
            "return_url": act_url(reply.suggestion, Verb.RETURN_REPLY),
        }
        for reply in page.rows
    ]
    context = {"page": page, "rows": rows, "may_set_templates": can_set_templates(user)}
    return render(request, "suggestions/replies.html", context)
