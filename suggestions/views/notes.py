"""Private notes on a case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.session import signed_in
from suggestions import services
from suggestions.casefile import visible_case
from suggestions.forms.notes import NoteForm
from suggestions.permissions import notes_kept_by


@require_POST
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one. 404: unknown case; 403: whoever keeps no notes on it; 422: the text stays on a page of its own."""
    user = signed_in(request)
    case = visible_case(user, pk)
    keepers = notes_kept_by(user, case)
    if not keepers:
        raise PermissionDenied("内部备注由代表队、党联办和承办单位记录。")
    form = NoteForm(request.POST, keepers=keepers)
    if not form.is_valid():
        return render(request, "suggestions/note_form.html", {"case": case, "form": form}, status=422)
    services.add_note(suggestion=case, actor=user, **form.cleaned_data)
    messages.success(request, "已记下备注，只有本单位看得到。")
    return redirect(f"{case.get_absolute_url()}#notes")
