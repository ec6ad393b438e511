"""The public pages of a representative and of a studio: whom to meet where and when, and nothing private."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from representatives.enums import RepresentativeStatus
from representatives.models import Representative
from studios.enums import StudioStatus
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

pytestmark = pytest.mark.usefixtures("_on_a_tuesday")


@pytest.fixture
def _on_a_tuesday() -> object:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _end(person: Representative, status: RepresentativeStatus) -> None:
    person.status, person.status_on, person.status_reason = status, date(2026, 11, 1), "不便公开的原因"
    person.save()


def _duty(cast: Cast, day: date, **fields: object) -> None:
    kind, status = fields.get("kind", AppointmentKind.REGULAR), fields.get("status", AppointmentStatus.PLANNED)
    duty = AppointmentFactory(studio=cast.studio, held_on=day, kind=kind, status=status)
    seat = fields.get("seat", AttendanceStatus.EXPECTED)
    AttendanceFactory(appointment=duty, representative=cast.representative, status=seat)


def test_a_representative_as_everybody_may_see_them(cast: Cast, client: Client) -> None:
    cast.studio.address, cast.studio.phone = "第一村党群服务中心", "0513-00000001"
    cast.studio.save()
    person = cast.representative
    person.birth_date, person.phone, person.bio = date(1971, 2, 3), "19900004321", "不公开的简历"
    person.position, person.public_bio, person.ethnic_group = "村党总支书记", "在村里工作二十年", "演示族"
    person.save()
    page = client.get(f"/reps/{person.pk}/").content.decode()
    for shown in (
        "代表甲",
        "镇党代表",
        "村党总支书记",
        "在村里工作二十年",
        "第一村党群服务中心",
        'href="tel:0513-00000001"',
    ):
        assert shown in page
    for hidden in ("1971", "19900004321", "不公开的简历", "演示族", person.certificate_no):
        assert hidden not in page


def test_next_duties_only_regular_standing_and_to_come(cast: Cast, client: Client) -> None:
    _duty(cast, date(2026, 11, 28))
    _duty(cast, date(2026, 11, 21))
    _duty(cast, date(2026, 12, 5), status=AppointmentStatus.CANCELLED)
    _duty(cast, date(2026, 12, 12), seat=AttendanceStatus.LEAVE)
    _duty(cast, date(2026, 12, 13), kind=AppointmentKind.DESIGNATED)
    for address in (f"/reps/{cast.representative.pk}/", f"/studios/{cast.studio.pk}/"):
        seats = client.get(address).context["duties"]
        assert [seat.appointment.held_on for seat in seats] == [date(2026, 11, 28)]


def test_no_duty_says_what_to_do(cast: Cast, client: Client) -> None:
    assert "近期没有安排值班。可以打电话问工作室。" in client.get(f"/reps/{cast.representative.pk}/").content.decode()


@pytest.mark.parametrize("status", [RepresentativeStatus.SUSPENDED, RepresentativeStatus.TERMINATED])
def test_without_a_mandate_the_page_is_gone_and_names_others(
    cast: Cast, client: Client, status: RepresentativeStatus
) -> None:
    RepresentativeFactory(delegation=cast.town, name="代表乙", studios=[cast.studio])
    ended = RepresentativeFactory(delegation=cast.town, name="代表丙", studios=[cast.studio])
    RepresentativeFactory(delegation=cast.other_town, name="代表丁", studios=[cast.other_studio])
    _end(ended, status)
    _end(cast.representative, status)
    response = client.get(f"/reps/{cast.representative.pk}/")
    page = response.content.decode()
    assert response.status_code == 410
    assert [person.name for person in response.context["others"]] == ["代表乙"]
    for hidden in ("代表甲", "代表丙", "代表丁", "不便公开的原因", status.label):
        assert hidden not in page


def test_the_card_of_a_merged_record_leads_to_the_one_that_stands(cast: Cast, client: Client) -> None:
    merged = RepresentativeFactory(delegation=cast.town, name="重复的记录", merged_into=cast.representative)
    response = client.get(f"/reps/{merged.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/reps/{cast.representative.pk}/")


def test_a_studio_with_its_people(cast: Cast, client: Client) -> None:
    _end(
        RepresentativeFactory(delegation=cast.town, name="代表乙", studios=[cast.studio]),
        RepresentativeStatus.SUSPENDED,
    )
    RepresentativeFactory(delegation=cast.town, name="代表丙", owned_studio=cast.studio)
    response = client.get(f"/studios/{cast.studio.pk}/")
    assert [person.name for person in response.context["people"]] == ["代表甲", "代表丙"]
    assert "0513-00000000" in response.content.decode()  # the county's help phone


@pytest.mark.parametrize(("status", "code"), [(StudioStatus.PREPARING, 404), (StudioStatus.CLOSED, 410)])
def test_a_studio_not_in_use(cast: Cast, client: Client, status: StudioStatus, code: int) -> None:
    cast.studio.status = status
    cast.studio.save()
    assert client.get(f"/studios/{cast.studio.pk}/").status_code == code
    assert cast.studio.name not in client.get(f"/reps/{cast.representative.pk}/").content.decode()


@pytest.mark.parametrize("address", ["/reps/999999/", "/studios/999999/"])
def test_unknown_keys_do_not_exist(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_duty_notice_leads_to_both_pages(cast: Cast, client: Client) -> None:
    _duty(cast, date(2026, 11, 28))
    page = client.get(f"/?town={cast.town.pk}").content.decode()
    assert f'href="/reps/{cast.representative.pk}/"' in page
    assert f'href="/studios/{cast.studio.pk}/"' in page


def test_the_same_number_of_queries_for_one_and_for_many(cast: Cast, client: Client) -> None:
    addresses = [f"/reps/{cast.representative.pk}/", f"/studios/{cast.studio.pk}/"]
    _duty(cast, date(2026, 11, 28))

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
        return counts

    few = asked()
    for day in range(1, 6):
        _duty(cast, date(2026, 12, day))
    RepresentativeFactory.create_batch(20, delegation=cast.town, studios=[cast.studio])
    assert asked() == few
