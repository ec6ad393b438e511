"""履职档案: every duty, appointment, visit, case, opinion and rating of one person and year, from rows."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from appointments.enums import AppointmentKind, AppointmentStatus, AttendanceStatus
from representatives.dossier import FilledChapter, dossier_of
from representatives.forms.papers import FIRST_YEAR, years_offered
from suggestions.enums import State
from tests.appointments.factories import AppointmentFactory, AttendanceFactory, VisitFactory
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.representatives.factories import RepresentativeFactory
from tests.representatives.records import gather, serve

Login = Callable[[User], Client]
TITLES = ["值班", "主题、集中和指定约见", "接访记录", "建议意见", "征询意见", "评价"]


def _chapters(cast: Cast, year: int = 2026) -> dict[str, FilledChapter]:
    return {filled.chapter.key: filled for filled in dossier_of(cast.representative, year).chapters}


def test_six_chapters_in_order_and_none_is_silent(cast: Cast) -> None:
    filled = dossier_of(cast.representative, 2026).chapters
    assert [item.chapter.title for item in filled] == TITLES
    assert {(tuple(item.rows), item.sums) for item in filled} == {((), "本年没有记录")}


def test_duties_with_attendance(cast: Cast) -> None:
    serve(cast, duties=2, visits=0)
    leave = AppointmentFactory(studio=cast.studio, held_on=date(2026, 12, 5))
    AttendanceFactory(appointment=leave, representative=cast.representative, status=AttendanceStatus.LEAVE)
    off = AppointmentFactory(studio=cast.studio, held_on=date(2026, 12, 12), status=AppointmentStatus.CANCELLED)
    AttendanceFactory(appointment=off, representative=cast.representative)
    duties = _chapters(cast)["duties"]
    assert duties.rows == [
        ("2026-01-03", "09:00—11:30", cast.studio.name, "到岗"),
        ("2026-01-04", "09:00—11:30", cast.studio.name, "到岗"),
        ("2026-12-05", "09:00—11:30", cast.studio.name, "请假"),
    ]
    assert duties.sums == "共值班 3 次：到岗 2 次，请假 1 次"


def test_gatherings_of_the_three_other_kinds(cast: Cast) -> None:
    gather(cast, AppointmentKind.THEMED, date(2026, 3, 7), AttendanceStatus.PRESENT, theme="农村道路")
    gather(cast, AppointmentKind.COLLECTIVE, date(2026, 3, 29), AttendanceStatus.PRESENT)
    gather(cast, AppointmentKind.DESIGNATED, date(2026, 4, 1), AttendanceStatus.ABSENT)
    found = _chapters(cast)["gatherings"]
    assert found.rows == [
        ("2026-03-07", "主题约见", "农村道路", "刘圩村", "到岗"),
        ("2026-03-29", "集中约见", "—", "刘圩村", "到岗"),
        ("2026-04-01", "指定约见", "—", "刘圩村", "缺勤"),
    ]
    assert found.sums == "共约见 3 次：到岗 2 次，缺勤 1 次"


def test_visits_without_a_visitors_name(cast: Cast, login: Login) -> None:
    serve(cast, duties=0, visits=2)
    visits = _chapters(cast)["visits"]
    assert visits.rows == [("2026-11-21", "村口路灯不亮", "其他", "当场答复")] * 2
    assert visits.sums == "共接访 2 件、4 人次：当场答复 2 件"
    page = login(cast.town_office).get(f"/desk/reps/{cast.representative.pk}/dossier/?year=2026").content.decode()
    assert "村口路灯不亮" in page
    assert "来访人甲" not in page


def test_cases_opinions_and_ratings(cast: Cast, case_in: CaseIn) -> None:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        case_in(State.DRAFT)
        case_in(State.SUBMITTED)
        closed = case_in(State.CLOSED)
    found = _chapters(cast)
    assert found["cases"].rows == [
        ("2026-11-24", "—", "村口道路坑洼", "待受理", "—"),
        ("2026-11-24", closed.number, "村口道路坑洼", "已办结", "A 已解决"),
    ]
    assert found["cases"].sums == "共提出 2 件：受理 1 件，办结 1 件"
    named = f"{closed.number} 村口道路坑洼"
    assert found["opinions"].rows == [("2026-11-24", named, "同意", "—", "代表本人填写")]
    assert found["opinions"].sums == "共答复征询 1 件：同意 1 件"
    assert found["ratings"].rows == [("2026-11-24", named, "满意", "满意", "—")]
    assert found["ratings"].sums == "共评价 1 件：结果满意 1 件"


@pytest.mark.parametrize(
    ("moment", "year"),
    [("2026-12-31 23:59 +0800", 2026), ("2027-01-01 00:01 +0800", 2027), ("2026-12-31 17:00 +0000", 2027)],
)
def test_a_year_begins_and_ends_at_midnight_in_shanghai(cast: Cast, case_in: CaseIn, moment: str, year: int) -> None:
    with time_machine.travel(moment, tick=False):
        case_in(State.CLOSED)
    for other in (2026, 2027):
        found = _chapters(cast, other)
        assert [len(found[key].rows) for key in ("cases", "opinions", "ratings")] == [int(other == year)] * 3


def test_both_ends_of_the_year_belong_to_it_and_others_do_not(cast: Cast) -> None:
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)):
        VisitFactory(studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison, received_on=day)
    assert [row[0] for row in _chapters(cast)["visits"].rows] == ["2026-01-01", "2026-12-31"]


def test_nothing_of_a_colleague(cast: Cast) -> None:
    colleague = RepresentativeFactory(delegation=cast.town, studios=[cast.studio])
    VisitFactory(studio=cast.studio, representative=colleague, recorded_by=cast.liaison)
    AttendanceFactory(appointment=AppointmentFactory(studio=cast.studio), representative=colleague)
    assert not any(filled.rows for filled in dossier_of(cast.representative, 2026).chapters)


def test_every_row_has_a_word_for_every_column(cast: Cast, case_in: CaseIn) -> None:
    serve(cast)
    gather(cast, AppointmentKind.THEMED, date(2026, 3, 7), AttendanceStatus.PRESENT)
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        case_in(State.CLOSED)
    for filled in _chapters(cast).values():
        assert {len(row) for row in filled.rows} == {len(filled.chapter.columns)}
        assert all(cell for row in filled.rows for cell in row)


@time_machine.travel("2026-11-24 09:30 +0800", tick=False)
def test_the_same_number_of_queries_at_one_and_at_many_rows(cast: Cast, login: Login, case_in: CaseIn) -> None:
    client, address = login(cast.town_office), f"/desk/reps/{cast.representative.pk}/dossier/"
    serve(cast)
    case_in(State.CLOSED)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(5):
        case_in(State.CLOSED)
    for day in range(30):
        AttendanceFactory(
            appointment=AppointmentFactory(studio=cast.studio, held_on=date(2026, 5, day + 1)),
            representative=cast.representative,
        )
    serve(cast, duties=0, visits=30)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert sum(len(filled.rows) for filled in page.context["dossier"].chapters) > 60
    assert len(many) == len(few)


@pytest.mark.parametrize("year", ["1999", "2027", "x", "-1", "99999999999999999999"])
@time_machine.travel("2026-11-24 09:30 +0800", tick=False)
def test_a_wrong_year_is_explained(cast: Cast, login: Login, year: str) -> None:
    for address in ("dossier/", "dossier.docx"):
        response = login(cast.town_office).get(f"/desk/reps/{cast.representative.pk}/{address}?year={year}")
        assert response.status_code == 422
        assert "年份请选 2000 到 2026 之间的一年" in response.content.decode()
        assert response.context["dossier"].year == 2026


def test_the_own_year(cast: Cast, login: Login) -> None:
    serve(cast)
    page = login(cast.representative_user).get("/me/year/?year=2026")
    assert page.context["dossier"].person == cast.representative
    assert page.context["dossier"].chapters[0].rows
    assert "/me/year/" in login(cast.representative_user).get("/me/").content.decode()


def test_somebody_elses_dossier_is_refused(cast: Cast, login: Login) -> None:
    other = RepresentativeFactory(delegation=cast.town, name="代表乙")
    for address in ("dossier/", "dossier.docx"):
        assert login(cast.representative_user).get(f"/desk/reps/{other.pk}/{address}").status_code == 403


def test_a_merged_record_has_no_dossier_of_its_own(cast: Cast, login: Login) -> None:
    merged = RepresentativeFactory(delegation=cast.town, merged_into=cast.representative)
    assert login(cast.county_office).get(f"/desk/reps/{merged.pk}/dossier/").status_code == 404


@given(st.integers(FIRST_YEAR, 2026))
def test_years_lead_back_to_the_first(asked: int) -> None:
    years = years_offered(asked, date(2026, 11, 24))
    assert asked in years
    assert years[0] == 2026
    assert asked == FIRST_YEAR or asked - 1 in years
    assert min(years) >= FIRST_YEAR
