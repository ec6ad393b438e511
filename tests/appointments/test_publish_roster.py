"""A draft becomes public: every rule asked again, appointments written once, nothing changed where a rule is broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from appointments.enums import AppointmentKind, LeaveStatus, RosterStatus
from appointments.models import Appointment, Attendance, DutyPolicy, Leave, RosterSeat
from appointments.notifications import DUTY
from appointments.roster_news import PUBLISHED
from appointments.services.rosters.editing import archive_roster, fingerprint, seat_person, withdraw_draft
from appointments.services.rosters.errors import RosterConflictError, RosterError
from appointments.services.rosters.publishing import BrokenRulesError, publish_roster
from notifications.models import Reminder
from representatives.services import change_status
from studios.models import Studio, StudioStandard
from tests.appointments.factories import AppointmentFactory, AttendanceFactory, RosterFactory, RosterSeatFactory
from tests.appointments.rosters import DAYS, Drafted, drafted, published
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _publish(found: Drafted, cast: Cast, *, with_gaps: bool = False) -> None:
    publish_roster(roster=found.roster, with_gaps=with_gaps, version=found.roster.version, actor=cast.town_office)


def test_appointments_seats_and_reminders(cast: Cast) -> None:
    StudioStandard.objects.create(
        county=cast.county, effective_from=date(2027, 2, 1), duty_starts_at=time(14), duty_ends_at=time(16)
    )
    found = published(cast)
    meetings = Appointment.objects.filter(roster=found.roster).order_by("held_on")
    assert [(row.held_on, row.starts_at, row.kind) for row in meetings] == [
        (day, time(9) if day < date(2027, 2, 1) else time(14), AppointmentKind.REGULAR) for day in DAYS
    ]
    assert [row.attendances.get().representative for row in meetings] == found.people
    found.roster.refresh_from_db()
    assert (found.roster.status, found.roster.published_by) == (RosterStatus.PUBLISHED, cast.town_office)
    assert found.roster.content_hash == fingerprint(found.roster.seats.all())
    assert not found.roster.is_short_notice
    assert Reminder.objects.filter(kind=PUBLISHED).get().title == "新的值班表：您有 1 次值班"
    told = Reminder.objects.filter(kind=DUTY).values_list("subject", flat=True)
    assert Counter(told) == {f"attendance:{seat.pk}": 2 for row in meetings for seat in row.attendances.all()}


@pytest.mark.parametrize(("with_gaps", "count"), [(False, 2), (True, 3)])
def test_gaps_are_public_only_when_asked(cast: Cast, client: Client, *, with_gaps: bool, count: int) -> None:
    found = published(cast, gap=True, with_gaps=with_gaps)
    assert found.roster.appointments.count() == count
    page = client.get(f"/?town={cast.town.pk}").content.decode()
    assert ("空缺" in page) is with_gaps


@pytest.mark.parametrize("days", [2, 3])
def test_short_notice_is_flagged(cast: Cast, login: Login, days: int) -> None:
    DutyPolicy.objects.create(county=cast.county, effective_from=date(2026, 1, 1), publish_days=3)
    with time_machine.travel(f"2027-01-0{9 - days} 09:00 +0800", tick=False):
        found = published(cast)
        assert found.roster.is_short_notice is (days < 3)
        page = login(cast.leader).get(found.roster.get_absolute_url()).content.decode()
    assert ("公示不足" in page) is (days < 3)


def _suspend(found: Drafted, cast: Cast) -> None:
    change_status(
        representative=found.people[0],
        to_status="SUSPENDED",
        on=date(2026, 11, 24),
        reason="病休",
        actor=cast.town_office,
    )


def _on_leave(found: Drafted, cast: Cast) -> None:
    Leave.objects.create(
        representative=found.people[0], first_on=DAYS[0], last_on=DAYS[0], reason="出差", status=LeaveStatus.APPROVED,
        requested_by=cast.town_office, requested_at="2026-11-24 09:00+08:00",
    )  # fmt: skip


def _elsewhere(found: Drafted, cast: Cast) -> None:
    AttendanceFactory(
        appointment__kind="THEMED", appointment__held_on=DAYS[0], appointment__studio=cast.studio,
        representative=found.people[0],
    )  # fmt: skip


def _moved_away(found: Drafted, cast: Cast) -> None:
    found.people[0].studios.set([cast.other_studio])


def _occupied(found: Drafted, cast: Cast) -> None:
    AppointmentFactory(studio=cast.studio, held_on=DAYS[0])


def _closed(found: Drafted, cast: Cast) -> None:
    Studio.objects.filter(pk=cast.studio.pk).update(status="CLOSED")


@pytest.mark.parametrize(
    ("happen", "sentence"),
    [
        (_suspend, "停止执行职务"),
        (_on_leave, "这天请假"),
        (_elsewhere, "这天有主题约见"),
        (_moved_away, "不在这个工作室"),
        (_occupied, "当天已有常规约见"),
        (_closed, "工作室没有启用"),
    ],
)
def test_a_broken_rule_blocks_and_changes_nothing(
    cast: Cast, login: Login, happen: Callable[[Drafted, Cast], None], sentence: str
) -> None:
    found = drafted(cast)
    happen(found, cast)
    before = Appointment.objects.count()
    with pytest.raises(BrokenRulesError, match=sentence):
        _publish(found, cast)
    client = login(cast.town_office)
    response = client.post(f"{found.roster.get_absolute_url()}publish/", {"version": 1})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert sentence in client.get(found.roster.get_absolute_url()).content.decode()
    found.roster.refresh_from_db()
    assert (found.roster.is_draft, Appointment.objects.count()) == (True, before)


def test_a_past_period_and_an_empty_one_are_refused(cast: Cast) -> None:
    found = drafted(cast)
    with (
        time_machine.travel("2027-04-01 09:00 +0800", tick=False),
        pytest.raises(BrokenRulesError, match="没有可以发布"),
    ):
        _publish(found, cast)
    found.roster.seats.update(representative=None)
    with pytest.raises(RosterError, match="每个席位都空缺"):
        _publish(found, cast)


def test_days_that_are_over_are_left_out(cast: Cast) -> None:
    with time_machine.travel("2027-01-20 09:00 +0800", tick=False):
        assert published(cast).roster.appointments.count() == 2


def test_soft_rules_are_said_and_do_not_block(cast: Cast, login: Login) -> None:
    found = drafted(cast)
    RosterSeatFactory(
        roster=found.roster, studio=cast.studio, held_on=date(2027, 1, 23), representative=found.people[0]
    )
    page = login(cast.town_office).get(f"{found.roster.get_absolute_url()}preview/").content.decode()
    assert "代表甲上次值班是1月9日（周六），间隔不足 3 周" in page
    assert "不能发布" not in page
    _publish(found, cast)


def test_the_page_of_an_older_version_is_refused(cast: Cast, login: Login) -> None:
    found = drafted(cast)
    seat_person(seat=found.seats[0], person=None, version=1, actor=cast.county_office)
    with pytest.raises(RosterConflictError, match="党联办甲 11月24日 09:00"):
        _publish(found, cast)
    response = login(cast.town_office).post(f"{found.roster.get_absolute_url()}publish/", {"version": 1})
    assert response.status_code == 409
    assert "党联办甲 11月24日 09:00 刚改过这份草稿" in response.content.decode()
    assert not Appointment.objects.exists()


def test_published_once(cast: Cast) -> None:
    found = published(cast)
    with pytest.raises(RosterError, match="已经发布"):
        publish_roster(roster=found.roster, with_gaps=False, version=1, actor=cast.town_office)
    assert Appointment.objects.count() == 3


def test_a_published_roster_is_neither_edited_nor_withdrawn(cast: Cast, login: Login) -> None:
    found = published(cast)
    for act in (
        lambda: seat_person(seat=found.seats[0], person=None, version=1, actor=cast.town_office),
        lambda: withdraw_draft(roster=found.roster, version=1, actor=cast.town_office),
    ):
        with pytest.raises(RosterError, match="已经发布"):
            act()
    address = f"{found.roster.get_absolute_url()}seats/{found.seats[0].pk}/assign/"
    assert login(cast.town_office).post(address, {"version": 1, "representative": ""}).status_code == 422
    assert RosterSeat.objects.filter(roster=found.roster, representative=None).count() == 0


def test_the_neighbour_publishes_nothing(cast: Cast, login: Login) -> None:
    found = drafted(cast)
    for who, status in (("other_town_office", 404), ("leader", 403), ("stranger", 404), ("liaison", 404)):
        for verb in ("publish", "withdraw", "archive", "refill"):
            address = f"{found.roster.get_absolute_url()}{verb}/"
            assert login(getattr(cast, who)).post(address, {"version": 1}).status_code == status
    with pytest.raises(RosterError, match="由本代表队办公室和党联办编排"):
        publish_roster(roster=found.roster, with_gaps=False, version=1, actor=cast.other_town_office)


def test_withdrawing_throws_away_the_draft_alone(cast: Cast, login: Login) -> None:
    found = drafted(cast)
    login(cast.town_office).post(f"{found.roster.get_absolute_url()}withdraw/", {"version": 1})
    assert not RosterSeat.objects.exists()
    assert cast.representative.studios.exists()


def test_only_a_past_roster_is_archived(cast: Cast) -> None:
    found = published(cast)
    with pytest.raises(RosterError, match="已经过期"):
        archive_roster(roster=found.roster, actor=cast.town_office)
    with time_machine.travel("2027-04-01 09:00 +0800", tick=False):
        archive_roster(roster=found.roster, actor=cast.town_office)
    found.roster.refresh_from_db()
    assert found.roster.status == RosterStatus.ARCHIVED
    assert Attendance.objects.count() == 3


def _many(cast: Cast, studios: int) -> Drafted:
    roster = RosterFactory(delegation=cast.town, created_by=cast.town_office)
    for _ in range(studios):
        studio = StudioFactory(delegation=cast.town)
        for day in DAYS:
            person = RepresentativeFactory(delegation=cast.town, studios=[studio])
            RosterSeatFactory(roster=roster, studio=studio, held_on=day, representative=person)
    return Drafted(roster, list(roster.seats.all()), [])


def test_publishing_and_the_grid_ask_no_more_for_twenty_studios_than_for_one(cast: Cast, login: Login) -> None:
    asked = []
    client = login(cast.town_office)
    client.get("/desk/inbox/")
    for studios in (1, 20):
        found = _many(cast, studios)
        counts = []
        with CaptureQueriesContext(connection) as captured:
            client.get(found.roster.get_absolute_url())
        counts.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            _publish(found, cast)
        # SQLite cuts an INSERT of many rows into several
        counts.append(sum(not query["sql"].startswith("INSERT") for query in captured.captured_queries))
        for page in ("", "poster/", "print/"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"{found.roster.get_absolute_url()}{page}").status_code == 200
            counts.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/?town={cast.town.pk}")
        counts.append(len(captured))
        asked.append(counts)
        Attendance.objects.all().delete()
        Appointment.objects.all().delete()
        found.roster.delete()
    assert all(many <= one for one, many in zip(*asked, strict=True)), asked
