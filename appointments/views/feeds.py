"""The calendar address of a representative: given out once, renewed, revoked; by themselves or on their behalf."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.addresses import public_address
from accounts.models import User
from accounts.session import signed_in
from appointments.models import FeedToken
from appointments.permissions import can_act_for
from appointments.services import renew_feed, revoke_feed
from representatives.cards import QUIET_MODULES, code_of
from representatives.models import Representative


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The representative's own address."""
    user = signed_in(request)
    person = Representative.objects.filter(user=user).first()
    if person is None:
        raise PermissionDenied("日历订阅供党代表使用。")
    return _page(request, person)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of somebody the user acts for."""
    return _page(request, _person(request, pk))


@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address, shown on this answer and never again."""
    person = _person(request, pk)
    token = renew_feed(person=person, actor=signed_in(request))
    return _page(request, person, public_address(request, reverse("portal:calendar", args=[token])))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The address opens nothing any more."""
    person, user = _person(request, pk), signed_in(request)
    if revoke_feed(person=person, actor=user):
        messages.success(request, "日历地址已停用，手机上不再更新。")
    else:
        messages.info(request, "没有在用的日历地址。")
    return redirect(*(["appointments:my_calendar"] if _is_own(person, user) else ["appointments:calendar", pk]))


def _person(request: HttpRequest, pk: int) -> Representative:
    """404 for unseen people, 403 for those the user does not act for."""
    user = signed_in(request)
    person = get_object_or_404(Representative.objects.visible_to(user).select_related("delegation"), pk=pk)
    if not can_act_for(user, person):
        raise PermissionDenied("日历地址由党代表本人、所在工作室的联络员和代表队办公室管理。")
    return person


def _is_own(person: Representative, user: User) -> bool:
    return person.user_id == user.pk


def _page(request: HttpRequest, person: Representative, address: str = "") -> HttpResponse:
    image = code_of(address).svg_data_uri(border=QUIET_MODULES, omitsize=True) if address else ""
    context = {
        "person": person,
        "token": FeedToken.objects.filter(representative=person, revoked_at=None).select_related("created_by").first(),
        "address": address,
        "image": image,
        "is_own": _is_own(person, signed_in(request)),
    }
    return render(request, "appointments/feed.html", context)
