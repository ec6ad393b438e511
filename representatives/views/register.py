"""The register of representatives: list, record page, new and corrected records."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.changes import changes_of
from accounts.models import User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from representatives import permissions as may
from representatives.forms.mandates import PREFIX, MandateFormSet, Mandates, mandates_of, mandates_typed
from representatives.forms.register import RepresentativeForm, initial_of
from representatives.lists import ORDER, filtered_representatives
from representatives.models import Representative
from representatives.services import register_representative, update_representative
from representatives.services.errors import RegisterError
from representatives.upcoming import seats_of

SHOWN_ON_PAGE = ("county", "delegation", "user", "photo", "owned_studio", "merged_into")
Write = Callable[..., Representative]


@require_GET
def representative_list(request: HttpRequest) -> HttpResponse:
    """Representatives of the user's counties, by certificate number."""
    user = signed_in(request)
    if not may.can_read_register(user):
        raise PermissionDenied("您的账号还没有角色，请联系系统管理员。")
    found = filtered_representatives(user, request.GET)
    page = keyset_page(found.rows.select_related("delegation").prefetch_related("studios"), request.GET, order=ORDER)
    context = {"found": found, "page": page, "may_register": may.can_register(user)}
    return render(request, "representatives/list.html", context)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One record; what is private only for those who may read it."""
    user = signed_in(request)
    person = get_object_or_404(Representative.objects.visible_to(user).select_related(*SHOWN_ON_PAGE), pk=pk)
    may_read = may.can_read_private(user, person)
    context = {
        "person": person,
        "may_read": may_read,
        "may_update": may.can_update(user, person),
        "may_merge": may.can_merge(user, person),
        "may_read_dossier": may.can_read_dossier(user, person),
        "seats": seats_of(person, timezone.localdate()),
        "merges": person.merges.select_related("duplicate", "actor") if may_read else [],
        "status_changes": person.status_changes.select_related("actor") if may_read else [],
        "changes": changes_of(person) if may_read else [],
    }
    return render(request, "representatives/detail.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new record."""
    user = signed_in(request)
    if not may.can_register(user):
        raise PermissionDenied("党代表由代表队办公室和党联办登记。")
    return _write(request, user, None, register_representative)


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a record."""
    user = signed_in(request)
    person = get_object_or_404(Representative.objects.visible_to(user), pk=pk)
    if not may.can_update(user, person):
        raise PermissionDenied("只有本代表队办公室和党联办可以修改这条记录，已并入别处的记录不再修改。")
    return _write(request, user, person, lambda **fields: update_representative(representative=person, **fields))


def _write(request: HttpRequest, user: User, person: Representative | None, write: Write) -> HttpResponse:
    """Show the form, or save what was posted; everything typed stays where it was typed."""
    typed = typed_before_login(request)
    initial = (initial_of(person) if person else {}) | typed
    form = RepresentativeForm(request.POST or None, request.FILES or None, actor=user, person=person, initial=initial)
    rows = mandates_typed(typed) or (mandates_of(person) if person else [])
    mandates = MandateFormSet(request.POST or None, initial=rows, prefix=PREFIX)
    if request.method == "POST":
        are_valid = [form.is_valid(), mandates.is_valid()]
        saved = _saved(form, mandates, user, write) if all(are_valid) else None
        if saved:
            messages.success(request, f"已保存{saved.name}的记录。")
            return redirect(saved)
    context: dict[str, Any] = {"form": form, "mandates": mandates, "person": person, "lines": mandates.lines}
    has_errors = bool(form.errors or mandates.lines)
    return render(request, "representatives/form.html", context, status=422 if has_errors else 200)


def _saved(form: RepresentativeForm, mandates: Mandates, user: User, write: Write) -> Representative | None:
    """The written record, or None with the reason put beside its field."""
    try:
        return write(entry=form.entry, mandates=mandates.entries, photo=form.cleaned_data["photo"], actor=user)
    except RegisterError as error:
        form.add_error(error.field or None, str(error))
    except ValidationError as error:
        form.add_error("photo", error)
    return None
