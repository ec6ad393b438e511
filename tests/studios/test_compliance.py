"""达标率: every number is the length of the list behind it (domain.md §2, §8)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from studios.compliance import Line, Number, compliance_table
from studios.enums import Compliance, StudioKind, StudioStatus
from studios.models import Studio
from studios.templatetags.figures import percent as percent_words
from tests.cast import Cast
from tests.studios.factories import StudioFactory
from tests.studios.inspecting import inspect

Login = Callable[[User], Client]
DAY = date(2026, 11, 10)


def _state(studio: Studio) -> tuple[str, date | None, int]:
    row = Studio.objects.with_compliance().get(pk=studio.pk)
    return row.compliance, row.last_inspected_on, row.last_fails  # type: ignore[attr-defined]


def test_the_last_look_decides(cast: Cast) -> None:
    assert _state(cast.studio) == (Compliance.UNCHECKED, None, 0)
    inspect(cast, DAY, one_phone="FAIL", one_sign="FAIL")
    assert _state(cast.studio) == (Compliance.FAILING, DAY, 2)
    inspect(cast, date(2026, 11, 1))
    assert _state(cast.studio) == (Compliance.FAILING, DAY, 2)
    inspect(cast, date(2026, 11, 20), same_layout="NOT_APPLICABLE")
    assert _state(cast.studio) == (Compliance.PASSING, date(2026, 11, 20), 0)


def test_of_two_looks_on_one_day_the_later_one(cast: Cast) -> None:
    inspect(cast, DAY)
    inspect(cast, DAY, one_phone="FAIL")
    assert _state(cast.studio)[0] == Compliance.FAILING


@pytest.fixture
def county(cast: Cast) -> Cast:
    """Studios of every kind and state in two towns; some that do not count."""
    for town in (cast.town, cast.other_town):
        for kind in StudioKind.values:
            for outcome in ("PASS", "FAIL", ""):
                studio = StudioFactory(delegation=town, kind=kind)
                if outcome:
                    inspect(cast, DAY, studio=studio, one_phone=outcome)
    for status in (StudioStatus.PREPARING, StudioStatus.CLOSED):
        inspect(cast, DAY, studio=(studio := StudioFactory(delegation=cast.town)))
        Studio.objects.filter(pk=studio.pk).update(status=status)
    return cast


def _numbers(line: Line) -> list[Number]:
    return [line.active, line.passing, line.failing, line.unchecked]


@pytest.mark.parametrize("kind", ["", *StudioKind.values])
@pytest.mark.parametrize("who", ["county_office", "leader", "town_office", "stranger"])
def test_every_number_leads_to_exactly_its_studios(county: Cast, login: Login, who: str, kind: str) -> None:
    client = login(getattr(county, who))
    table = client.get(f"/desk/compliance/?kind={kind}").context["table"]
    numbers = [number for line in (table.total, *table.kinds, *table.towns) for number in _numbers(line)]
    for number in numbers:
        assert len(client.get(number.url).context["rows"]) == number.count, number.url
    assert sum(line.active.count for line in table.towns) == table.total.active.count


def test_the_formula(county: Cast) -> None:
    table = compliance_table(county.county_office)
    assert [number.count for number in _numbers(table.total)] == [20, 6, 6, 8]
    assert table.total.rate == Decimal("30.00")
    kinds = {line.label: (line.active.count, line.rate) for line in table.kinds}
    assert kinds["县党代表工作室"] == (6, Decimal("33.33"))
    assert compliance_table(county.town_office).total.active.count == 10


def test_nothing_to_divide_prints_a_dash(cast: Cast, login: Login) -> None:
    table = compliance_table(cast.stranger)
    assert table.total.rate is None
    assert percent_words(table.total.rate) == "—"
    assert "—" in login(cast.stranger).get("/desk/compliance/").content.decode()


@pytest.mark.parametrize("kind", ["x", "town", "COUNTY'"])
def test_a_kind_that_does_not_exist(cast: Cast, login: Login, kind: str) -> None:
    assert login(cast.leader).get("/desk/compliance/", {"kind": kind}).status_code == 404


def test_the_studios_say_what_is_wanting(cast: Cast, login: Login) -> None:
    inspect(cast, DAY, one_phone="FAIL", one_sign="FAIL")
    page = login(cast.leader).get("/desk/compliance/studios/?state=FAILING").content.decode()
    assert "一套标识、一部电话" in page
