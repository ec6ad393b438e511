"""The record page: who reads what of a person."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from representatives.enums import Level
from representatives.models import Mandate, Representative
from tests.appointments.factories import AttendanceFactory
from tests.cast import Cast
from tests.people import NEIGHBOURS
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
READS_PRIVATE = {
    "town_office",
    "other_town_office",
    "county_office",
    "leader",
    "liaison",
    "other_liaison",
    "representative_user",
}


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def person(cast: Cast) -> Representative:
    row = cast.representative
    row.phone, row.birth_date, row.bio, row.public_bio = "19900000077", date(1977, 7, 7), "在外打工十年", "为民服务"
    row.save()
    Mandate.objects.create(
        representative=row, term=13, level=Level.TOWN, electing_unit="第一选区", starts_on=date(2022, 6, 20)
    )
    return row


@pytest.mark.parametrize("who", sorted(NEIGHBOURS))
def test_private_facts(cast: Cast, login: Login, person: Representative, who: str) -> None:
    page = login(getattr(cast, who)).get(person.get_absolute_url()).content.decode()
    for secret in ("19900000077", "1977年7月7日", "在外打工十年", "修改记录", "状态变更", "登录账号"):
        assert (secret in page) is (who in READS_PRIVATE), secret
    assert "为民服务" in page
    assert "第一选区选举" in page


def test_another_representative_reads_no_private_facts(cast: Cast, login: Login, person: Representative) -> None:
    other = RepresentativeFactory(delegation=cast.town)
    page = login(cast.representative_user).get(other.get_absolute_url()).content.decode()
    assert "修改记录" not in page


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("county_office", {"edit", "status", "merge"}),
        ("town_office", {"edit", "status"}),
        ("other_town_office", set()),
        ("leader", set()),
        ("representative_user", set()),
    ],
)
def test_only_what_may_be_done_is_offered(cast: Cast, login: Login, who: str, offered: set[str]) -> None:
    target = cast.representative.get_absolute_url()
    page = login(getattr(cast, who)).get(target).content.decode()
    assert {verb for verb in ("edit", "status", "merge") if f'href="{target}{verb}/"' in page} == offered


def test_what_lies_ahead(cast: Cast, login: Login) -> None:
    own = {"representative": cast.representative, "appointment__studio": cast.studio}
    AttendanceFactory(**own, appointment__held_on=date(2026, 11, 28))
    AttendanceFactory(**own, appointment__held_on=date(2026, 11, 14))
    AttendanceFactory(**own, appointment__held_on=date(2026, 12, 5), status="LEAVE")
    page = login(cast.leader).get(cast.representative.get_absolute_url()).content.decode()
    assert "11月28日" in page
    assert "11月14日" not in page
    assert "12月5日" not in page


def test_a_merged_record_points_to_the_one_that_goes_on(cast: Cast, login: Login) -> None:
    duplicate = RepresentativeFactory(delegation=cast.town, merged_into=cast.representative)
    page = login(cast.county_office).get(duplicate.get_absolute_url()).content.decode()
    assert "已并入" in page
    assert f'href="{cast.representative.get_absolute_url()}"' in page
    assert "edit/" not in page
    for verb in ("edit", "status", "merge"):
        assert login(cast.county_office).get(f"{duplicate.get_absolute_url()}{verb}/").status_code == 403
