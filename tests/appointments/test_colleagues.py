"""Who is offered for a duty: free people of the studio, the least burdened first, each with the reason."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appointments.colleagues import exchanges_for, free_colleagues
from appointments.models import DutyPolicy
from tests.appointments.duties import LATER, NEXT, SATURDAY, TODAY, colleague, duty
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def test_fewest_duties_then_longest_rest_then_those_too_near(cast: Cast) -> None:
    seat = duty(cast.representative, cast.studio)
    near, often, rested, fresh = (colleague(cast, f"代表{name}") for name in "近多歇新")
    duty(near, cast.studio, NEXT)
    duty(often, cast.studio, date(2026, 10, 31), status="PRESENT")
    duty(rested, cast.studio, date(2026, 9, 5), status="PRESENT")
    duty(colleague(cast, "代表忙"), cast.other_studio)
    gone = colleague(cast, "代表离")
    gone.studios.clear()
    found = {item.person.name: item.words for item in free_colleagues([seat])[seat.pk]}
    assert found == {
        "代表新": "本期还没有值班，一年内没有值过班",
        "代表歇": "本期还没有值班，上次 9月5日",
        "代表多": "本期值班 1 次，上次 10月31日",
        "代表近": "本期值班 1 次，一年内没有值过班，与12月5日的值班相隔不足 3 周",
    }
    assert list(found) == ["代表新", "代表歇", "代表多", "代表近"]
    assert fresh.name in found


def test_absence_and_leave_earn_nothing(cast: Cast) -> None:
    seat, absent = duty(cast.representative, cast.studio), colleague(cast, "代表缺")
    duty(absent, cast.studio, date(2026, 10, 31), status="ABSENT")
    duty(absent, cast.studio, date(2026, 10, 17), status="LEAVE")
    [found] = free_colleagues([seat])[seat.pk]
    assert (found.duties, found.last_on) == (0, None)


def test_the_gap_is_the_countys_own_number(cast: Cast) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    duty(other, cast.studio, NEXT)
    DutyPolicy.objects.create(county=cast.county, effective_from=TODAY, gap_weeks=1)
    [found] = free_colleagues([seat])[seat.pk]
    assert found.too_near is None


def test_an_exchange_is_judged_as_if_it_had_happened(cast: Cast) -> None:
    seat, other = duty(cast.representative, cast.studio), colleague(cast)
    back = duty(other, cast.studio, NEXT)
    [offer] = exchanges_for(seat, TODAY)
    assert (offer.person, offer.in_return) == (other, back)
    duty(cast.representative, cast.studio, date(2026, 12, 12))
    assert exchanges_for(seat, TODAY) == []


def test_no_exchange_for_a_duty_past_its_cut_off_or_elsewhere(cast: Cast) -> None:
    seat = duty(cast.representative, cast.studio, LATER)
    duty(colleague(cast, "代表近"), cast.studio, date(2026, 11, 24))
    away = colleague(cast, "代表外")
    away.studios.add(cast.other_studio)
    duty(away, cast.other_studio, SATURDAY)
    assert exchanges_for(seat, TODAY) == []


def test_many_gaps_cost_what_one_costs(cast: Cast) -> None:
    first = duty(cast.representative, cast.studio)
    colleague(cast)
    with CaptureQueriesContext(connection) as few:
        free_colleagues([first])
    seats = [first]
    for week in range(8):
        person = RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
        seats.append(duty(person, cast.studio, date.fromordinal(NEXT.toordinal() + 7 * week)))
    with CaptureQueriesContext(connection) as many:
        free_colleagues(seats)
    assert len(many) == len(few)
