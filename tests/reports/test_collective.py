"""The collective-day table repeats the source's third-quarter paragraph from rows, and every number has its list."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from appointments.enums import AppointmentKind, AttendanceStatus, Category
from appointments.models import Appointment, Attendance
from appointments.quarters import Quarter
from reports.collective import KEYS, summary
from reports.rows import Rows
from studios.measures import Span
from suggestions.enums import Level, State
from suggestions.models import Suggestion
from tests.appointments.gatherings import gather
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
Q3 = Quarter(2026, 3)
SOURCE_EXPECTED, SOURCE_PRESENT, SOURCE_RATE = 319, 305, Decimal("95.61")


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _case(cast: Cast, meeting: Appointment, nth: int, **fields: object) -> Suggestion:
    data = {
        "county": cast.county,
        "delegation": meeting.delegation,
        "representative": meeting.attendances.select_related("representative")[0].representative,
        "appointment": meeting,
        "title": f"第{nth}件",
        "content": "请修路",
        "created_by": cast.liaison,
        "created_at": timezone.now(),
        "state": State.ACCEPTED,
        "accepted_on": date(2026, 10, 9),
        "number": f"海建〔2026〕{nth:04d}",
    }
    made: Suggestion = Suggestion.objects.create(**data | fields)
    if made.unit:
        made.assignments.create(
            unit=made.unit,
            level=made.assigned_level,
            assigned_on=date(2026, 10, 9),
            due_on=date(2026, 10, 19),
        )
    return made


def _town(cast: Cast, people: int, came: int, met: int) -> Appointment:
    """The collective day of 曲塘镇 with `people` called, `came` of them there, `met` people each."""
    RepresentativeFactory.create_batch(people - 1, delegation=cast.town)
    meeting = gather(cast, Q3)
    keys = list(meeting.attendances.order_by("pk").values_list("pk", flat=True))
    Attendance.objects.filter(pk__in=keys[:came]).update(status=AttendanceStatus.PRESENT, people_met=met)
    Attendance.objects.filter(pk__in=keys[came:-1]).update(status=AttendanceStatus.LEAVE)
    return meeting


def _rows(client: Client, url: str) -> int:
    words: str = client.get(url).context["page"].count_words
    return int("".join(filter(str.isdigit, words)))


def _summary(user: User, quarter: Quarter = Q3) -> "tuple[list[int], Decimal | None]":
    """Expected, present, people met, cases, cases of the county; and the rate."""
    found = summary(Rows.visible_to(user), Span(quarter.first, quarter.last, timezone.localdate()), {})
    return [found.numbers[key] for key in KEYS], found.rate


def test_the_figures_of_the_source_from_rows(cast: Cast, login: Login) -> None:
    meeting = _town(cast, SOURCE_EXPECTED, SOURCE_PRESENT, met=4)
    for number in range(1, 8):
        county = {"assigned_level": Level.COUNTY, "unit": cast.county_unit} if number <= 2 else {}
        _case(cast, meeting, number, category=Category.ROADS if number <= 4 else Category.WATER, **county)
    _case(cast, meeting, 8, state=State.WITHDRAWN)
    _case(cast, meeting, 9, state=State.REJECTED)
    _case(cast, meeting, 10, state=State.SUBMITTED, accepted_on=None, number="")
    numbers, rate = _summary(cast.leader)
    assert numbers == [SOURCE_EXPECTED, SOURCE_PRESENT, SOURCE_PRESENT * 4, 7, 2]
    assert rate == SOURCE_RATE
    client = login(cast.leader)
    page = client.get("/reports/collective/?q=2026Q3")
    parts = page.context["summary"]
    assert [(part.label, part.number) for part in parts.categories] == [("道路交通", 4), ("水利农业", 3)]
    assert [(part.label, part.number) for part in parts.units] == [("交通局", 2)]
    for part in (*parts.categories, *parts.units):
        assert _rows(client, part.url) == part.number
    total = page.context["table"].total
    assert [cell.words for cell in total.cells[2:8]] == ["319", "305", "95.61%", "1,220", "7", "2"]
    for cell in (total.cells[2], total.cells[3], *total.cells[6:]):
        assert _rows(client, cell.url) == cell.value
    said = "应到党代表 319 名，实到 305 名，参与率 95.61%；约见党员群众 1220 人次，收集建议意见 7 件，其中县交办 2 件"
    assert said in page.content.decode()
    assert said in client.get("/reports/collective/print/?q=2026Q3").content.decode()


def test_the_sheet_is_official_and_says_the_same(cast: Cast, login: Login) -> None:
    _case(cast, _town(cast, 20, 15, met=2), 1, category=Category.WATER, unit=cast.county_unit)
    response = login(cast.county_office).get("/reports/collective.xlsx?q=2026Q3")
    page = load_workbook(BytesIO(response.content))["统计表"]
    assert page["A1"].value == "2026年第三季度党代表集中约见情况统计表"
    assert {"C3:E3", "G3:H3", "I3:S3", "A3:A4"} <= {str(area) for area in page.merged_cells.ranges}
    total = [cell.value for cell in page[7]][1:8]
    assert total == ["合计", 20, 15, 0.75, 30, 1, 0]
    assert page["E7"].number_format == "0.00%"
    assert [page.cell(row, 2).value for row in (5, 6)] == ["曲塘镇", "李堡镇"]
    assert page["E6"].value == "—"
    assert page["K7"].value == 1  # 水利农业


def test_a_town_reads_its_own_and_strangers_nothing(cast: Cast, login: Login) -> None:
    _town(cast, 4, 3, met=1)
    assert _summary(cast.town_office)[0][0] == 4
    assert _summary(cast.other_town_office) == ([0] * 5, None)
    assert _summary(cast.stranger) == ([0] * 5, None)
    other = login(cast.other_town_office).get("/reports/collective/?q=2026Q3").context["table"]
    assert [line.cells[1].value for line in other.lines] == ["李堡镇", "合计"]


@pytest.mark.parametrize("status", AttendanceStatus)
def test_what_counts_as_expected(cast: Cast, status: AttendanceStatus) -> None:
    meeting = gather(cast, Q3)
    meeting.attendances.update(status=status)
    (expected, present, *_rest), _rate = _summary(cast.leader)
    assert expected == (status not in {AttendanceStatus.SUBSTITUTED, AttendanceStatus.VACANT})
    assert present == (status == AttendanceStatus.PRESENT)


def test_other_kinds_other_quarters_and_what_was_cancelled_do_not_count(cast: Cast) -> None:
    meeting = _town(cast, 3, 3, met=1)
    assert _summary(cast.leader, Quarter(2026, 2))[0][0] == 0
    for change in ({"kind": AppointmentKind.THEMED}, {"kind": AppointmentKind.COLLECTIVE, "status": "CANCELLED"}):
        Appointment.objects.filter(pk=meeting.pk).update(**change)
        assert _summary(cast.leader)[0][0] == 0
