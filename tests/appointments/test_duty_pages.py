"""The pages of duties, swaps, leave and gaps: what they offer, refuse and keep, and what they cost."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from appointments.enums import AttendanceStatus, SwapState
from appointments.models import Attendance, Leave, Swap
from appointments.services import accept_swap, request_leave, request_swap
from tests.appointments.duties import NEXT, SATURDAY, account, colleague, duty
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def test_three_taps_from_the_own_page(cast: Cast, login: Login) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    client = login(cast.representative_user)
    address = f"/desk/swaps/new/?seat={seat.pk}"
    for start in ("/me/", "/me/duty/"):
        assert address in client.get(start).content.decode()
    page = client.get(address).content.decode()
    assert "代表乙" in page
    response = client.post(address, {"choice": other.pk}, follow=True)
    swap = Swap.objects.get()
    assert (swap.asked, swap.reason) == (other, "工作冲突")
    assert "已发出换班请求" in response.content.decode()


def test_confirming_is_one_tap(cast: Cast, login: Login) -> None:
    seat = duty(cast.representative, cast.studio)
    client = login(cast.representative_user)
    assert client.get(f"/me/duty/{seat.pk}/confirm/").status_code == 405
    assert "已确认，请按时到岗" in client.post(f"/me/duty/{seat.pk}/confirm/", follow=True).content.decode()
    seat.refresh_from_db()
    assert seat.confirmed_at is not None


def test_a_choice_is_asked_for_and_words_are_kept(cast: Cast, login: Login) -> None:
    seat, busy = duty(cast.representative, cast.studio), colleague(cast, "代表忙")
    duty(busy, cast.other_studio)
    client = login(cast.representative_user)
    for data, sentence in (
        ({"words": "去省里开会"}, "请选择一位同事，或请联络员安排"),
        ({"words": "去省里开会", "choice": busy.pk}, "这位党代表这天已经没有空，请另选一位"),
    ):
        response = client.post(f"/desk/swaps/new/?seat={seat.pk}", data)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "去省里开会" in response.content.decode()
    assert not Swap.objects.exists()


@pytest.mark.parametrize("key", ["x", "", "99999999999", "²"])
def test_an_address_without_a_seat_asks_which(cast: Cast, login: Login, key: str) -> None:
    duty(cast.representative, cast.studio)
    page = login(cast.representative_user).get(f"/desk/swaps/new/?seat={key}").content.decode()
    assert "换哪一次值班" in page
    assert "11月28日" in page


def test_another_towns_seat_does_not_exist(cast: Cast, login: Login) -> None:
    seat = duty(cast.representative, cast.studio)
    for who in (cast.other_town_office, cast.other_liaison, cast.stranger):
        assert login(who).get(f"/desk/swaps/new/?seat={seat.pk}").status_code == 404


def test_answering_from_my_swaps_and_losing_the_race(cast: Cast, login: Login) -> None:
    seat, other, third = duty(cast.representative, cast.studio), colleague(cast), colleague(cast, "代表丙")
    swap = request_swap(seat=seat, actor=cast.representative_user, reason="外出")
    address = f"/desk/swaps/{swap.pk}/accept/"
    assert address in login(account(other)).get("/me/swaps/").content.decode()
    assert "等您答复" in login(account(other)).get("/me/").content.decode()
    assert login(account(other)).post(address).status_code == 302
    assert login(account(third)).post(address).status_code == 409
    office = login(cast.town_office).post(address, {"taker": third.pk})
    assert office.status_code == 409
    assert "代表乙 刚刚已答应接替这次值班" in office.content.decode()


def test_the_office_decides_and_has_to_say_why_not(cast: Cast, login: Login) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    swap = request_swap(seat=seat, actor=cast.representative_user, asked=other, reason="外出")
    accept_swap(swap=swap, actor=account(other), taker=other)
    office = login(cast.town_office)
    assert "换班待批准" in office.get("/desk/").content.decode()
    refused = office.post(f"/desk/swaps/{swap.pk}/refuse/", {"note": ""})
    assert refused.status_code == 422
    assert "请写明不批准的理由" in refused.content.decode()
    assert login(cast.liaison).post(f"/desk/swaps/{swap.pk}/approve/").status_code == 403
    assert office.post(f"/desk/swaps/{swap.pk}/dance/").status_code == 404
    assert office.post(f"/desk/swaps/{swap.pk}/approve/").status_code == 302
    assert office.post(f"/desk/swaps/{swap.pk}/approve/").status_code == 409
    swap.refresh_from_db()
    assert swap.state == SwapState.DONE


def test_a_liaison_takes_over_for_a_colleague_they_name(cast: Cast, login: Login) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    colleague(cast, "代表丙")
    swap = request_swap(seat=seat, actor=cast.liaison, reason="外出")
    client = login(cast.liaison)
    page = client.get(f"/desk/swaps/{swap.pk}/").content.decode()
    assert "（代办）" in page
    assert client.post(f"/desk/swaps/{swap.pk}/accept/").status_code == 422
    assert client.post(f"/desk/swaps/{swap.pk}/accept/", {"taker": other.pk}).status_code == 302
    assert "登记接替" not in client.get(f"/desk/swaps/{swap.pk}/").content.decode()


def test_a_swap_whose_seat_changed_says_so(cast: Cast, login: Login) -> None:
    seat = duty(cast.representative, cast.studio)
    swap = request_swap(seat=seat, actor=cast.representative_user, reason="外出")
    Attendance.objects.update(status=AttendanceStatus.LEAVE)
    page = login(cast.liaison).get(f"/desk/swaps/{swap.pk}/").content.decode()
    assert "另作安排，不用再换班" in page
    assert "登记接替" not in page


def test_leave_from_the_form_to_the_filled_gap(cast: Cast, login: Login) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    own, office = login(cast.representative_user), login(cast.town_office)
    days = {"representative": cast.representative.pk, "first_on": "2026-11-28", "last_on": "2026-11-27"}
    refused = own.post("/desk/leaves/new/", days | {"reason": "住院"})
    assert refused.status_code == 422
    assert "结束日期不能早于开始日期" in refused.content.decode()
    assert "住院" in refused.content.decode()
    own.post("/desk/leaves/new/", days | {"last_on": "2026-11-29", "reason": "住院"})
    leave = Leave.objects.get()
    assert "请假待审批" in office.get("/desk/").content.decode()
    assert office.post(f"/desk/leaves/{leave.pk}/refuse/").status_code == 422
    page = office.post(f"/desk/leaves/{leave.pk}/approve/", follow=True).content.decode()
    assert "1 次值班空缺" in page
    assert "请代表乙接替" in page
    assert office.post(f"/desk/leaves/{leave.pk}/approve/").status_code == 409
    assert login(cast.liaison).post(f"/desk/gaps/{seat.pk}/fill/", {"representative": other.pk}).status_code == 403
    done = office.post(f"/desk/gaps/{seat.pk}/fill/", {"representative": other.pk}, follow=True)
    assert "已由代表乙接替" in done.content.decode()
    assert office.post(f"/desk/gaps/{seat.pk}/fill/", {"representative": other.pk}).status_code == 409


def test_nobody_asks_for_somebody_elses_leave(cast: Cast, login: Login) -> None:
    data = {"first_on": "2026-11-28", "last_on": "2026-11-28", "reason": "住院", "representative": colleague(cast).pk}
    response = login(cast.representative_user).post("/desk/leaves/new/", data)
    assert response.status_code == 422
    assert not Leave.objects.exists()


@pytest.mark.parametrize("address", ["/desk/swaps/?view=x", "/desk/leaves/?view=x", "/desk/leaves/1/dance/"])
def test_unknown_views_and_steps_do_not_exist(cast: Cast, login: Login, address: str) -> None:
    client = login(cast.town_office)
    assert (client.post if "dance" in address else client.get)(address).status_code == 404


LISTS = {
    "/me/duty/": "representative_user",
    "/me/swaps/": "representative_user",
    "/desk/swaps/?view=all": "town_office",
    "/desk/swaps/new/": "town_office",
    "/desk/leaves/?view=all": "town_office",
    "/desk/gaps/": "town_office",
    "/desk/": "town_office",
}


def test_lists_cost_the_same_at_one_and_at_many_rows(cast: Cast, login: Login) -> None:
    clients = {who: login(getattr(cast, who)) for who in set(LISTS.values())}
    _fill(cast, 0, 1)
    few = {address: _queries(clients[who], address) for address, who in LISTS.items()}
    _fill(cast, 1, 12)
    assert {address: _queries(clients[who], address) for address, who in LISTS.items()} == few


def _fill(cast: Cast, first: int, last: int) -> None:
    """Each week: a duty and a swap of the own, one asked of the own, a leave, a gap with colleagues."""
    for week in range(first, last):
        day = SATURDAY + timedelta(weeks=week)
        other = RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
        own = duty(cast.representative, cast.studio, day)
        request_swap(seat=own, actor=cast.representative_user, reason="外出")
        asking = duty(other, cast.studio, day + timedelta(days=1))
        request_swap(seat=asking, actor=cast.liaison, asked=cast.representative, reason="外出")
        duty(other, cast.studio, day + timedelta(days=2), status="LEAVE")
        request_leave(representative=other, first_on=day, last_on=day, reason="住院", actor=cast.liaison)


def _queries(client: Client, address: str) -> int:
    client.get("/desk/inbox/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_past_duties_of_the_year_are_folded(cast: Cast, login: Login) -> None:
    duty(cast.representative, cast.studio, date(2026, 3, 7), status="PRESENT")
    duty(cast.representative, cast.studio, date(2025, 3, 1), status="PRESENT")
    page = login(cast.representative_user).get("/me/duty/").content.decode()
    assert "2026年已过的值班（1 次）" in page
    assert "近期没有值班安排" in page
    assert str(NEXT) not in page
