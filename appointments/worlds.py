"""What rosters are drawn up from: the rows of whole delegations, read in a fixed number of queries (domain.md §5)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Min, Q

from accounts.models import Organization
from appointments.conflicts import busy_days
from appointments.enums import AppointmentKind, AttendanceStatus, HolidayTreatment
from appointments.models import Appointment, Attendance, DutyPolicy, Leave, Roster
from appointments.rostering import Member, Session, SessionDay, World, sessions_between
from representatives.models import Representative
from studios.enums import StudioKind
from studios.models import Studio, StudioStandard
from studios.services import load_calendar

COUNTED = timedelta(days=365)
"""Duties served in this time before a roster count for its evenness."""

CREDITED = (AttendanceStatus.PRESENT, AttendanceStatus.EXPECTED, AttendanceStatus.LEAVE)
SERVED = (AttendanceStatus.PRESENT, AttendanceStatus.EXPECTED)


@dataclass(frozen=True)
class Terms:
    """What an office asks of a roster."""

    first_on: date
    last_on: date
    holidays: HolidayTreatment = HolidayTreatment.SKIP
    people_per_session: int = 1
    seed: int = 0


@dataclass(frozen=True)
class Plan:
    """One delegation's world, with the days it opens on and the rows behind its ids.

    `arranged` are days on which a studio has a regular appointment already, made outside this roster.
    """

    delegation: Organization
    world: World
    days: list[SessionDay]
    studios: dict[int, Studio]
    people: dict[int, Representative]
    arranged: list[tuple[date, int]]


@dataclass
class _Facts:
    """What is known of each representative, by id."""

    served: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    last_on: dict[int, date] = field(default_factory=dict)
    last_personal: dict[int, date] = field(default_factory=dict)
    on_leave: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    busy: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    leave_days: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    newcomers: set[int] = field(default_factory=set)


def load_plans(
    county: Organization, delegations: Sequence[Organization], terms: Terms, *, roster: Roster | None = None
) -> list[Plan]:
    """The plan of each of `delegations`, all of `county`; the same number of queries for one and for all.

    In: ACTIVE studios, and the ACTIVE representatives attached to them or owning them. Appointments of `roster`,
    when it is drawn up again, do not keep its people busy.
    """
    standard = StudioStandard.objects.in_force(county, terms.first_on)
    gap_weeks = DutyPolicy.objects.in_force(county, terms.first_on).gap_weeks
    days = sessions_between(terms.first_on, terms.last_on, standard.duty_weekday, terms.holidays, load_calendar())
    studios = list(Studio.objects.active().filter(delegation__in=delegations).order_by("pk"))
    people = list(_people_of(studios))
    attached = _attached(people)
    facts = _facts(people, terms, roster)
    arranged = _arranged(studios, terms, roster)
    plans = []
    for delegation in delegations:
        own = {studio.pk: studio for studio in studios if studio.delegation_id == delegation.pk}
        theirs = {one.pk: one for one in people if attached[one.pk] & own.keys() or one.owned_studio_id in own}
        members = tuple(_member(one, attached[one.pk] & own.keys(), facts) for one in theirs.values())
        taken = sorted((day, studio) for day, studio in arranged if studio in own)
        world = World(
            sessions=tuple(_sessions(days, own.values(), terms, set(taken))),
            members=members,
            personal=_personal(own.values(), theirs.values()),
            last_personal=facts.last_personal,
            gap_weeks=gap_weeks,
            seed=terms.seed,
        )
        plans.append(Plan(delegation, world, days, own, theirs, taken))
    return plans


def _people_of(studios: Iterable[Studio]) -> Iterable[Representative]:
    keys = [studio.pk for studio in studios]
    attached = Representative.studios.through.objects.filter(studio__in=keys).values("representative")
    found = Representative.objects.active().standing().filter(Q(pk__in=attached) | Q(owned_studio__in=keys))
    return found.only("pk", "name", "owned_studio").order_by("pk")


def _attached(people: Iterable[Representative]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {one.pk: set() for one in people}
    links = Representative.studios.through.objects.filter(representative__in=list(found))
    for person, studio in links.values_list("representative_id", "studio_id"):
        found[person].add(studio)
    return {person: frozenset(studios) for person, studios in found.items()}


def _facts(people: Sequence[Representative], terms: Terms, roster: Roster | None) -> _Facts:
    facts, keys, since = _Facts(), [one.pk for one in people], terms.first_on - COUNTED
    _count_served(facts, keys, since, terms.first_on)
    besides = Q(appointment__roster=roster) if roster else None
    for row in busy_days(keys, terms.first_on, terms.last_on, besides=besides):
        (facts.on_leave if row.reason == "请假" else facts.busy)[row.representative_id].add(row.day)
    leaves = Leave.objects.approved().covering(since, terms.first_on - timedelta(days=1))
    for person, start, end in leaves.filter(representative__in=keys).values_list(
        "representative_id", "first_on", "last_on"
    ):
        facts.leave_days[person] += (min(end, terms.first_on) - max(start, since)).days + 1
    elected = Representative.objects.filter(pk__in=keys).annotate(elected_on=Min("mandates__starts_on"))
    facts.newcomers = set(elected.filter(elected_on__gt=since).values_list("pk", flat=True))
    return facts


def _count_served(facts: _Facts, keys: list[int], since: date, until: date) -> None:
    """Credit regular duties: present or still expected, and those excused by leave; never absent or given away.

    Those in personal studios stay outside the fairness pool: only when the owner last sat there is kept.
    """
    seats = Attendance.objects.of_kind(AppointmentKind.REGULAR).between(since, until - timedelta(days=1))
    seats = seats.filter(representative__in=keys, status__in=CREDITED, appointment__in=Appointment.objects.in_force())
    rows = seats.order_by("appointment__held_on").values_list(
        "representative_id", "appointment__held_on", "status", "appointment__studio_id", "appointment__studio__kind"
    )
    for person, day, status, studio, kind in rows:
        if kind == StudioKind.PERSONAL:
            facts.last_personal[studio] = day
            continue
        facts.served[person] += 1
        if status in SERVED:
            facts.last_on[person] = day


def _arranged(studios: Iterable[Studio], terms: Terms, roster: Roster | None) -> set[tuple[date, int]]:
    regular = Appointment.objects.in_force().of_kind(AppointmentKind.REGULAR).between(terms.first_on, terms.last_on)
    regular = regular.filter(studio__in=[studio.pk for studio in studios])
    if roster:
        regular = regular.exclude(roster=roster)
    return {(day, studio) for day, studio in regular.values_list("held_on", "studio_id") if studio}


def _member(one: Representative, studios: frozenset[int], facts: _Facts) -> Member:
    return Member(
        id=one.pk,
        name=one.name,
        studios=studios,
        served=facts.served[one.pk],
        last_on=facts.last_on.get(one.pk),
        on_leave=frozenset(facts.on_leave[one.pk]),
        busy=frozenset(facts.busy[one.pk]),
        is_newcomer=one.pk in facts.newcomers,
        share_on_leave=min(1.0, facts.leave_days[one.pk] / COUNTED.days),
    )


def _sessions(
    days: Iterable[SessionDay], studios: Iterable[Studio], terms: Terms, taken: set[tuple[date, int]]
) -> Iterable[Session]:
    held = [day.on for day in days if day.on]
    for studio in studios:
        seats = 1 if studio.kind == StudioKind.PERSONAL else terms.people_per_session
        yield from (Session(day, studio.pk, seats) for day in held if (day, studio.pk) not in taken)


def _personal(studios: Iterable[Studio], people: Iterable[Representative]) -> dict[int, int | None]:
    owners = {one.owned_studio_id: one.pk for one in people if one.owned_studio_id}
    return {studio.pk: owners.get(studio.pk) for studio in studios if studio.kind == StudioKind.PERSONAL}
