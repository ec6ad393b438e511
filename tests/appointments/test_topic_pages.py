"""The pages of themed appointments: what they say, what they refuse, what they keep, how much they ask."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AuditEntry, User
from appointments.models import Appointment, MonthlyTheme, Questionnaire, Response
from appointments.services import findings
from appointments.services.findings import TripEntry
from appointments.tallies import Given
from tests.appointments.factories import AttendanceFactory
from tests.appointments.theming import answer, draft, event, finding, published
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

Login = Callable[[User], Client]
PLAN = {"theme": "道路安全", "held_on": "2026-12-03", "starts_at": "09:00", "ends_at": "11:30", "venue": "会议室"}


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


@pytest.fixture
def office(cast: Cast, login: Login) -> Client:
    return login(cast.town_office)


def _post(client: Client, address: str, data: dict[str, object], status: int) -> str:
    response = client.post(address, data)
    assert response.status_code == status
    return response.content.decode()


def test_searching_keeps_what_was_typed_and_ticked(cast: Cast, office: Client) -> None:
    other = RepresentativeFactory(delegation=cast.other_town, name="李演示")
    data = PLAN | {"delegation": cast.town.pk, "invited": [cast.representative.pk], "q": "lys", "decision": "search"}
    page = _post(office, "/desk/topics/new/", data, 200)
    assert 'value="道路安全"' in page
    assert f'value="{cast.representative.pk}" checked' in page
    assert f'value="{other.pk}"><span>李演示' in page
    assert not Appointment.objects.exists()
    assert "没有找到“没有这人”" in _post(office, "/desk/topics/new/", data | {"q": "没有这人"}, 200)


def test_an_event_is_planned_with_its_guests(cast: Cast, office: Client) -> None:
    busy = RepresentativeFactory(delegation=cast.town, name="代表乙")
    AttendanceFactory(appointment__studio=cast.studio, appointment__held_on=date(2026, 12, 3), representative=busy)
    invited = [cast.representative.pk, busy.pk]
    response = office.post("/desk/topics/new/", PLAN | {"delegation": cast.town.pk, "invited": invited}, follow=True)
    page = response.content.decode()
    assert "活动已安排" in page
    assert "代表乙2026年12月3日已有常规约见" in page
    assert "0 到岗 / 1 受邀" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"theme": ""}, "请填写活动主题，或选择月度主题"),
        ({"held_on": "2026-11-20"}, "活动日期不能早于今天"),
        ({"held_on": "31日"}, "日期请按“2026-11-24”填写"),
        ({"ends_at": "08:00"}, "结束时间要晚于开始时间"),
        ({"venue": ""}, "请填写地点"),
        ({"delegation": "0"}, "没有这个代表队"),
        ({"invited": ["999999"]}, "不在本县名单里"),
    ],
)
def test_bad_input_gets_a_sentence_and_is_kept(
    cast: Cast, office: Client, wrong: dict[str, object], words: str
) -> None:
    page = _post(office, "/desk/topics/new/", PLAN | {"delegation": cast.town.pk, "starts_at": "09:01"} | wrong, 422)
    assert words in page
    assert 'value="09:01"' in page
    assert not Appointment.objects.exists()


def test_a_town_office_plans_for_its_own_delegation_only(cast: Cast, office: Client) -> None:
    assert "没有这个代表队" in _post(office, "/desk/topics/new/", PLAN | {"delegation": cast.other_town.pk}, 422)


def test_the_theme_of_the_month_names_the_event(cast: Cast, login: Login, office: Client) -> None:
    county = login(cast.county_office)
    data = {"county": cast.county.pk, "month": "2026-12", "title": "冬季出行", "background": "雨雪"}
    county.post("/desk/themes/new/", data)
    theme = MonthlyTheme.objects.get()
    assert "这个月已有同样的主题" in _post(county, "/desk/themes/new/", data, 422)
    office.post("/desk/topics/new/", PLAN | {"delegation": cast.town.pk, "theme": "", "monthly_theme": theme.pk})
    assert Appointment.objects.get().theme == "冬季出行"
    page = office.get("/desk/topics/").content.decode()
    assert "已举行 0 场，已安排 1 场" in page
    assert "冬季出行" in office.get(f"/desk/topics/?theme={theme.pk}").content.decode()


def test_refused_steps_stand_open_on_the_page(cast: Cast, office: Client) -> None:
    row = event(cast)
    assert "请填写取消原因" in _post(office, f"/desk/topics/{row.pk}/cancel/", {"reason": ""}, 422)
    assert "到当天才能登记已举行" in _post(office, f"/desk/topics/{row.pk}/hold/", {"headcount": "7"}, 422)
    assert "现场人次请填" in _post(office, f"/desk/topics/{row.pk}/hold/", {"headcount": "-1"}, 422)
    seat = row.attendances.get()
    page = _post(office, f"/desk/topics/{row.pk}/attendance/", {f"seat_{seat.pk}": "ABSENT"}, 422)
    assert "到当天才能登记到岗和缺勤" in page


def test_a_choice_question_with_one_choice_is_refused(cast: Cast, office: Client) -> None:
    row = draft(cast, entries=())
    data = {"kind": "SINGLE", "text": "好走吗", "choices": "好走\n"}
    page = _post(office, f"/desk/questionnaires/{row.pk}/questions/new/", data, 422)
    assert "选择题至少要有 2 个选项" in page
    assert "好走吗" in page
    response = office.post(f"/desk/questionnaires/{row.pk}/publish/", follow=True)
    assert "问卷还没有题目，请先添加题目再发布。" in response.content.decode()


def test_a_paper_is_entered_once(cast: Cast, login: Login) -> None:
    row = published(cast)
    client, question = login(cast.liaison), row.questions.first()
    assert question is not None
    address = f"/desk/questionnaires/{row.pk}/papers/new/"
    form = client.get(address).context["form"]
    data = {"submission_key": form["submission_key"].value(), "paper_no": "007", f"q{question.pk}": "1"}
    assert client.post(address, data).status_code == 302
    again = data | {"submission_key": client.get(address).context["form"]["submission_key"].value()}
    assert "这个编号的纸质问卷已经录入" in _post(client, address, again, 409)
    assert "编号只能用数字、字母" in _post(client, address, again | {"paper_no": "七号"}, 422)
    response = Response.objects.get()
    assert (response.paper_no, response.entered_by) == ("007", cast.liaison)
    assert "1 份答卷，其中纸质 1 份" in client.get(row.get_absolute_url()).content.decode()


def test_the_tally_is_exported_as_it_is_shown(cast: Cast, office: Client) -> None:
    row = published(cast)
    answer(row, Given((0,)), Given(()), Given(text="=1+1"))
    answer(row, Given((2,)))
    content = office.get(f"/desk/questionnaires/{row.pk}/export/").content
    lines = list(load_workbook(BytesIO(content)).worksheets[0].values)
    assert lines[1] == (1, "村里的路好走吗", "单选", "好走", 1, 0.5, 2)
    assert lines[4] == (2, "最想先办什么", "多选", "修路", 0, "—", 0)
    assert lines[7][3] == "'=1+1"
    assert AuditEntry.objects.filter(action="EXPORT", subject="问卷统计 出行问卷", detail="2 份答卷").exists()


def test_findings_are_listed_with_their_sums(cast: Cast, office: Client) -> None:
    row = finding(cast)
    findings.adopt_finding(finding=row, adoption="ADOPTED", where="镇计划", on=None, actor=cast.town_office)
    finding(cast, row.appointment)
    for place, people in (("第一村", 9), ("第二村", 8), ("第一村", 3)):
        findings.write_trip(
            event=row.appointment, entry=TripEntry(place, date(2026, 11, 20), people), seats=[], actor=cast.town_office
        )
    page = office.get("/desk/findings/").content.decode()
    assert "采纳 1 条，部分采纳 0 条；为此走访 2 个村（点），见面 20 人" in page
    assert office.get("/desk/findings/?adoption=OPEN").context["page"].count_words == "共 1 条"
    assert office.get("/desk/findings/?case=yes").context["page"].count_words == "共 0 条"
    assert "第一村" in office.get(f"/desk/topics/{row.appointment_id}/").content.decode()


def test_other_towns_see_nothing_of_it(cast: Cast, login: Login) -> None:
    row = finding(cast)
    for who in (cast.other_town_office, cast.other_liaison, cast.stranger):
        client = login(who)
        assert row.title not in client.get("/desk/findings/").content.decode()
        assert row.appointment.theme not in client.get("/desk/topics/").content.decode()
        assert client.post(f"/desk/topics/{row.appointment_id}/cancel/", {"reason": "x"}).status_code == 404


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_ask_the_same_at_one_and_at_many_rows(cast: Cast, office: Client) -> None:
    row = _filled(cast, event(cast))
    questionnaire = Questionnaire.objects.get()
    addresses = ("/desk/topics/", "/desk/findings/", f"/desk/topics/{row.pk}/", questionnaire.get_absolute_url())
    before = {address: _queries(office, address) for address in addresses}
    for number in range(5):
        _filled(cast, row)
        _filled(cast, event(cast, held_on=date(2026, 12, 4 + number)))
        answer(questionnaire, Given((0,)), Given((1,)), Given(text="好"))
    assert {address: _queries(office, address) for address in addresses} == before


def _filled(cast: Cast, row: Appointment) -> Appointment:
    entry = TripEntry("第一村", date(2026, 11, 20), 5)
    findings.write_trip(event=row, entry=entry, seats=row.attendances.all(), actor=cast.town_office)
    finding(cast, row)
    answer(published(cast, row), Given((0,)))
    AttendanceFactory(appointment=row, representative=RepresentativeFactory(delegation=cast.town))
    return row
