"""Public pages: what anybody may see without an account (domain.md §7)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Organization
from portal.duties import duty_notice, next_duties_in, next_duties_of, town_of
from portal.people import people_of, studios_of
from representatives.enums import RepresentativeStatus
from representatives.models import Representative
from studios.enums import StudioStatus
from studios.models import Studio

GONE = 410


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """值班公示: who is on duty where on the next duty day, town by town."""
    town = town_of(request.GET.get("town", ""))
    context: dict[str, object] = {"notice": duty_notice(timezone.localdate(), town), "town": town}
    if town is not None and town.county is not None:
        context |= _frame(town.county)
    return render(request, "portal/home.html", context)


@login_not_required
@require_GET
def representative(request: HttpRequest, pk: int) -> HttpResponse:
    """Where and when somebody can be met: what the code on the contact card opens.

    A card of a record that was merged leads on to the one that stands. Without a mandate: 410, and whom to ask instead.
    """
    person = get_object_or_404(Representative.objects.select_related("county", "delegation"), pk=pk)
    if person.merged_into_id:
        return redirect("portal:representative", person.merged_into_id, permanent=True)
    studios = studios_of(person)
    context = {"person": person, "studios": studios, **_frame(person.county)}
    if person.status != RepresentativeStatus.ACTIVE:
        context["others"] = people_of(studios).exclude(pk=person.pk)
        return render(request, "portal/representative_gone.html", context, status=GONE)
    context["duties"] = next_duties_of(person, timezone.localdate())
    return render(request, "portal/representative.html", context)


@login_not_required
@require_GET
def studio(request: HttpRequest, pk: int) -> HttpResponse:
    """A studio in use: where it is, its phone, who is there next. 404 before it opens, 410 after it closed."""
    opened = Studio.objects.exclude(status=StudioStatus.PREPARING).select_related("county", "delegation")
    place = get_object_or_404(opened, pk=pk)
    context = {"studio": place, **_frame(place.county)}
    if place.status != StudioStatus.ACTIVE:
        return render(request, "portal/studio_gone.html", context, status=GONE)
    context["duties"] = next_duties_in(place, timezone.localdate())
    context["people"] = people_of(Studio.objects.filter(pk=place.pk))
    return render(request, "portal/studio.html", context)


def _frame(county: Organization) -> dict[str, object]:
    """The head and foot of the page say whose system it is."""
    return {"county_name": county.short_name, "help_phone": county.phone}
