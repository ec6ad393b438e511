"""到岗率 and 约见参与率 (domain.md §8), the lists behind every number, the matrix and the sheet."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from appointments.enums import AppointmentStatus, AttendanceStatus
from appointments.matrix import quarters
from appointments.measures import ATTENDANCE_SOURCES
from appointments.models import Attendance
from appointments.quarters import Quarter
from appointments.rates import Turnout, turnout
from tests.appointments.attending import SATURDAY, colleague, seat_of
from tests.cast import Cast
from tests.reports.exporting import address_of, exported

Login = Callable[[User], Client]
PAST, TODAY = date(2026, 11, 21), date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _a_saturday() -> Iterator[None]:
    with time_machine.travel("2026-11-28 10:00 +0800", tick=False):
        yield


@pytest.fixture
def seats(cast: Cast) -> dict[str, Attendance]:
    """One seat of each state last Saturday, in 曲塘镇."""
    found = {}
    for number, status in enumerate(AttendanceStatus):
        person = cast.representative if status == AttendanceStatus.PRESENT else colleague(cast, f"代表{status.label}")
        day = date(2026, 11, number + 1)
        found[status.value] = seat_of(cast, person, appointment__held_on=day, status=status)
    return found


@pytest.mark.parametrize(
    ("status", "day", "meeting", "counts"),
    [
        ("PRESENT", PAST, "HELD", (1, 0, 1, 0)),
        ("ABSENT", PAST, "HELD", (1, 0, 0, 0)),
        ("LEAVE", PAST, "HELD", (1, 1, 0, 0)),
        ("EXPECTED", PAST, "PLANNED", (1, 0, 0, 1)),
        ("EXPECTED", TODAY, "PLANNED", (0, 0, 0, 0)),
        ("PRESENT", TODAY, "HELD", (1, 0, 1, 0)),
        ("EXPECTED", date(2026, 12, 5), "PLANNED", (0, 0, 0, 0)),
        ("SUBSTITUTED", PAST, "HELD", (0, 0, 0, 0)),
        ("VACANT", PAST, "HELD", (0, 0, 0, 0)),
        ("PRESENT", PAST, "CANCELLED", (0, 0, 0, 0)),
        ("EXPECTED", PAST, "CANCELLED", (0, 0, 0, 0)),
    ],
)
def test_who_was_expected(cast: Cast, status: str, day: date, meeting: str, counts: tuple[int, int, int, int]) -> None:
    seat_of(cast, status=status, appointment__held_on=day, appointment__status=meeting)
    assert turnout(Attendance.objects.all(), TODAY) == Turnout(*counts)


def test_leave_that_was_covered_counts_once(cast: Cast) -> None:
    seat = seat_of(cast, status=AttendanceStatus.LEAVE, appointment__held_on=PAST)
    seat_of(cast, colleague(cast), appointment=seat.appointment, replaces=seat, status=AttendanceStatus.PRESENT)
    assert turnout(Attendance.objects.all(), TODAY) == Turnout(1, 0, 1, 0)


def test_the_rates() -> None:
    row = Turnout(expected=319, excused=4, present=305, unconfirmed=3)
    assert (row.participation_rate, row.presence_rate) == (Decimal("95.61"), Decimal("96.83"))
    assert (Turnout().participation_rate, Turnout(expected=2, excused=2).presence_rate) == (None, None)


def test_every_number_leads_to_exactly_its_rows(cast: Cast, login: Login, seats: dict[str, Attendance]) -> None:
    client = login(cast.town_office)
    page = client.get("/desk/attendances/").content.decode()
    assert "33.33%" in page
    assert "25.00%" in page
    numbers = {"expected": 4, "not_excused": 3, "present": 1, "excused": 1, "unconfirmed": 1}
    for measure, count in numbers.items():
        rows = client.get(f"/desk/attendances/?measure={measure}").context["page"].rows
        assert len(rows) == count, measure
    names = client.get("/desk/attendances/?measure=unconfirmed").context["page"].rows
    assert names[0] == seats["EXPECTED"]
    assert set(numbers) < {key for source in ATTENDANCE_SOURCES for key in source.measures}


def test_nothing_divides_by_nothing(cast: Cast, login: Login) -> None:
    page = login(cast.town_office).get("/desk/attendances/").content.decode()
    assert page.count('<span class="stat-n">—</span>') == 2
    assert "0.00%" not in page
    assert "这段时间没有应到的人" in login(cast.town_office).get("/desk/attendances/?by=delegation").content.decode()


def test_by_delegation_and_by_representative(cast: Cast, login: Login, seats: dict[str, Attendance]) -> None:
    seat_of(cast, status=AttendanceStatus.ABSENT, appointment__studio=cast.other_studio, appointment__held_on=PAST)
    client = login(cast.county_office)
    towns = client.get("/desk/attendances/?by=delegation").context["lines"]
    assert [(line.name, line.turnout.expected) for line in towns] == [("曲塘镇", 4), ("李堡镇", 1)]
    people = client.get(f"/desk/attendances/?by=representative&delegation={cast.town.pk}").context["lines"]
    assert sum(line.turnout.expected for line in people) == 4
    for line in [*towns, *people]:
        rows = client.get(f"/desk/attendances/?measure=expected&{line.query}").context["page"].rows
        assert len(rows) == line.turnout.expected
    found = client.get("/desk/attendances/?by=representative&q=代表甲").context["lines"]
    assert [line.name for line in found] == ["代表甲"]
    assert client.get("/desk/attendances/?delegation=999999&person=abc&by=x&from=1").status_code == 200


def test_unconfirmed_stands_on_the_desk_and_is_never_absent(cast: Cast, login: Login) -> None:
    seat_of(cast, appointment__held_on=PAST)
    seat_of(cast, appointment__held_on=SATURDAY)
    for who, is_told in (("liaison", True), ("town_office", True), ("other_liaison", False), ("leader", False)):
        page = login(getattr(cast, who)).get("/desk/").content.decode()
        assert ("1 个席位未登记到岗" in page) is is_told, who
    assert Attendance.objects.filter(status=AttendanceStatus.EXPECTED).count() == 2
    day = login(cast.liaison).get("/desk/attendances/day/?on=2026-11-21").content.decode()
    assert "未登记到岗" in day


def test_the_duty_card_offers_one_tap_from_an_hour_before(cast: Cast, login: Login) -> None:
    seat = seat_of(cast)
    with time_machine.travel("2026-11-28 07:30 +0800", tick=False):
        assert f"/desk/attendances/{seat.pk}/present/" not in login(cast.liaison).get("/desk/").content.decode()
    page = login(cast.liaison).get("/desk/").content.decode()
    assert f"/desk/attendances/{seat.pk}/present/" in page
    assert f"/desk/appointments/{seat.appointment_id}/code/" in page
    assert "/present/" not in login(cast.representative_user).get("/me/").content.decode()


def test_the_day_page(cast: Cast, login: Login) -> None:
    seat_of(cast)
    seat_of(cast, appointment__held_on=PAST)
    seat_of(cast, appointment__held_on=date(2026, 12, 5))
    seat_of(cast, colleague(cast), appointment__studio=cast.other_studio)
    client = login(cast.liaison)
    page = client.get("/desk/attendances/day/")
    text = page.content.decode()
    assert len(page.context["found"].sessions) == 1
    assert ("?on=2026-11-21" in text, "?on=2026-12-05" in text) == (True, True)
    wrong = client.get("/desk/attendances/day/?on=2026-02-30")
    assert (wrong.status_code, "日期请按" in wrong.content.decode()) == (422, True)
    empty = client.get("/desk/attendances/day/?on=2026-11-27").content.decode()
    assert "这一天没有要登记的约见" in empty
    assert len(login(cast.county_office).get("/desk/attendances/day/").context["found"].sessions) == 2


def test_the_matrix_says_it_in_signs_and_words(cast: Cast, login: Login, seats: dict[str, Attendance]) -> None:
    seat_of(cast, appointment__held_on=date(2026, 12, 5))
    seat_of(cast, appointment__held_on=date(2026, 12, 12), appointment__status=AppointmentStatus.CANCELLED)
    seat_of(cast, appointment__held_on=date(2026, 9, 5))
    response = login(cast.town_office).get("/desk/attendances/matrix/?quarter=2026Q4")
    matrix, page = response.context["matrix"], response.content.decode()
    assert len(matrix.days) == 7
    own = next(row for row in matrix.rows if row.person == cast.representative)
    assert [(day, mark.sign, mark.words) for day, marks in own.cells for mark in marks] == [
        (date(2026, 11, 2), "●", "到岗"),
        (date(2026, 12, 5), "·", "应到"),
    ]
    for words in ("请假", "换班", "缺勤", "空缺", "未登记到岗"):
        assert f'<span class="sign-words">{words}</span>' in page
    elsewhere = login(cast.other_town_office).get(f"/desk/attendances/matrix/?delegation={cast.town.pk}")
    assert elsewhere.context["matrix"].rows == []
    wrong = login(cast.town_office).get("/desk/attendances/matrix/?quarter=2026Q9&delegation=x")
    assert "没有这个季度" in wrong.content.decode()
    assert wrong.context["quarter"] == "2026Q4"


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 12, 31), date(2024, 2, 29)])
def test_quarters(day: date) -> None:
    own = Quarter.of(day)
    assert own.first <= day <= own.last
    assert Quarter.named(own.key) == own
    keys = [item.key for item in quarters(day)]
    assert (len(keys), len(set(keys)), keys[1]) == (9, 9, own.key)


def test_lists_cost_the_same_at_many_rows(cast: Cast, login: Login) -> None:
    meeting = seat_of(cast).appointment
    lists = ["", "?by=delegation", "?by=representative", "day/", "matrix/"]
    pages = [*(f"/desk/attendances/{page}" for page in lists), meeting.get_absolute_url()]
    client = login(cast.town_office)

    def costs() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        return found

    seat_of(cast, appointment__held_on=PAST)
    client.get("/desk/")
    few = costs()
    for number in range(30):
        person = colleague(cast, f"代表{number}")
        seat_of(cast, person, appointment=meeting)
        seat_of(cast, person, appointment__held_on=date(2026, 10, number % 30 + 1), status=AttendanceStatus.PRESENT)
    assert costs() == few


def test_the_sheet_is_what_stands_on_screen(cast: Cast, login: Login, seats: dict[str, Attendance]) -> None:
    client = login(cast.town_office)

    def sheet(query: str) -> list[tuple[object, ...]]:
        book = exported(client, "attendances", f"?{query}")
        assert "到岗率＝" in str([cell.value for cell in book["导出条件"]["B"]])
        return list(book["清单"].iter_rows(values_only=True))

    rows = sheet("status=PRESENT")
    assert len(rows) == 2
    assert rows[1][0] == "代表甲"
    assert [row[0] for row in sheet("measure=unconfirmed")[1:]] == ["代表应到"]
    assert sheet("by=delegation")[1] == ("曲塘镇", 4, 1, 1, 1, pytest.approx(0.3333), pytest.approx(0.25))
    people = sheet("by=representative")
    assert ("代表请假", "曲塘镇", 1, 1, 0, 0, "—", 0) in people
    entry = AuditEntry.objects.filter(action="EXPORT").latest("id")
    assert "到岗情况" in entry.subject


def test_many_rows_want_a_reason(
    cast: Cast, login: Login, seats: dict[str, Attendance], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.export_reasons.REASON_ABOVE", 2)
    client = login(cast.town_office)
    asked = client.get(address_of("attendances") + "?kind=REGULAR")
    assert (asked.status_code, "导出事由" in asked.content.decode()) == (422, True)
    exported(client, "attendances", "?kind=REGULAR&reason=季度总结")
    assert login(cast.liaison).get(address_of("attendances")).status_code == 403
