"""The inbox, and the page monitoring asks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.paging import keyset_page
from accounts.session import signed_in
from notifications.models import Message, Reminder
from notifications.services import mark_all_read, mark_read


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The user's messages, newest first."""
    page = keyset_page(Message.objects.visible_to(signed_in(request)), request.GET)
    return render(request, "notifications/inbox.html", {"page": page})


@require_POST
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read and go where it points. POST, because a GET changes nothing."""
    message = get_object_or_404(Message.objects.visible_to(signed_in(request)), pk=pk)
    mark_read(message=message)
    return redirect(message.url or "notifications:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark the whole inbox as read."""
    count = mark_all_read(user=signed_in(request))
    messages.success(request, f"{count} 条提醒已标为已读。")
    return redirect("notifications:inbox")


@login_not_required
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """200 while reminders go out in time; 503 when one has been due for ten minutes and still waits."""
    late = Reminder.objects.late(timezone.now()).count()
    return JsonResponse({"ok": late == 0, "late_reminders": late}, status=503 if late else 200)
