"""换班: asking, answering, deciding."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from appointments.dutylists import VIEWS, duty_sections, seats_to_give, swaps_in, takers_for
from appointments.enums import SwapState, SwapVerb
from appointments.forms.swaps import NoteForm, SwapForm
from appointments.models import Attendance, Swap
from appointments.permissions import can_ask_for_duties, can_give_away, can_tend_duties, swap_capacities
from appointments.services import (
    ConflictError,
    accept_swap,
    approve_swap,
    decline_swap,
    refuse_swap,
    request_swap,
    un_take_swap,
    withdraw_swap,
)
from appointments.swapping import NotYoursError, SwapError, available
from appointments.views.duties import representative_user

DONE = {
    SwapVerb.ACCEPT: "已答应接替，等代表队批准。",
    SwapVerb.DECLINE: "已答复不便。",
    SwapVerb.APPROVE: "已批准，值班表已更新，并通知双方。",
    SwapVerb.REFUSE: "已答复不批准，并通知双方。",
    SwapVerb.WITHDRAW: "已撤回换班，仍由原来的党代表值班。",
    SwapVerb.UN_TAKE: "已退回接替，请其他党代表接替。",
}
SIMPLE: dict[SwapVerb, Callable[..., Swap]] = {
    SwapVerb.APPROVE: approve_swap,
    SwapVerb.WITHDRAW: withdraw_swap,
    SwapVerb.UN_TAKE: un_take_swap,
}
NOTED: dict[SwapVerb, Callable[..., Swap]] = {SwapVerb.DECLINE: decline_swap, SwapVerb.REFUSE: refuse_swap}
CONFLICT, NOT_NOW = 409, 422


@require_GET
def swap_list(request: HttpRequest) -> HttpResponse:
    """Swaps of the studios somebody runs, those that wait first."""
    user, today = signed_in(request), timezone.localdate()
    if not can_tend_duties(user):
        raise PermissionDenied("换班由联络员和代表队办公室办理，党代表请看“我的值班”。")
    rows, current = swaps_in(user, request.GET.get("view", ""), today)
    context = {
        "page": keyset_page(rows.with_list_related(), request.GET),
        "views": VIEWS,
        "current": current,
        "sections": duty_sections("appointments:swap_list"),
        "may_ask": can_ask_for_duties(user),
    }
    return render(request, "appointments/swap_list.html", context)


@require_GET
def my_swaps(request: HttpRequest) -> HttpResponse:
    """Swaps that wait for the representative's answer, and those of their own."""
    user, today = representative_user(request), timezone.localdate()
    offered = Swap.objects.offered_to(user, today).with_list_related()
    mine = Swap.objects.filter(seat__representative__user=user) | Swap.objects.filter(taker__user=user)
    context = {
        "offered": offered.order_by("seat__appointment__held_on", "pk"),
        "page": keyset_page(mine.with_list_related(), request.GET),
    }
    return render(request, "appointments/swap_mine.html", context)


@require_http_methods(["GET", "POST"])
def swap_create(request: HttpRequest) -> HttpResponse:
    """Without `?seat=`: which duty? With it: who is to take it. For oneself, or on behalf of a representative."""
    user = signed_in(request)
    if not can_ask_for_duties(user):
        raise PermissionDenied("换班由本人、联络员或代表队办公室提出。")
    key = request.GET.get("seat", "")
    if not key.isdecimal() or len(key) > 9:
        seats = seats_to_give(user, timezone.localdate())
        return render(request, "appointments/swap_choose.html", {"page": keyset_page(seats, request.GET, order="day")})
    related = ("appointment__studio", "appointment__county", "appointment__delegation", "representative")
    seat = get_object_or_404(Attendance.objects.visible_to(user).select_related(*related), pk=int(key))
    if not can_give_away(user, seat):
        raise PermissionDenied("换班由本人、联络员或代表队办公室提出。")
    form = SwapForm(request.POST or None, seat=seat, initial=typed_before_login(request))
    if request.method == "POST" and form.is_valid():
        try:
            swap = request_swap(seat=seat, actor=user, **form.arguments())
        except SwapError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已发出换班请求。换好之前仍由原来的党代表值班。")
            return redirect(swap)
    context = {"form": form, "seat": seat, "is_own": seat.representative.user_id == user.pk}
    return render(request, "appointments/swap_form.html", context, status=NOT_NOW if form.errors else 200)


@require_GET
def swap_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One swap: who, when, why, and the lawful steps."""
    user = signed_in(request)
    return _page(request, user, _swap(user, pk))


@require_POST
def swap_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take one step. 403: somebody else's; 409: somebody was faster; 422: not possible, and why."""
    if verb not in DONE:
        raise Http404(verb)
    user = signed_in(request)
    swap = _swap(user, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, user, swap, form=form, status=NOT_NOW)
    try:
        _take(SwapVerb(verb), swap, user, request.POST.get("taker", ""), form.cleaned_data["note"])
    except NotYoursError as error:
        raise PermissionDenied(str(error)) from error
    except ConflictError as error:
        return _page(request, user, _swap(user, pk), conflict=str(error), status=CONFLICT)
    except SwapError as error:
        return _page(request, user, swap, form=form, refusal=str(error), status=NOT_NOW)
    messages.success(request, DONE[SwapVerb(verb)])
    still_seen = Swap.objects.visible_to(user).filter(pk=pk).exists()
    return redirect(swap) if still_seen else redirect("appointments:my_swaps")


def _take(verb: SwapVerb, swap: Swap, user: User, taker: str, note: str) -> None:
    if verb in SIMPLE:
        SIMPLE[verb](swap=swap, actor=user)
    elif verb in NOTED:
        NOTED[verb](swap=swap, actor=user, note=note)
    else:
        people = {str(person.pk): person for person in takers_for(user, swap)}
        chosen = people.get(taker) or (next(iter(people.values())) if len(people) == 1 and not taker else None)
        if chosen is None:
            raise SwapError("请选择由谁接替。")
        accept_swap(swap=swap, actor=user, taker=chosen)


def _swap(user: User, pk: int) -> Swap:
    related = ("seat__appointment__delegation", "seat__appointment__county")
    return get_object_or_404(Swap.objects.visible_to(user).with_list_related().select_related(*related), pk=pk)


def _page(
    request: HttpRequest,
    user: User,
    swap: Swap,
    *,
    form: NoteForm | None = None,
    status: int = 200,
    refusal: str = "",
    conflict: str = "",
) -> HttpResponse:
    today = timezone.localdate()
    rests = swap.is_open and not Swap.objects.pending(today).filter(pk=swap.pk).exists()
    lawful = {step.verb.name for step in available(SwapState(swap.state), swap_capacities(user, swap))}
    steps = lawful & {"WITHDRAW", "REFUSE"} if rests else lawful
    context = {
        "swap": swap,
        "rests": rests,
        "steps": steps - ({"DECLINE"} if swap.asked is None else set()),
        "takers": takers_for(user, swap) if "ACCEPT" in steps else [],
        "form": form or NoteForm(),
        "refusal": refusal,
        "conflict": conflict,
    }
    return render(request, "appointments/swap_detail.html", context, status=status)
