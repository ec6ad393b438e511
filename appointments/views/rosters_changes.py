"""Changes to a published roster, each with a reason."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.session import signed_in
from appointments.forms.rosters import CancelForm, MoveForm, PersonForm
from appointments.models import Appointment, RosterSeat
from appointments.rosters.candidates import candidates
from appointments.rosters.facts import load_facts
from appointments.rosters.standings import standings
from appointments.services.rosters.errors import RosterError
from appointments.services.rosters.overriding import add_person, cancel_session, move_session, replace_person
from appointments.views.rosters_scope import seat_arranged
from appointments.views.rosters_seats import UNPROCESSABLE, person_choices, seat_page


@require_POST
def roster_replace(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Somebody else for a seat, or one more person."""
    row = seat_arranged(request, pk, seat)
    facts = load_facts(row.roster)
    standing = standings(row.roster, facts.seats)[row.pk]
    day = standing.meeting.held_on if standing.meeting else row.held_on
    choices = person_choices(standing, candidates(facts, day, row.studio_id))
    form = PersonForm(request.POST, prefix="person", **choices)

    def change() -> None:
        asked, actor = form.cleaned_data, signed_in(request)
        person, reason = asked["representative"], asked["reason"]
        if asked["seat"] is None:
            add_person(roster_seat=row, person=person, reason=reason, actor=actor)
        else:
            replace_person(seat=asked["seat"], person=person, reason=reason, actor=actor)

    return _answer(request, row, form, "person", change, "已变更，并通知本人。公示显示“有变更”。")


@require_POST
def roster_move(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Another day or hour for the session."""
    row = seat_arranged(request, pk, seat)
    form = MoveForm(request.POST, prefix="move")

    def change() -> None:
        move_session(appointment=_meeting_of(row), actor=signed_in(request), **form.cleaned_data)

    return _answer(request, row, form, "move", change, "已改期，并通知本人。公示显示“有变更”。")


@require_POST
def roster_cancel(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """No session that day."""
    row = seat_arranged(request, pk, seat)
    form = CancelForm(request.POST, prefix="cancel")

    def change() -> None:
        cancel_session(appointment=_meeting_of(row), actor=signed_in(request), **form.cleaned_data)

    return _answer(request, row, form, "cancel", change, "已取消这次值班，并通知本人。公示显示“本次取消”。")


def _answer(
    request: HttpRequest, seat: RosterSeat, form: forms.Form, name: str, change: Callable[[], None], done: str
) -> HttpResponse:
    """Try the change; back to the grid, or to the page with what was typed and a sentence."""
    if form.is_valid():
        try:
            change()
        except RosterError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(f"{seat.roster.get_absolute_url()}#seat-{seat.pk}")
    return seat_page(request, seat, status=UNPROCESSABLE, bound={name: form})


def _meeting_of(seat: RosterSeat) -> Appointment:
    meeting = standings(seat.roster, seat.roster.seats.all())[seat.pk].meeting
    if meeting is None:
        raise RosterError("这一班没有公布，不用取消或改期。")
    return meeting
