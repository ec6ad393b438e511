"""Photos and papers of a case: add one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.session import signed_in
from suggestions.casefile import visible_case
from suggestions.forms.attachment import AttachmentForm
from suggestions.permissions import can_attach
from suggestions.services.attachments import attach_file
from suggestions.services.steps import StepError


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file and keep it with the case."""
    user = signed_in(request)
    case = visible_case(user, pk)
    if not can_attach(user, case):
        raise PermissionDenied("附件由办理这件建议的人在办结以前上传。")
    form = AttachmentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            upload = attach_file(suggestion=case, file=form.cleaned_data["file"], actor=user)
        except (ValidationError, StepError) as error:
            form.add_error("file", error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, f"已上传{upload.original_name}。")
            return redirect(case)
    status = 422 if form.errors else 200
    return render(request, "suggestions/attach.html", {"case": case, "form": form}, status=status)
