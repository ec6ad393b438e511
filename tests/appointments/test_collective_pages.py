"""The pages of a collective day: the quarter, making the appointments, entering who came line by line."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from appointments.enums import AppointmentStatus, AttendanceStatus
from appointments.models import Appointment, Attendance, CollectiveDay
from appointments.quarters import Quarter
from appointments.services.collective import fingerprint
from suggestions.models import Suggestion
from tests.appointments.gatherings import gather, seat_of
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
LIST, GENERATE, DAY = "/desk/collective/", "/desk/collective/generate/", "/desk/collective/day/"
Q3 = Quarter(2026, 3)


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _address(meeting: Appointment) -> str:
    return f"/desk/collective/{meeting.pk}/"


def _line(seat: Attendance, status: str = "", people: str = "", **more: str) -> dict[str, str]:
    data = {"status": status, "people_met": people, "place": seat.place, "note": ""} | more
    seen = data.pop("seen", fingerprint(seat))
    return {f"seat{seat.pk}-{name}": value for name, value in data.items()} | {f"seen{seat.pk}": seen}


def test_the_quarter_says_its_day_and_warns_of_a_holiday(cast: Cast, login: Login) -> None:
    page = login(cast.county_office).get(f"{LIST}?q=2026Q3").content.decode()
    assert "2026年9月27日" in page
    assert "这天在中秋节假期内，请确认是否另定日子。" in page
    assert "2026年第四季度" in login(cast.leader).get(f"{LIST}?q=x").content.decode()


def test_an_office_generates_for_its_own_and_twice_is_said_so(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    first = client.post(GENERATE, {"q": "2026Q4"}, follow=True).content.decode()
    assert "已生成 1 场，列入 1 人。" in first
    assert "已经生成过，名单没有变化。" in client.post(GENERATE, {"q": "2026Q4"}, follow=True).content.decode()
    assert list(Appointment.objects.values_list("delegation", flat=True)) == [cast.town.pk]
    login(cast.county_office).post(GENERATE, {"q": "2026Q4"})
    assert Appointment.objects.count() == 2


def test_a_past_quarter_asks_whether_that_is_meant(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    page = client.post(GENERATE, {"q": "2026Q3"})
    assert page.status_code == 422
    assert "2026年第三季度的集中约见日（2026年9月27日）已过，确要补建请勾选“补建”" in page.content.decode()
    assert not Appointment.objects.exists()
    assert client.post(GENERATE, {"q": "2026Q3", "includes_past": "on"}).status_code == 302
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize("who", ["leader", "liaison", "representative_user", "unit_handler"])
def test_who_arranges_nothing_generates_nothing(cast: Cast, login: Login, who: str) -> None:
    assert login(getattr(cast, who)).post(GENERATE, {"q": "2026Q4"}).status_code == 403
    assert not Appointment.objects.exists()


def test_a_quarter_that_does_not_exist_is_not_found(cast: Cast, login: Login) -> None:
    assert login(cast.town_office).post(GENERATE, {"q": "2026Q9"}).status_code == 404


def test_another_day_is_set_or_explained(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    page = client.post(f"{DAY}?q=2026Q4", {"held_on": "2027-01-03", "reason": "元旦后"})
    assert page.status_code == 422
    assert "请选2026年第四季度内的日子（2026年10月1日至2026年12月31日）" in page.content.decode()
    assert "元旦后" in page.content.decode()
    assert client.post(f"{DAY}?q=2026Q4", {"held_on": "2026-12-20", "reason": "年底忙"}).status_code == 302
    assert CollectiveDay.objects.get().held_on == date(2026, 12, 20)
    assert "另定的日子：年底忙" in client.get(f"{LIST}?q=2026Q4").content.decode()


def test_right_lines_are_saved_though_one_is_wrong(cast: Cast, login: Login) -> None:
    RepresentativeFactory(delegation=cast.town, name="代表乙")
    RepresentativeFactory(delegation=cast.town, name="代表丙")
    meeting = gather(cast, Q3)
    first, second, third = meeting.attendances.order_by("pk")
    typed = _line(first, "PRESENT", "12") | _line(second, "LEAVE", "3", note="住院") | _line(third)
    page = login(cast.town_office).post(_address(meeting), typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "已保存 1 人的到岗情况。" in text
    assert "代表乙：代表乙没有到岗，不能填约见人数" in text
    assert 'value="住院"' in text
    assert list(meeting.attendances.order_by("pk").values_list("status", "people_met")) == [
        ("PRESENT", 12),
        ("EXPECTED", None),
        ("EXPECTED", None),
    ]


@pytest.mark.parametrize(
    ("status", "people", "sentence"),
    [
        ("PRESENT", "-1", "约见人数不能小于 0"),
        ("PRESENT", "很多", "约见人数请填数字"),
        ("PRESENT", "2001", "一位党代表最多填 2000 人，请核对"),
        ("", "3", "请选择代表甲的到岗情况"),
        ("VACANT", "", "请选择到岗、请假或缺勤"),
    ],
)
def test_a_wrong_line_is_a_sentence(cast: Cast, login: Login, status: str, people: str, sentence: str) -> None:
    meeting = gather(cast, Q3)
    page = login(cast.town_office).post(_address(meeting), _line(seat_of(cast, meeting), status, people))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert seat_of(cast, meeting).status == AttendanceStatus.EXPECTED


def test_one_button_for_all_who_were_not_ticked(cast: Cast, login: Login) -> None:
    RepresentativeFactory(delegation=cast.town)
    meeting = gather(cast, Q3)
    first, second = meeting.attendances.order_by("pk")
    typed = _line(first, "LEAVE") | _line(second) | {"decision": "all_there"}
    assert login(cast.town_office).post(_address(meeting), typed).status_code == 302
    assert list(meeting.attendances.order_by("pk").values_list("status", flat=True)) == ["LEAVE", "PRESENT"]


def test_a_stale_line_shows_both_and_is_saved_once_it_was_seen(cast: Cast, login: Login) -> None:
    meeting = gather(cast, Q3)
    seat = seat_of(cast, meeting)
    address, old = _address(meeting), fingerprint(seat)
    login(cast.county_office).post(address, _line(seat, "LEAVE"))
    client = login(cast.town_office)
    page = client.post(address, _line(seat, "PRESENT", "3", seen=old))
    assert page.status_code == 409
    assert "别人刚刚改为：请假" in page.content.decode()
    assert 'value="3"' in page.content.decode()
    assert seat_of(cast, meeting).status == AttendanceStatus.LEAVE
    assert client.post(address, _line(seat, "PRESENT", "3", seen="LEAVE|None||")).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.headcount) == (AppointmentStatus.HELD, 3)


def test_readers_read_and_strangers_find_nothing(cast: Cast, login: Login) -> None:
    meeting = gather(cast, Q3)
    typed = _line(seat_of(cast, meeting), "PRESENT")
    for who, status in {"leader": 403, "representative_user": 403, "other_town_office": 404, "stranger": 404}.items():
        assert login(getattr(cast, who)).post(_address(meeting), typed).status_code == status
    assert seat_of(cast, meeting).status == AttendanceStatus.EXPECTED
    assert "保存到岗情况" not in login(cast.leader).get(_address(meeting)).content.decode()


def test_suggestions_of_the_day_carry_it_over(cast: Cast, login: Login) -> None:
    meeting = gather(cast, Q3)
    client = login(cast.representative_user)
    address = f"/desk/suggestions/new/?appointment={meeting.pk}"
    assert address.replace("&", "&amp;") in client.get(_address(meeting)).content.decode()
    assert login(cast.liaison).get(address).context["form"]["appointment"].value() == str(meeting.pk)
    typed = {
        "title": "修村口的路",
        "content": "雨天积水",
        "category": "ROADS",
        "level": "TOWN",
        "representative": str(cast.representative.pk),
        "appointment": str(meeting.pk),
        "decision": "submit",
    }
    assert client.post(address, typed).status_code == 302
    assert Suggestion.objects.get().appointment == meeting


def test_a_suggestion_of_the_day_needs_somebody_who_was_called(cast: Cast, login: Login) -> None:
    meeting = gather(cast, Q3)
    newcomer = RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
    typed = {"title": "路", "content": "路", "category": "ROADS", "level": "TOWN", "representative": str(newcomer.pk)}
    page = login(cast.liaison).post("/desk/suggestions/new/", typed | {"appointment": str(meeting.pk)})
    assert page.status_code == 422
    assert "这位党代表不在这次集中约见的名单里，请重新选择" in page.content.decode()
    assert "appointment" not in login(cast.other_liaison).get("/desk/visits/new/").context["form"].fields
    assert not Suggestion.objects.exists()


def test_pages_ask_the_same_at_one_and_at_fifty_rows(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    meeting = gather(cast, Q3)

    def queries(address: str) -> int:
        client.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [_address(meeting), f"{LIST}?q=2026Q3", "/reports/collective/?q=2026Q3"]
    few = [queries(address) for address in addresses]
    RepresentativeFactory.create_batch(49, delegation=cast.town)
    assert gather(cast, Q3).attendances.count() == 50
    assert [queries(address) for address in addresses] == few
