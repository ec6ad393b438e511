"""Two records of one person become one: everything moves, nothing is deleted, no statistic changes."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from appointments.enums import ATTENDANCE_STRENGTH, AppointmentStatus, AttendanceStatus
from appointments.models import Attendance, Visit
from reports.headline import headline
from reports.rows import Rows
from representatives.enums import Level, RepresentativeStatus
from representatives.models import Mandate, Merge, Representative, StatusChange
from representatives.services import merge_representatives
from representatives.services.errors import RegisterError
from representatives.services.merging import STAYS, related_counts, related_rows
from studios.enums import StudioKind
from studios.measures import Span
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory, VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.reports.worlds import random_world
from tests.representatives.factories import RepresentativeFactory
from tests.studios.factories import StudioFactory

Login = Callable[[User], Client]
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))
AS = AttendanceStatus


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def kept(cast: Cast) -> Representative:
    row: Representative = RepresentativeFactory(
        delegation=cast.town, name="王演示", certificate_no="HA-1", studios=[cast.studio]
    )
    return row


def _merge(cast: Cast, kept: Representative, duplicate: Representative, **changes: object) -> Merge:
    values = {"kept": kept, "duplicate": duplicate, "reason": "登记了两次", "actor": cast.county_office} | changes
    return merge_representatives(**values)  # type: ignore[arg-type]


def test_every_kind_of_row_that_names_a_person_is_thought_of() -> None:
    """A later table fails here, so that somebody decides what a merge does with it."""
    person = Representative(pk=1)
    moves = {f"{relation.related_model.__name__}.{relation.field.name}" for relation, _rows in related_rows(person)}
    assert moves == {
        "Attendance.representative",
        "Booking.representative",
        "FeedToken.representative",
        "Leave.representative",
        "Mandate.representative",
        "Representative.merged_into",
        "RosterSeat.representative",
        "Swap.asked",
        "Swap.taker",
        "Suggestion.representative",
        "Visit.representative",
    }
    assert {model.__name__ for model in STAYS} == {"Merge", "StatusChange"}


def test_everything_moves_and_the_duplicate_points_there(cast: Cast, kept: Representative, case_in: CaseIn) -> None:
    case = case_in(State.HANDLING)
    duplicate = cast.representative
    AttendanceFactory(representative=duplicate, appointment__studio=cast.studio, present=True)
    VisitFactory(studio=cast.studio, representative=duplicate, recorded_by=cast.liaison)
    Mandate.objects.create(representative=duplicate, term=12, level=Level.TOWN)
    earlier = RepresentativeFactory(delegation=cast.town, merged_into=duplicate)
    visits = Visit.objects.filter(representative=duplicate).count()
    merge = _merge(cast, kept, duplicate)
    for row in (kept, duplicate, earlier, case):
        row.refresh_from_db()
    assert (duplicate.merged_into, earlier.merged_into, case.representative) == (kept, kept, kept)
    assert (kept.user, duplicate.user) == (cast.representative_user, None)
    assert duplicate.status == RepresentativeStatus.TERMINATED
    assert duplicate.status_reason == "与 王演示（HA-1）重复，已合并：登记了两次"
    assert StatusChange.objects.get(representative=duplicate).actor == cast.county_office
    assert merge.moved == {"到岗": 1, "接访记录": visits, "建议意见": 1, "任期": 1, "此前并入的记录": 1}
    assert related_counts(duplicate) == {}


@pytest.mark.parametrize("seed", range(4))
def test_no_statistic_changes(cast: Cast, kept: Representative, seed: int) -> None:
    world = random_world(cast, seed)
    duplicate = RepresentativeFactory(delegation=cast.other_town)
    mine = Attendance.objects.filter(appointment__county=cast.county)
    for number, seat in enumerate(mine.order_by("pk")):
        Attendance.objects.filter(pk=seat.pk).update(representative=_only_once(seat, kept, duplicate, number))
    Visit.objects.filter(pk__in=[visit.pk for visit in world.visits[::2]], county=cast.county).update(
        representative=duplicate
    )
    Suggestion.objects.filter(county=cast.county).update(representative=duplicate)
    doubled = AppointmentFactory(studio=cast.studio, status=AppointmentStatus.HELD, held_on=date(2026, 3, 7))
    for person in (kept, duplicate):
        AttendanceFactory(appointment=doubled, representative=person, present=True)
    before = headline(Rows.of_county(cast.county), YEAR)
    rows = [model.objects.count() for model in (Attendance, Visit, Suggestion, Mandate)]
    _merge(cast, kept, duplicate)
    assert headline(Rows.of_county(cast.county), YEAR) == before
    assert before.numbers["regular_attendances"] > 0
    assert [model.objects.count() for model in (Attendance, Visit, Suggestion, Mandate)] == rows


def _only_once(seat: Attendance, kept: Representative, duplicate: Representative, number: int) -> Representative:
    taken = seat.appointment.attendances.filter(representative__in=[kept, duplicate]).exists()
    return seat.representative if taken else (kept, duplicate)[number % 2]


@pytest.mark.parametrize(("mine", "theirs"), list(product(AS, AS)))
def test_at_one_appointment_the_stronger_fact_stands(cast: Cast, kept: Representative, mine: str, theirs: str) -> None:
    duplicate = RepresentativeFactory(delegation=cast.town)
    appointment = AppointmentFactory(studio=cast.studio, held=True, held_on=date(2026, 11, 21))
    own = AttendanceFactory(appointment=appointment, representative=kept, status=mine)
    other = AttendanceFactory(appointment=appointment, representative=duplicate, status=theirs)
    _merge(cast, kept, duplicate)
    own.refresh_from_db()
    other.refresh_from_db()
    stronger, weaker = sorted([mine, theirs], key=ATTENDANCE_STRENGTH.index)
    assert (own.representative, own.status) == (kept, stronger)
    assert (other.representative, other.status) == (duplicate, weaker)


def test_a_seat_both_were_to_keep_becomes_a_gap_once(cast: Cast, kept: Representative) -> None:
    duplicate = RepresentativeFactory(delegation=cast.town)
    appointment = AppointmentFactory(studio=cast.studio)
    for person in (kept, duplicate):
        AttendanceFactory(appointment=appointment, representative=person)
    alone = AttendanceFactory(appointment__studio=StudioFactory(delegation=cast.town), representative=duplicate)
    _merge(cast, kept, duplicate)
    alone.refresh_from_db()
    assert (alone.representative, alone.status) == (kept, AS.EXPECTED)
    seats = appointment.attendances.order_by("pk").values_list("representative", "status")
    assert list(seats) == [(kept.pk, AS.EXPECTED), (duplicate.pk, AS.VACANT)]


def test_seats_do_not_go_to_somebody_out_of_office(cast: Cast, kept: Representative) -> None:
    Representative.objects.filter(pk=kept.pk).update(status="SUSPENDED", status_on="2026-11-01", status_reason="病休")
    seat = AttendanceFactory(appointment__studio=cast.studio, representative=cast.representative)
    _merge(cast, kept, cast.representative)
    seat.refresh_from_db()
    assert (seat.representative, seat.status) == (kept, AS.VACANT)


def test_terms_and_studios_are_not_doubled(cast: Cast, kept: Representative) -> None:
    personal = StudioFactory(delegation=cast.town, kind=StudioKind.PERSONAL)
    third = StudioFactory(delegation=cast.town)
    duplicate = RepresentativeFactory(
        delegation=cast.town,
        level=Level.COUNTY,
        phone="19900000001",
        owned_studio=personal,
        studios=[cast.studio, personal, third],
    )
    for person, terms in ((kept, [13]), (duplicate, [13, 12])):
        for term in terms:
            Mandate.objects.create(representative=person, term=term, level=Level.TOWN)
    _merge(cast, kept, duplicate)
    kept.refresh_from_db()
    assert set(kept.studios.all()) == {cast.studio, personal}
    assert (kept.owned_studio, kept.phone, kept.level) == (personal, "19900000001", Level.BOTH)
    assert [row.term for row in kept.mandates.all()] == [13, 12]
    assert [row.term for row in duplicate.mandates.all()] == [13]


def _refusals(cast: Cast, kept: Representative) -> dict[str, tuple[dict[str, object], str]]:
    merged = RepresentativeFactory(delegation=cast.town, merged_into=kept)
    with_account = RepresentativeFactory(delegation=cast.town, user=cast.nobody)
    plain = RepresentativeFactory(delegation=cast.town)
    return {
        "same": ({"duplicate": kept}, "这是同一条记录"),
        "other county": ({"duplicate": RepresentativeFactory()}, "不在同一个县"),
        "merged before": ({"duplicate": merged}, "已经并入别的记录"),
        "into a merged one": ({"kept": merged, "duplicate": plain}, "已经并入别的记录"),
        "two accounts": ({"kept": cast.representative, "duplicate": with_account}, "各有在用的账号"),
        "no reason": ({"duplicate": plain, "reason": " "}, "请写明合并的原因"),
        "town office": ({"duplicate": plain, "actor": cast.town_office}, "由党联办合并"),
        "stranger": ({"duplicate": plain, "actor": cast.stranger}, "由党联办合并"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "same",
        "other county",
        "merged before",
        "into a merged one",
        "two accounts",
        "no reason",
        "town office",
        "stranger",
    ],
)
def test_refused(cast: Cast, kept: Representative, name: str) -> None:
    changes, sentence = _refusals(cast, kept)[name]
    with pytest.raises(RegisterError, match=sentence):
        _merge(cast, **{"kept": kept, "duplicate": kept} | changes)  # type: ignore[arg-type]
    assert not Merge.objects.exists()


def test_by_the_page(cast: Cast, kept: Representative, login: Login) -> None:
    client, target = login(cast.county_office), f"{kept.get_absolute_url()}merge/"
    twin = RepresentativeFactory(delegation=cast.other_town, name="王演示", certificate_no="HA-2")
    stranger = RepresentativeFactory(name="王演示")
    AttendanceFactory(representative=twin, appointment__studio=cast.other_studio, present=True)
    page = client.get(target).content.decode()
    assert f'href="?other={twin.pk}"' in page
    assert f'href="?other={stranger.pk}"' not in page
    assert "没有查到" in client.get(f"{target}?q=查无此人").content.decode()
    assert client.get(f"{target}?other={stranger.pk}").status_code == 404
    assert client.get(f"{target}?other=x").status_code == 200
    assert "1 条" in client.get(f"{target}?other={twin.pk}").content.decode()
    wrong = client.post(target, {"other": twin.pk, "keep": kept.pk, "reason": "登记了两次"})
    assert wrong.status_code == 422
    assert "请核对后勾选“是同一个人”" in wrong.content.decode()
    assert "登记了两次" in wrong.content.decode()
    typed = {"other": twin.pk, "keep": twin.pk, "reason": "登记了两次", "is_same_person": "on"}
    done = client.post(target, typed, follow=True).content.decode()
    kept.refresh_from_db()
    assert kept.merged_into == twin
    assert "已并入王演示（HA-2）" in done
    assert "并入的重复记录" in done
    assert f'href="{kept.get_absolute_url()}"' in done


def test_two_accounts_are_said_before_anything_is_typed(cast: Cast, login: Login) -> None:
    other = RepresentativeFactory(delegation=cast.town, user=cast.nobody)
    page = login(cast.county_office).get(f"{cast.representative.get_absolute_url()}merge/?other={other.pk}")
    assert "两条记录各有在用的账号" in page.content.decode()
    assert "合并这两条记录" not in page.content.decode()


def test_an_account_out_of_use_stays_with_the_duplicate(cast: Cast) -> None:
    cast.nobody.is_active = False
    cast.nobody.save()
    duplicate = RepresentativeFactory(delegation=cast.town, user=cast.nobody)
    _merge(cast, cast.representative, duplicate)
    cast.representative.refresh_from_db()
    duplicate.refresh_from_db()
    assert (cast.representative.user, duplicate.user) == (cast.representative_user, cast.nobody)
