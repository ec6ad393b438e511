"""The office calendar by year, one day changed by hand, and what a change has done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization, User
from accounts.paging import keyset_page
from accounts.resume import typed_before_login
from accounts.session import signed_in
from studios.calendar_pages import year_page
from studios.forms.calendar import ORDINARY, CalendarDayForm, YearForm
from studios.models import CalendarChange, CalendarYear, Holiday
from studios.permissions_calendar import can_change_calendar, county_set_by
from studios.services.calendar_changes import CalendarError, set_day, standing_entries
from studios.standards import duty_weekdays

SHOWN_CHANGES = 10


def changer(request: HttpRequest) -> tuple[User, Organization]:
    """Who changes the calendar, and the office they sit in. Raises PermissionDenied for everybody else."""
    user = signed_in(request)
    county = county_set_by(user)
    if county is None:
        raise PermissionDenied("办公日历由党联办维护。")
    return user, county


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """One year (`?year=`), this one by default."""
    user, today = signed_in(request), timezone.localdate()
    form = YearForm(request.GET)
    year = (form.cleaned_data["year"] if form.is_valid() else None) or today.year
    county = Organization.objects.counties().visible_to(user).order_by("code").first()
    standing = CalendarYear.objects.filter(year=year).first()
    page = year_page(year, standing_entries(year), today=today, duty_weekday=duty_weekdays(county))
    context = {
        "year": year,
        "standing": standing,
        "page": page,
        "years": sorted({*CalendarYear.objects.values_list("year", flat=True), year}),
        "changes": CalendarChange.objects.filter(year=year).select_related("actor", "county")[:SHOWN_CHANGES],
        "may_change": can_change_calendar(user),
        "awaited": CalendarYear.objects.awaited(today),
    }
    return render(request, "studios/calendar.html", context)


@require_http_methods(["GET", "POST"])
def calendar_day(request: HttpRequest) -> HttpResponse:
    """Add, change or remove one day (`?on=`), with a reason."""
    user, county = changer(request)
    initial = typed_before_login(request) or _initial(request.GET.get("on", ""))
    form = CalendarDayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        try:
            change = set_day(day=day, entry=form.entry, reason=reason, actor=user, county=county)
        except CalendarError as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, f"已改：{change.summary}。")
            return redirect(change)
    return render(request, "studios/calendar_day.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def calendar_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What one change did: the days, and what depends on them as far as the user reads the county."""
    user = signed_in(request)
    changes = CalendarChange.objects.visible_to(user).select_related("actor", "county")
    change = get_object_or_404(changes, pk=pk)
    page = keyset_page(change.effects.all().visible_to(user), request.GET, order="id")
    reads = bool(user.scope.reads_county_ids)
    return render(request, "studios/calendar_change.html", {"change": change, "page": page, "reads": reads})


def _initial(asked: str) -> dict[str, Any]:
    """The day as it stands."""
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None:
        return {}
    row = Holiday.objects.filter(date=day).first()
    return {"day": day, "kind": row.kind, "name": row.name} if row else {"day": day, "kind": ORDINARY}
