"""Accounts and roles, for system administrators."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import AccountForm, GrantForm, UserFilterForm
from accounts.models import Membership, User
from accounts.paging import keyset_page
from accounts.permissions import can_administer
from accounts.services import AccountError, create_account, grant_role, revoke_role, set_user_active
from accounts.session import signed_in


def _administrator(request: HttpRequest) -> User:
    user = signed_in(request)
    if not can_administer(user):
        raise PermissionDenied("账号由系统管理员管理。")
    return user


@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """Accounts of the administrator's counties, with their roles."""
    actor = _administrator(request)
    form = UserFilterForm(request.GET)
    found = User.objects.visible_to(actor).prefetch_related("memberships__organization")
    if form.is_valid():
        text, role = form.cleaned_data["q"], form.cleaned_data["role"]
        if text:
            found = found.filter(Q(username__icontains=text) | Q(name__icontains=text))
        if role:
            found = found.filter(pk__in=Membership.objects.filter(role=role).values("user"))
    page = keyset_page(found, request.GET, order="username")
    return render(request, "accounts/user_list.html", {"page": page, "filter_form": form})


@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """A new account with its first role."""
    actor = _administrator(request)
    form = AccountForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_account(account=form.account, actor=actor)
        except AccountError as error:
            form.add_error("organization", str(error))
        else:
            messages.success(request, f"已开通账号 {user.username}。")
            return redirect("accounts:user_detail", user.pk)
    return render(request, "accounts/user_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account; POST grants a role."""
    actor = _administrator(request)
    user = get_object_or_404(User.objects.visible_to(actor), pk=pk)
    form = GrantForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(user=user, actor=actor, **form.cleaned_data)
        except AccountError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已授予{user}新的角色，下一次点击起生效。")
            return redirect("accounts:user_detail", user.pk)
    return render(request, "accounts/user_detail.html", _account(actor, user, form), status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one role away."""
    actor = _administrator(request)
    membership = get_object_or_404(Membership.objects.visible_to(actor).select_related("user"), pk=pk)
    user = membership.user
    with _reported(request, f"已收回{user}的角色“{membership}”。"):
        revoke_role(membership=membership, actor=actor)
    return redirect("accounts:user_detail", user.pk)


@require_POST
def toggle(request: HttpRequest, pk: int) -> HttpResponse:
    """Disable an account that works, enable one that does not."""
    actor = _administrator(request)
    user = get_object_or_404(User.objects.visible_to(actor), pk=pk)
    word = "停用" if user.is_active else "启用"
    with _reported(request, f"已{word}账号 {user.username}。"):
        set_user_active(user=user, is_active=not user.is_active, actor=actor)
    return redirect("accounts:user_detail", user.pk)


@contextmanager
def _reported(request: HttpRequest, sentence: str) -> Iterator[None]:
    """Say `sentence` when the body succeeds, the service's own when it refuses."""
    try:
        yield
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)


def _account(actor: User, user: User, form: GrantForm) -> dict[str, Any]:
    memberships = Membership.objects.visible_to(actor).filter(user=user).select_related("organization")
    return {"account": user, "memberships": memberships, "form": form, "is_self": user == actor}
