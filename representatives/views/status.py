"""停止执行职务, 资格终止, and back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.resume import typed_before_login
from accounts.session import signed_in
from representatives.forms.steps import StatusForm
from representatives.models import Representative
from representatives.permissions import can_change_status
from representatives.rules import NEXT_STATUSES
from representatives.services import change_status
from representatives.services.errors import RegisterError
from representatives.upcoming import seats_of


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for status, day and reason, saying which seats become gaps; POST changes it."""
    user = signed_in(request)
    person = get_object_or_404(Representative.objects.visible_to(user).select_related("delegation"), pk=pk)
    if not can_change_status(user, person):
        raise PermissionDenied("只有本代表队办公室和党联办可以变更状态，已并入别处的记录不再变更。")
    form = StatusForm(request.POST or None, person=person, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            written = change_status(representative=person, actor=user, **form.cleaned_data)
        except RegisterError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, f"{person.name}：{written.get_to_status_display()}，自{written.on:%Y-%m-%d}起。")
            return redirect(person)
    context = {
        "form": form,
        "person": person,
        "is_final": not NEXT_STATUSES[person.status],
        "seats": seats_of(person, timezone.localdate()),
    }
    return render(request, "representatives/status.html", context, status=422 if form.errors else 200)
