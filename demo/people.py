"""What the register says of each representative: who elected them, for how long, and who left office."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings

from accounts.models import User
from appointments.enums import AttendanceStatus
from demo.county import County
from demo.meetings import at
from representatives import leaving
from representatives.enums import Level, RepresentativeStatus
from representatives.models import Mandate, Representative
from representatives.querysets import RepresentativeQuerySet
from representatives.rules import term_end
from representatives.services.status import write_status
from studios.enums import StudioKind
from studios.models import Studio

TERM_FROM, EARLIER_TERM_FROM = date(2022, 6, 20), date(2017, 6, 20)
ETHNIC_GROUPS = {97: "回族", 193: "满族", 389: "蒙古族", 571: "苗族"}
SERVED_BEFORE = 4
"""One in so many is in the second term."""
TERMINATED = ((45, "工作调动，调离本县"), (75, "本人书面辞去代表职务"), (100, "组织关系转出本县"))
SUSPENDED = (("曲塘镇", "接受组织审查"), ("李堡镇", "长期病休，本人申请"))


def write_records(county: County) -> None:
    """Electing units, ethnic groups, terms, and owners of personal studios."""
    studios = {studio.pk: studio for studio in county.studios}
    homes = [(person, studios[pk]) for pk, members in county.members.items() for person in members]
    owned = set()
    for number, (person, studio) in enumerate(homes):
        person.electing_unit = _electing_unit(studio)
        person.ethnic_group = ETHNIC_GROUPS.get(number, person.ethnic_group)
        if studio.kind == StudioKind.PERSONAL and studio.pk not in owned:
            person.owned_studio = studio
            owned.add(studio.pk)
    people = [person for person, _studio in homes]
    columns = ["electing_unit", "ethnic_group", "owned_studio"]
    Representative.objects.bulk_update(people, columns, batch_size=500)
    rows = (row for number, person in enumerate(people) for row in _mandates(person, number))
    Mandate.objects.bulk_create(rows, batch_size=1000)
    _begin_history(county, people)


def _begin_history(county: County, people: list[Representative]) -> None:
    """Rows written in bulk have no history of their own: each was registered when the term began."""
    records = Representative.history.bulk_history_create(
        people, batch_size=500, default_user=county.county_office, default_date=at(TERM_FROM, 9)
    )
    first = {record.id: record for record in records}
    links = Representative.studios.through.objects.filter(representative__county=county.root)
    told = apps.get_model("representatives", "HistoricalRepresentative_studios")
    told.objects.bulk_create(
        (
            told(
                id=link.pk,
                history=first[link.representative_id],
                representative_id=link.representative_id,
                studio_id=link.studio_id,
            )
            for link in links
        ),
        batch_size=1000,
    )


def write_departures(county: County, today: date) -> None:
    """Three have left and sit nowhere since; two with seats ahead are suspended today (after everything is written)."""
    people = Representative.objects.filter(county=county.root, level=Level.TOWN, owned_studio=None).active()
    for days, reason in TERMINATED:
        since = today - timedelta(days=days)
        idle = people.exclude(attendances__appointment__held_on__gte=since).exclude(visits__received_on__gte=since)
        idle = idle.exclude(suggestions__created_at__date__gte=since)
        _leave(idle, RepresentativeStatus.TERMINATED, since, reason, county.county_office)
    for town, reason in SUSPENDED:
        seated = people.filter(delegation__short_name=town, attendances__status=AttendanceStatus.EXPECTED)
        seated = seated.exclude(user__username__in=settings.DEMO_ACCOUNTS)
        _leave(seated, RepresentativeStatus.SUSPENDED, today, reason, county.county_office)


def _leave(people: RepresentativeQuerySet, status: RepresentativeStatus, on: date, reason: str, actor: User) -> None:
    """The last of `people`; in a county so large that everybody sits every month nobody has left long ago."""
    person = people.order_by("-pk").first()
    if person is None:
        return
    change = write_status(person, status, on, reason, actor)
    leaving.announce(person, on, f"status-{change.pk}")


def _electing_unit(studio: Studio) -> str:
    return f"{studio.village}党组织" if studio.village else f"{studio.delegation.short_name}机关党委"


def _mandates(person: Representative, number: int) -> Iterator[Mandate]:
    terms = [(person.term, TERM_FROM)]
    if number % SERVED_BEFORE == 0:
        terms.append((person.term - 1, EARLIER_TERM_FROM))
    for term, starts_on in terms:
        yield Mandate(
            representative=person,
            term=term,
            level=person.level,
            electing_unit=person.electing_unit,
            starts_on=starts_on,
            ends_on=term_end(starts_on),
        )
