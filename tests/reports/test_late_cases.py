"""逾期通报: the longest late first, by unit, and only what is late and visible."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Organization, User
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.suggestions import asking, paths

Login = Callable[[User], Client]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


@pytest.fixture
def late(case_in: CaseIn) -> Callable[..., Suggestion]:
    """`late(days, unit)`: a case in handling that is so many days past its due date."""

    def build(days: int, unit: Organization) -> Suggestion:
        case = case_in(State.HANDLING)
        due = TODAY - timedelta(days=days)
        clock = {"assigned_on": due - timedelta(days=10), "due_on": due, "original_due_on": due}
        Suggestion.objects.filter(pk=case.pk).update(**clock, unit=unit)
        case.assignments.update(unit=unit)
        return case

    return build


def _lines(client: Client, query: str = "") -> list[list[str]]:
    return [[cell.words for cell in line.cells] for line in client.get(f"/reports/late/{query}").context["table"].lines]


def test_the_longest_late_first_and_a_unit_stays_together(
    cast: Cast, login: Login, late: Callable[..., Suggestion]
) -> None:
    little, most, more = late(2, cast.other_unit), late(9, cast.county_unit), late(1, cast.county_unit)
    late(0, cast.county_unit)
    late(-3, cast.county_unit)
    lines = _lines(login(cast.leader))
    assert [[line[0], line[1], line[2], line[7], line[8]] for line in lines] == [
        ["1", "交通局", most.number, "1", "9"],
        ["2", "交通局", more.number, "1", "1"],
        ["", "交通局", "小计", "2", "9"],
        ["3", "住建局", little.number, "1", "2"],
        ["", "合计", "", "3", "9"],
    ]


def test_a_shared_case_stands_under_each_unit_that_owes_its_part(cast: Cast, login: Login) -> None:
    with time_machine.travel("2026-11-02 09:30 +0800", tick=False):
        case = asking.shared(cast)
        paths.take_two_steps(case, cast)
    assert [line[1] for line in _lines(login(cast.leader))] == ["交通局", "住建局", "合计"]
    with time_machine.travel("2026-11-03 09:30 +0800", tick=False):
        asking.hand_in(case, cast, "unit_handler")
    assert [line[1] for line in _lines(login(cast.leader))] == ["住建局", "合计"]


def test_numbers_lead_to_their_cases(cast: Cast, login: Login, late: Callable[..., Suggestion]) -> None:
    cases = [late(2, cast.county_unit), late(3, cast.county_unit), late(4, cast.other_unit)]
    client = login(cast.leader)
    lines = client.get("/reports/late/").context["table"].lines
    assert {line.cells[2].url for line in lines if line.cells[0].value} == {case.get_absolute_url() for case in cases}
    for line in (line for line in lines if not line.cells[0].value):
        words = client.get(line.cells[7].url).context["page"].count_words
        assert int("".join(filter(str.isdigit, words))) == line.cells[7].value


def test_the_sheet_has_real_days(cast: Cast, login: Login, late: Callable[..., Suggestion]) -> None:
    late(9, cast.county_unit)
    page = load_workbook(BytesIO(login(cast.leader).get("/reports/late.xlsx").content))["统计表"]
    assert page["G5"].value == datetime(2026, 11, 15)
    assert (page["G5"].number_format, page["I5"].value, page["H6"].value) == ("yyyy-mm-dd", 9, 1)
    assert {"H3:I3", "A3:A4"} <= {str(area) for area in page.merged_cells.ranges}


def test_scope_period_and_delegation(cast: Cast, login: Login, late: Callable[..., Suggestion]) -> None:
    late(9, cast.county_unit)
    assert _lines(login(cast.other_town_office)) == [["", "合计", "", "", "", "", "", "0", "—"]]
    assert len(_lines(login(cast.town_office))) == 2
    leader = login(cast.leader)
    assert len(_lines(leader, f"?delegation={cast.other_town.pk}")) == 1
    assert len(_lines(leader, "?period=last_year")) == 1
