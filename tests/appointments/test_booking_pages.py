"""The pages of 指定约见: writing one down, the list, answering it, and the visit that keeps it."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from appointments.enums import AppointmentStatus, AttendanceStatus, BookingState
from appointments.models import Appointment, Booking, Visit
from suggestions.models import Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.appointments.gatherings import MATTER, NAME, PHONE, agreed, book, time_on
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
SATURDAY = date(2026, 11, 28)
LIST, MINE = "/desk/bookings/", "/me/bookings/"


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _typed(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "studio": str(cast.studio.pk),
        "slot": "other",
        "wanted_on": "2026-11-28",
        "starts_at": "09:00",
        "ends_at": "09:30",
        "channel": "PHONE",
        "visitor_name": NAME,
        "visitor_phone": PHONE,
        "matter": MATTER,
        "submission_key": str(uuid.uuid4()),
    } | changes


def _form(cast: Cast) -> str:
    return f"/desk/bookings/new/?rep={cast.representative.pk}"


def test_written_down_with_a_free_half_hour_of_the_next_duty(cast: Cast, login: Login) -> None:
    AttendanceFactory(
        appointment=AppointmentFactory(studio=cast.studio, held_on=SATURDAY), representative=cast.representative
    )
    book(cast, time_on(SATURDAY, "09:30", "10:00"))
    client = login(cast.liaison)
    slots = client.get(_form(cast)).context["form"].slots
    assert [slot.label[-11:] for slot in slots.values()] == ["09:00—09:30", "10:00—10:30", "10:30—11:00", "11:00—11:30"]
    typed = _typed(cast, slot=next(iter(slots)), wanted_on="", starts_at="", ends_at="")
    assert client.post(_form(cast), typed).status_code == 302
    booking = Booking.objects.get(starts_at="09:00")
    assert (booking.wanted_on, booking.recorded_by, booking.visitor_phone) == (SATURDAY, cast.liaison, PHONE)
    late = client.post(_form(cast), typed | {"submission_key": str(uuid.uuid4())})
    assert late.status_code == 422
    assert "这个时间刚被别人约走，您填的内容还在，请另选一个时间" in late.content.decode()
    assert NAME in late.content.decode()


def test_the_same_form_sent_twice_is_one_booking(cast: Cast, login: Login) -> None:
    client, typed = login(cast.liaison), _typed(cast)
    assert [client.post(_form(cast), typed).status_code for _ in range(2)] == [302, 302]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"wanted_on": "2026-11-23"}, "约见日期不能早于今天（11月24日）"),
        ({"ends_at": "08:30"}, "结束时间要晚于开始时间"),
        ({"wanted_on": ""}, "请填写约见日期"),
        ({"wanted_on": "周六"}, "约见日期请按“2026-11-28”填写"),
        ({"starts_at": "早上"}, "开始时间请按“09:00”填写"),
        ({"visitor_phone": "1990000123"}, "手机号应为 11 位数字,现在是 10 位"),
        ({"visitor_phone": ""}, "请填写联系电话，改期时好通知来访人"),
        ({"visitor_name": ""}, "请填写来访人姓名"),
        ({"channel": "WEB"}, "请选择电话或当面"),
        ({"slot": ""}, "请选择时间"),
        ({"studio": "0"}, "没有这个工作室，请重新选择"),
        ({"submission_key": ""}, "页面不完整，请刷新后再填"),
    ],
)
def test_bad_input_is_a_sentence_and_keeps_the_words(
    cast: Cast, login: Login, changes: dict[str, str], sentence: str
) -> None:
    page = login(cast.liaison).post(_form(cast), _typed(cast, **changes))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert MATTER in page.content.decode()
    assert not Booking.objects.exists()


def test_only_representatives_of_the_own_studios_are_offered(cast: Cast, login: Login) -> None:
    stranger = RepresentativeFactory(delegation=cast.other_town, name="代表丙", studios=[cast.other_studio])
    client = login(cast.liaison)
    assert [row.name for row in client.get("/desk/bookings/new/").context["page"].rows] == ["代表甲"]
    assert client.get(f"/desk/bookings/new/?rep={stranger.pk}").status_code == 404
    assert client.get("/desk/bookings/new/?rep=x").status_code == 404
    assert [row.name for row in client.get("/desk/bookings/new/?q=daibiaojia").context["page"].rows] == ["代表甲"]
    assert client.get("/desk/bookings/new/?q=没有").context["page"].rows == []


def test_lists_mask_the_visitor_and_flag_what_waits_too_long(cast: Cast, login: Login) -> None:
    book(cast)
    page = login(cast.liaison).get(LIST).content.decode()
    assert ("来*" in page, "199****1234" in page, NAME in page, PHONE in page) == (True, True, False, False)
    assert "超过 2 天未答复" not in page
    with time_machine.travel("2026-11-26 09:31 +0800"):
        client = login(cast.liaison)
        assert "超过 2 天未答复" in client.get(LIST).content.decode()
        desk = {item.label: item.number for item in client.get("/desk/").context["counters"]}
        assert desk["约见超过 2 天未答复"] == desk["约见待确认"] == 1


def test_lists_stay_within_the_scope(cast: Cast, login: Login) -> None:
    booking = book(cast)
    seen = {who: len(login(getattr(cast, who)).get(LIST).context["rows"]) for who in ("town_office", "leader")}
    assert seen == {"town_office": 1, "leader": 1}
    for who in ("other_liaison", "other_town_office", "stranger"):
        client = login(getattr(cast, who))
        assert client.get(LIST).context["rows"] == []
        assert client.get(booking.get_absolute_url()).status_code == 404
        assert client.post(f"{booking.get_absolute_url()}accept/").status_code == 404
    assert login(cast.leader).post(f"{booking.get_absolute_url()}accept/").status_code == 403
    assert client.get(f"{LIST}?view=x").status_code == 404


def test_the_representative_sees_the_visitor_once_accepted(cast: Cast, login: Login) -> None:
    booking, client = book(cast), login(cast.representative_user)
    assert client.get(MINE).context["rows"][0].booking == booking
    assert client.get("/me/").context["bookings"][0].url == MINE
    before = client.get(booking.get_absolute_url()).content.decode()
    assert (NAME in before, PHONE in before, "确认后显示" in before) == (False, False, True)
    assert client.post(f"{booking.get_absolute_url()}accept/").status_code == 302
    after = client.get(booking.get_absolute_url()).content.decode()
    assert f'href="tel:{PHONE}"' in after
    shown = AuditEntry.objects.filter(action=AuditAction.REVEAL, actor=cast.representative_user)
    assert [row.subject for row in shown] == [f"指定约见 #{booking.pk}"]
    assert PHONE not in login(cast.town_office).get(booking.get_absolute_url()).content.decode()


def test_the_second_answer_gets_a_conflict_page(cast: Cast, login: Login) -> None:
    booking = agreed(cast)
    page = login(cast.liaison).post(f"{booking.get_absolute_url()}accept/")
    assert page.status_code == 409
    assert "代表甲 刚刚已处理：这个约见已经确认" in page.content.decode()
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("decline", {"reason": ""}, "请写明原因，联络员会转告来访人"),
        ("cancel", {"reason": " "}, "请写明原因，联络员会转告来访人"),
        ("move", {"wanted_on": "2026-12-05", "starts_at": "09:00", "ends_at": "09:30"}, "请写明改期的原因"),
        (
            "move",
            {"wanted_on": "2026-11-01", "starts_at": "09:00", "ends_at": "09:30", "reason": "开会"},
            "约见日期不能早于今天（11月24日）",
        ),
        (
            "move",
            {"wanted_on": "2026-12-05", "starts_at": "09:00", "ends_at": "08:30", "reason": "开会"},
            "结束时间要晚于开始时间",
        ),
    ],
)
def test_bad_answers_change_nothing(cast: Cast, login: Login, verb: str, typed: dict[str, Any], sentence: str) -> None:
    booking = book(cast)
    page = login(cast.representative_user if verb != "cancel" else cast.liaison).post(
        f"{booking.get_absolute_url()}{verb}/", typed
    )
    assert page.status_code == 422
    assert sentence in page.content.decode()
    booking.refresh_from_db()
    assert (booking.state, booking.wanted_on) == (BookingState.REQUESTED, date(2026, 11, 29))


def test_buttons_are_what_the_table_allows(cast: Cast, login: Login) -> None:
    booking = book(cast)
    for who, verbs in {
        "liaison": {"accept", "move", "decline", "cancel"},
        "representative_user": {"accept", "move", "decline"},
        "leader": set(),
    }.items():
        page = login(getattr(cast, who)).get(booking.get_absolute_url()).content.decode()
        assert set(re.findall(rf"/desk/bookings/{booking.pk}/(\w+)/", page)) == verbs
    client = login(cast.liaison)
    assert client.post(f"{booking.get_absolute_url()}keep/").status_code == 404
    assert client.get(f"{booking.get_absolute_url()}accept/").status_code == 405


def _visit(cast: Cast, decision: str, **changes: str) -> dict[str, str]:
    return {
        "matter": "路灯不亮",
        "answer": "已联系电工",
        "people": "2",
        "method": "WALK_IN",
        "category": "ROADS",
        "received_on": "2026-11-28",
        "studio": str(cast.studio.pk),
        "representative": str(cast.representative.pk),
        "submission_key": str(uuid.uuid4()),
        "decision": decision,
        "visitor_name": NAME,
        "visitor_phone": PHONE,
        "level": "TOWN",
    } | changes


@pytest.mark.parametrize("decision", ["on_site", "to_suggestion"])
def test_kept_by_the_visit_that_is_recorded(cast: Cast, login: Login, decision: str) -> None:
    booking = agreed(cast, time_on(SATURDAY))
    address = f"/desk/visits/new/?booking={booking.pk}"
    with time_machine.travel("2026-11-28 10:00 +0800", tick=False):
        client = login(cast.liaison)
        assert f"/desk/visits/new/?booking={booking.pk}" in client.get(booking.get_absolute_url()).content.decode()
        form = client.get(address).context["form"]
        assert (form["visitor_name"].value(), form["visitor_phone"].value()) == (NAME, PHONE)
        assert (form["matter"].value(), form["representative"].value()) == (MATTER, cast.representative.pk)
        typed = _visit(cast, decision)
        assert [client.post(address, typed).status_code for _ in range(2)] == [302, 302]
        again = client.post(address, _visit(cast, decision))
        assert again.status_code == 422
        assert "这个约见已经见面" in again.content.decode()
    booking.refresh_from_db()
    visit = Visit.objects.get()
    assert (booking.state, booking.visit, visit.appointment) == (BookingState.KEPT, visit, booking.appointment)
    meeting = Appointment.objects.get()
    assert meeting.status == AppointmentStatus.HELD
    assert meeting.attendances.get().status == AttendanceStatus.PRESENT
    assert Suggestion.objects.count() == (decision == "to_suggestion")


def test_a_visit_cannot_keep_what_is_not_agreed_or_anothers(cast: Cast, login: Login) -> None:
    booking = book(cast, time_on(SATURDAY))
    address = f"/desk/visits/new/?booking={booking.pk}"
    assert login(cast.liaison).get(address).status_code == 403
    assert login(cast.other_liaison).get(address).status_code == 404
    assert login(cast.liaison).get("/desk/visits/new/?booking=x").status_code == 404
    refused = login(cast.liaison).post(address, _visit(cast, "on_site", received_on="2026-11-24"))
    assert refused.status_code == 422
    assert not Visit.objects.exists()


def test_lists_ask_the_same_at_one_and_at_fifty_rows(cast: Cast, login: Login) -> None:
    addresses = [(cast.liaison, LIST), (cast.representative_user, MINE), (cast.liaison, "/desk/bookings/new/")]

    def queries() -> list[int]:
        found = []
        for user, address in addresses:
            client = login(user)
            client.get("/desk/inbox/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(captured))
        return found

    book(cast)
    few = queries()
    for number in range(49):
        book(cast)
        RepresentativeFactory(delegation=cast.town, studios=[cast.studio], name=f"代表{number}")
    assert queries() == few
