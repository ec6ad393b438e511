"""One seat: of a draft, who sits there; of a published roster, what is to change and why."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.session import signed_in
from appointments.enums import AttendanceStatus
from appointments.forms.rosters import CancelForm, Choice, MoveForm, PersonForm, SeatForm
from appointments.models import RosterSeat
from appointments.rosters.candidates import Candidate, candidates
from appointments.rosters.facts import load_facts
from appointments.rosters.standings import Standing, standings
from appointments.rosters.words import period_words
from appointments.services.rosters.editing import seat_person
from appointments.services.rosters.errors import RosterConflictError, RosterError
from appointments.views.rosters_scope import seat_arranged
from representatives.models import Representative

CONFLICT, UNPROCESSABLE = 409, 422


@require_GET
def roster_seat(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Who could sit there, the fairest choice first; once published, the changes that are possible."""
    return seat_page(request, seat_arranged(request, pk, seat))


@require_POST
def roster_assign(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Seat somebody, or nobody. 409 when the draft moved on, 422 when the choice is not possible."""
    row = seat_arranged(request, pk, seat)
    form = SeatForm(request.POST, people=Representative.objects.filter(county=row.roster.county))
    if not form.is_valid():
        return seat_page(request, row, refused=str(next(iter(form.errors.values()))[0]), status=UNPROCESSABLE)
    person, version = form.cleaned_data["representative"], form.cleaned_data["version"]
    try:
        seat_person(seat=row, person=person, version=version, actor=signed_in(request))
    except RosterConflictError as error:
        return seat_page(request, seat_arranged(request, pk, seat), refused=str(error), status=CONFLICT)
    except RosterError as error:
        return seat_page(request, row, refused=str(error), status=UNPROCESSABLE)
    messages.success(request, f"已安排{person.name}。" if person else "席位已空出。")
    return redirect(f"{row.roster.get_absolute_url()}#seat-{row.pk}")


def seat_page(
    request: HttpRequest, seat: RosterSeat, *, refused: str = "", status: int = 200, bound: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of one seat; `refused` says what was wrong, `bound` are forms that were sent (person, move, cancel)."""
    roster = seat.roster
    facts = load_facts(roster)
    standing = Standing() if roster.is_draft else standings(roster, facts.seats)[seat.pk]
    meeting = standing.meeting
    day = meeting.held_on if meeting else seat.held_on
    people = candidates(facts, day, seat.studio_id)
    context = {
        "seat": seat,
        "roster": roster,
        "period": period_words(roster.first_on, roster.last_on),
        "candidates": people,
        "standing": standing,
        "refused": refused,
        "may_change": roster.status == "PUBLISHED" and day >= timezone.localdate() and not standing.is_cancelled,
        **_change_forms(standing, people),
        **(bound or {}),
    }
    return render(request, "appointments/roster_seat.html", context, status=status)


def person_choices(standing: Standing, people: list[Candidate]) -> dict[str, list[Choice]]:
    """Who may come, and whose place they may take."""
    meeting = standing.meeting
    seats = [row for row in meeting.seats if row.status in _REPLACEABLE] if meeting else []  # type: ignore[attr-defined]
    return {
        "people": [(row.person.pk, f"{row.person.name}（{row.why}）") for row in people if not row.hindrance],
        "seats": [(row.pk, f"{row.representative.name}（{row.get_status_display()}）") for row in seats],
    }


def _change_forms(standing: Standing, people: list[Candidate]) -> dict[str, Any]:
    meeting = standing.meeting
    times = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "ends_at")} if meeting else {}
    return {
        "person": PersonForm(**person_choices(standing, people), prefix="person"),
        "move": MoveForm(initial=times, prefix="move"),
        "cancel": CancelForm(prefix="cancel"),
    }


_REPLACEABLE = frozenset({AttendanceStatus.EXPECTED, AttendanceStatus.VACANT, AttendanceStatus.LEAVE})
