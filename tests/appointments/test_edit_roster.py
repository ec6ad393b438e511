"""A draft on its page: who may sit where and why, two offices at once, bad input."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from appointments.models import Roster, RosterSeat
from appointments.rosters.candidates import candidates
from appointments.rosters.facts import load_facts
from appointments.services.rosters.editing import seat_person
from appointments.services.rosters.errors import RosterConflictError, RosterError
from tests.appointments.factories import AttendanceFactory, RosterFactory, RosterSeatFactory
from tests.appointments.rosters import DAYS, Drafted, drafted
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def found(cast: Cast) -> Drafted:
    return drafted(cast)


def _assign(client: Client, seat: RosterSeat, person: int | str, version: int | str = 1) -> Any:
    address = f"{seat.roster.get_absolute_url()}seats/{seat.pk}/assign/"
    return client.post(address, {"representative": person, "version": version})


def test_somebody_is_seated_and_the_version_grows(cast: Cast, login: Login, found: Drafted) -> None:
    spare = RepresentativeFactory(delegation=cast.town, name="代表己", studios=[cast.studio])
    response = _assign(login(cast.town_office), found.seats[0], spare.pk)
    assert response.url == f"{found.roster.get_absolute_url()}#seat-{found.seats[0].pk}"
    row = RosterSeat.objects.get(pk=found.seats[0].pk)
    assert (row.representative, row.is_by_hand, row.reason) == (spare, True, "人工安排")
    found.roster.refresh_from_db()
    assert (found.roster.version, found.roster.changed_by) == (2, cast.town_office)


def test_a_seat_is_emptied(cast: Cast, login: Login, found: Drafted) -> None:
    _assign(login(cast.town_office), found.seats[0], "")
    assert RosterSeat.objects.get(pk=found.seats[0].pk).representative is None
    page = login(cast.leader).get(found.roster.get_absolute_url()).content.decode()
    assert "人工空出" in page
    assert f"seats/{found.seats[0].pk}/" not in page


def test_two_offices_edit_one_draft(cast: Cast, login: Login, found: Drafted) -> None:
    _assign(login(cast.county_office), found.seats[1], "")
    response = _assign(login(cast.town_office), found.seats[0], "", version=1)
    assert response.status_code == 409
    assert "党联办甲 11月24日 09:00 刚改过这份草稿（第 2 版）" in response.content.decode()
    assert RosterSeat.objects.get(pk=found.seats[0].pk).representative == cast.representative
    with pytest.raises(RosterConflictError):
        seat_person(seat=found.seats[0], person=None, version=1, actor=cast.town_office)


def test_the_unfit_are_shown_disabled_with_the_reason(cast: Cast, login: Login, found: Drafted) -> None:
    client, seat = login(cast.town_office), found.seats[0]
    busy = RepresentativeFactory(delegation=cast.town, name="代表忙", studios=[cast.studio])
    AttendanceFactory(appointment__kind="COLLECTIVE", appointment__held_on=DAYS[0], representative=busy)
    gone = RepresentativeFactory(
        delegation=cast.town, name="代表离", studios=[cast.studio], status="SUSPENDED", status_reason="病休",
        status_on=date(2026, 11, 1),
    )  # fmt: skip
    page = client.get(f"{found.roster.get_absolute_url()}seats/{seat.pk}/").content.decode()
    for person, why in ((busy, "这天有集中约见"), (gone, "停止执行职务")):
        assert f'value="{person.pk}" disabled' in page
        assert why in page
        response = _assign(client, seat, person.pk)
        assert response.status_code == 422
        assert f"{person.name}{why}，不能安排在1月9日（周六）" in response.content.decode()
    assert RosterSeat.objects.get(pk=seat.pk).representative == cast.representative


def test_nobody_sits_twice_a_day_or_where_they_do_not_belong(cast: Cast, found: Drafted) -> None:
    other = RosterSeatFactory(roster=found.roster, studio=cast.other_studio, held_on=DAYS[0])
    cast.representative.studios.add(cast.other_studio)
    with pytest.raises(RosterError, match="这天已在曲塘镇第一村党代表工作室值班"):
        seat_person(seat=other, person=cast.representative, version=1, actor=cast.town_office)
    with pytest.raises(RosterError, match="不在"):
        seat_person(seat=other, person=found.people[1], version=1, actor=cast.town_office)


@pytest.mark.parametrize(("person", "version"), [("999999", 1), ("x", 1), ("", ""), ("", "x")])
def test_nonsense_is_a_sentence(cast: Cast, login: Login, found: Drafted, person: str, version: str) -> None:
    response = _assign(login(cast.town_office), found.seats[0], person, version)
    assert response.status_code == 422
    assert "没有改动" in response.content.decode()
    assert RosterSeat.objects.get(pk=found.seats[0].pk).representative == cast.representative


def test_a_seat_of_another_roster_is_not_reached_through_this_one(cast: Cast, login: Login, found: Drafted) -> None:
    foreign = RosterSeatFactory(roster=RosterFactory(delegation=cast.other_town), studio=cast.other_studio)
    for verb in ("", "assign/", "replace/", "move/", "cancel/"):
        address = f"{found.roster.get_absolute_url()}seats/{foreign.pk}/{verb}"
        client = login(cast.town_office)
        assert (client.post(address) if verb else client.get(address)).status_code == 404


def test_candidates_come_fairest_first(cast: Cast, found: Drafted) -> None:
    rested = RepresentativeFactory(delegation=cast.town, name="代表己", studios=[cast.studio])
    AttendanceFactory(
        appointment__studio=cast.studio, appointment__held_on=date(2026, 8, 1), representative=rested, present=True
    )
    RosterSeatFactory(
        roster=found.roster, studio=cast.studio, held_on=date(2027, 1, 16), representative=found.people[2]
    )
    found.people[1].leaves.create(
        first_on=DAYS[0], last_on=DAYS[0], reason="出差", status="APPROVED", requested_by=cast.town_office,
        requested_at="2026-11-24 09:00+08:00",
    )  # fmt: skip
    rows = candidates(load_facts(found.roster), DAYS[0], cast.studio.pk)
    assert [(row.person.name, row.why, row.hindrance, row.warning) for row in rows] == [
        ("代表己", "上次值班 8月1日，本期 0 次", "", ""),
        ("代表戊", "还没有值过班，本期 2 次", "", "与1月16日（周六）间隔不足 3 周"),
        ("代表甲", "还没有值过班，本期 1 次", "已在这一班", ""),
        ("代表丁", "还没有值过班，本期 1 次", "这天请假", ""),
    ]


def test_overload_and_gap_are_flagged_in_the_grid(cast: Cast, login: Login, found: Drafted) -> None:
    for day in (date(2027, 1, 16), date(2027, 1, 23)):
        RosterSeatFactory(roster=found.roster, studio=cast.studio, held_on=day, representative=cast.representative)
    page = login(cast.town_office).get(found.roster.get_absolute_url()).content.decode()
    assert "本期 3 次，偏多" in page
    assert "间隔不足 3 周" in page
    assert "本期值班最多的 3 次，最少的 1 次，没有空缺" in page


def test_the_builder_drafts_with_everything_typed_kept_on_errors(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    assert "曲塘镇代表队" in client.get("/desk/roster/?q=2027Q1").content.decode()
    typed = {
        "delegation": cast.town.pk,
        "first_on": "2027-01-01",
        "last_on": "2027-03-31",
        "holidays": "SKIP",
        "people_per_session": "1",
    }
    wrong: list[tuple[dict[str, object], str]] = [
        ({"last_on": "2026-12-31"}, "结束日期不能早于开始日期"),
        ({"first_on": "元旦"}, "从请按“2026-10-01”填写"),
        ({"holidays": ""}, "请选择遇到节假日怎么办"),
        ({"people_per_session": "9"}, "每班人数请填 1 到 5 之间的整数"),
        ({"delegation": cast.other_town.pk}, "请选择代表队"),
        ({"first_on": "2026-01-01", "last_on": "2026-02-01"}, "这段时间已经过去"),
        ({"first_on": "2026-11-01", "last_on": "2026-12-01"}, "开始日期已经过去"),
    ]
    for change, sentence in wrong:
        response = client.post("/desk/roster/new/", typed | change)
        assert response.status_code == 422
        assert sentence in response.content.decode()
    assert not Roster.objects.exists()
    response = client.post("/desk/roster/new/", typed)
    assert response.url == Roster.objects.get().get_absolute_url()
    again = client.post("/desk/roster/new/", typed)
    assert again.status_code == 422
    assert "已排好这份值班表" in again.content.decode()


@pytest.mark.parametrize("key", ["2027Q5", "2027", "x", "20Q1", ""])
def test_an_unknown_quarter_is_the_whole_list(cast: Cast, login: Login, found: Drafted, key: str) -> None:
    page = login(cast.town_office).get("/desk/roster/", {"q": key}).content.decode()
    assert found.roster.get_absolute_url() in page
    assert "自动排班</button>" not in page


def test_refill_fills_what_was_emptied(cast: Cast, login: Login, found: Drafted) -> None:
    client = login(cast.town_office)
    _assign(client, found.seats[0], "")
    assert client.post(f"{found.roster.get_absolute_url()}refill/", {"version": 2}).status_code == 302
    seats = Roster.objects.get().seats
    assert seats.get(held_on=DAYS[0], studio=cast.studio).representative is not None
    assert [seats.get(held_on=day).representative for day in DAYS[1:]] == found.people[1:]
