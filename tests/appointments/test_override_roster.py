"""Changes after publishing: with a reason, checked again, told, and shown with the old name struck through."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from appointments.enums import AppointmentStatus, AttendanceStatus, LeaveStatus
from appointments.models import Appointment, Attendance, Leave, RosterSeat
from appointments.notifications import DUTY
from appointments.roster_news import CHANGED
from appointments.services.rosters.errors import RosterError
from appointments.services.rosters.overriding import add_person, cancel_session, move_session, replace_person
from notifications.delivery import sweep
from notifications.models import Message, Reminder
from representatives.models import Representative
from tests.appointments.factories import AppointmentFactory
from tests.appointments.rosters import DAYS, Drafted, kept_by, meeting_of, published
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
WHY = "临时出差"


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def found(cast: Cast) -> Drafted:
    return published(cast)


@pytest.fixture
def spare(cast: Cast) -> Representative:
    """A fourth colleague who is free every day."""
    person: Representative = RepresentativeFactory(delegation=cast.town, name="代表己", studios=[cast.studio])
    return person


def _post(client: Client, place: RosterSeat, verb: str, **typed: Any) -> Any:
    prefix = "person" if verb == "replace" else verb
    data = {f"{prefix}-{name}": value for name, value in typed.items()}
    return client.post(f"{place.roster.get_absolute_url()}seats/{place.pk}/{verb}/", data)


def test_somebody_else_comes(cast: Cast, login: Login, client: Client, found: Drafted, spare: Representative) -> None:
    office, seat = login(cast.town_office), found.seats[0]
    old = kept_by(seat)
    assert _post(office, seat, "replace", seat=old.pk, representative=spare.pk, reason=WHY).status_code == 302
    old.refresh_from_db()
    assert old.status == AttendanceStatus.SUBSTITUTED
    assert old.replaced_by.representative == spare
    for page in (
        office.get(found.roster.get_absolute_url()),
        client.get(f"/?town={cast.town.pk}"),
        client.get(f"/studios/{cast.studio.pk}/"),
        client.get(f"/reps/{spare.pk}/"),
        office.get(f"{found.roster.get_absolute_url()}print/"),
        office.get(f"{found.roster.get_absolute_url()}poster/?size=A3"),
    ):
        text = page.content.decode()
        assert "代表甲</s>" in text.replace('<s class="roster-before">', "<s>")
        assert "代表己" in text
        assert WHY not in text or "desk" in page.request["PATH_INFO"]
    assert "有变更" in client.get(f"/?town={cast.town.pk}").content.decode()


def test_the_people_concerned_are_told_and_old_reminders_die(cast: Cast, found: Drafted, spare: Representative) -> None:
    old = kept_by(found.seats[0])
    replace_person(seat=old, person=spare, reason=WHY, actor=cast.town_office)
    assert Reminder.objects.get(kind=CHANGED).title == f"不再由您值班：1月9日 {cast.studio}"
    with time_machine.travel("2027-01-08 09:00 +0800", tick=False):
        sweep(timezone.now())
    titles = set(Message.objects.filter(user=cast.representative_user).values_list("title", flat=True))
    assert not [title for title in titles if title.startswith("2027年1月9日")]
    assert Reminder.objects.filter(kind=DUTY, state="CANCELLED").exists()


def test_taken_back_and_given_away_again(cast: Cast, found: Drafted, spare: Representative) -> None:
    other = RepresentativeFactory(delegation=cast.town, name="代表庚", studios=[cast.studio])
    first = kept_by(found.seats[0])
    second = replace_person(seat=first, person=spare, reason=WHY, actor=cast.town_office)
    back = replace_person(seat=second, person=cast.representative, reason=WHY, actor=cast.town_office)
    assert back.pk == first.pk
    third = replace_person(seat=back, person=other, reason=WHY, actor=cast.town_office)
    keeping = Attendance.objects.keeping().filter(appointment=first.appointment)
    assert [row.representative for row in keeping] == [other]
    assert third.replaces == back


def test_one_more_person_and_a_gap_that_was_not_published(cast: Cast, login: Login, spare: Representative) -> None:
    found = published(cast, gap=True, with_gaps=False)
    gap = found.seats[2]
    assert "没有公示" in login(cast.town_office).get(found.roster.get_absolute_url()).content.decode()
    assert _post(login(cast.town_office), gap, "replace", representative=spare.pk, reason=WHY).status_code == 302
    assert [row.representative for row in meeting_of(gap).attendances.all()] == [spare]
    add_person(roster_seat=found.seats[0], person=spare, reason=WHY, actor=cast.town_office)
    assert meeting_of(found.seats[0]).attendances.count() == 2
    page = login(cast.town_office).get(found.roster.get_absolute_url()).content.decode()
    assert "＋代表己" in page
    assert "没有公示" not in page


def test_called_off(cast: Cast, login: Login, client: Client, found: Drafted) -> None:
    office = login(cast.town_office)
    assert _post(office, found.seats[0], "cancel", reason=WHY).status_code == 302
    meeting = meeting_of(found.seats[0])
    assert (meeting.status, meeting.change_note, meeting.sequence) == (AppointmentStatus.CANCELLED, WHY, 1)
    assert Reminder.objects.get(kind=CHANGED).title.startswith("本次值班取消")
    assert "本次取消" in office.get(found.roster.get_absolute_url()).content.decode()
    AppointmentFactory(studio=cast.other_studio, held_on=DAYS[0], delegation=cast.town)
    assert "本次取消" in client.get(f"/?town={cast.town.pk}").content.decode()
    assert "不能再变更" in _post(office, found.seats[0], "cancel", reason=WHY).content.decode()


def test_moved_with_everybody(cast: Cast, login: Login, client: Client, found: Drafted) -> None:
    day = {"held_on": "2027-01-10", "starts_at": "14:00", "ends_at": "16:00"}
    assert _post(login(cast.town_office), found.seats[0], "move", reason=WHY, **day).status_code == 302
    meeting = Appointment.objects.get(roster=found.roster, moved_from=DAYS[0])
    assert (meeting.held_on, meeting.starts_at) == (date(2027, 1, 10), time(14))
    assert "改到 1月10日 14:00" in login(cast.town_office).get(found.roster.get_absolute_url()).content.decode()
    assert "原定1月9日" in client.get(f"/?town={cast.town.pk}").content.decode()
    assert Reminder.objects.filter(kind=CHANGED, title__startswith="值班改期：1月10日").exists()


@pytest.mark.parametrize(
    ("held_on", "starts_at", "ends_at", "sentence"),
    [
        ("2026-11-23", "09:00", "11:30", "改期不能早于今天"),
        ("2027-01-10", "11:30", "09:00", "结束时间要晚于开始时间"),
        ("2027-02-06", "09:00", "11:30", "已有常规约见"),
        ("明天", "09:00", "11:30", "改到哪一天请按“2026-10-01”填写"),
    ],
)
def test_no_impossible_move(
    cast: Cast, login: Login, found: Drafted, held_on: str, starts_at: str, ends_at: str, sentence: str
) -> None:
    typed = {"held_on": held_on, "starts_at": starts_at, "ends_at": ends_at, "reason": WHY}
    response = _post(login(cast.town_office), found.seats[0], "move", **typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert WHY in response.content.decode()
    assert meeting_of(found.seats[0]).sequence == 0


def test_nobody_who_cannot_come(cast: Cast, found: Drafted, spare: Representative) -> None:
    seat, outsider = kept_by(found.seats[0]), RepresentativeFactory(delegation=cast.other_town)
    leave: dict[str, Any] = {
        "first_on": DAYS[0],
        "last_on": DAYS[0],
        "reason": "住院",
        "requested_by": cast.town_office,
    }
    Leave.objects.create(representative=spare, status=LeaveStatus.APPROVED, requested_at=timezone.now(), **leave)
    for person, sentence in ((outsider, "不在"), (spare, "请假"), (cast.representative, "不用换")):
        with pytest.raises(RosterError, match=sentence):
            replace_person(seat=seat, person=person, reason=WHY, actor=cast.town_office)
    sunday = {"first_on": date(2027, 2, 7), "last_on": date(2027, 2, 7)}
    Leave.objects.create(
        representative=found.people[1], status=LeaveStatus.APPROVED, requested_at=timezone.now(), **(leave | sunday)
    )
    times: dict[str, Any] = {"held_on": date(2027, 2, 7), "starts_at": time(15), "ends_at": time(16)}
    with pytest.raises(RosterError, match="请假.*请先换人"):
        move_session(appointment=meeting_of(found.seats[1]), reason=WHY, actor=cast.town_office, **times)
    assert Attendance.objects.count() == 3


def test_no_change_without_a_reason_after_the_day_or_by_others(
    cast: Cast, login: Login, found: Drafted, spare: Representative
) -> None:
    meeting = meeting_of(found.seats[0])
    with pytest.raises(RosterError, match="请写明变更原因"):
        cancel_session(appointment=meeting, reason=" ", actor=cast.town_office)
    with pytest.raises(RosterError, match="由本代表队办公室"):
        cancel_session(appointment=meeting, reason=WHY, actor=cast.other_town_office)
    response = _post(login(cast.town_office), found.seats[0], "replace", representative=spare.pk, reason="")
    assert "请写明变更原因" in response.content.decode()
    assert _post(login(cast.leader), found.seats[0], "cancel", reason=WHY).status_code == 403
    with time_machine.travel("2027-01-10 09:00 +0800", tick=False), pytest.raises(RosterError, match="已经过去"):
        cancel_session(appointment=meeting, reason=WHY, actor=cast.town_office)
    meeting.refresh_from_db()
    assert meeting.status == AppointmentStatus.PLANNED
