"""The pages of `/reports/`: what may be asked, what stays when something else is chosen, what goes on record."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.enums import AuditAction
from accounts.models import AuditEntry, Organization, User
from reports.official.catalogue import COLLECTIVE, HANDLING, REPORTS
from reports.official.question import named, question_of
from studios.periods import with_last
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.reports.worlds import random_world
from tests.representatives.factories import RepresentativeFactory
from tests.uploads.pictures import read

Login = Callable[[User], Client]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def test_presets_name_running_and_last_periods() -> None:
    found = {period.key: (str(period.first), str(period.last), named(period)) for period in with_last(TODAY)}
    assert found == {
        "month": ("2026-11-01", "2026-11-24", "2026年11月"),
        "quarter": ("2026-10-01", "2026-11-24", "2026年第四季度"),
        "year": ("2026-01-01", "2026-11-24", "2026年"),
        "last_month": ("2026-10-01", "2026-10-31", "2026年10月"),
        "last_quarter": ("2026-07-01", "2026-09-30", "2026年第三季度"),
        "last_year": ("2025-01-01", "2025-12-31", "2025年"),
        "all": ("2000-01-01", "2026-11-24", ""),
    }


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 31), date(2024, 2, 29), date(2026, 12, 31)])
def test_last_periods_end_the_day_before_the_running_ones_begin(day: date) -> None:
    found = {period.key: period for period in with_last(day)}
    for key in ("month", "quarter", "year"):
        assert (found[key].first - found[f"last_{key}"].last).days == 1
        assert found[key].first <= day == found[key].last


def test_each_report_opens_with_its_own_period_and_a_quarter_may_be_named(cast: Cast) -> None:
    question, _form, _period = question_of(cast.leader, COLLECTIVE, QueryDict(""), TODAY)
    assert question.title == "2026年第三季度党代表集中约见情况统计表"
    question, _form, _period = question_of(cast.leader, HANDLING, QueryDict("q=2026Q2&by=delegation"), TODAY)
    assert (question.title, question.asked) == ("2026年第二季度建议意见办理情况统计表", "q=2026Q2&by=delegation")
    question, _form, _period = question_of(cast.leader, HANDLING, QueryDict("from=2026-02-01&to=2026-02-03"), TODAY)
    assert (question.title, question.asked) == ("建议意见办理情况统计表", "from=2026-02-01&to=2026-02-03")


def test_nonsense_falls_back_and_is_explained(cast: Cast, login: Login) -> None:
    page = login(cast.leader).get("/reports/handling/?by=x&delegation=0&from=2026-07-01&to=2026-01-01")
    assert page.status_code == 200
    text = page.content.decode()
    assert "结束日期不能早于开始日期" in text
    assert text.count('<p class="field-error"') == 3
    assert login(cast.leader).get("/reports/nothing/").status_code == 404


def test_the_shelf_says_what_each_report_answers_and_keeps_the_period(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    text = client.get("/reports/?period=last_quarter").content.decode()
    for report in REPORTS.values():
        assert report.question in text
        assert f'href="/reports/{report.key}/?period=last_quarter"' in text
        assert f'href="/reports/{report.key}.xlsx?period=last_quarter"' in text
    assert 'href="/reports/late/"' in client.get("/reports/").content.decode()


def test_choices_and_period_keep_each_other(cast: Cast, login: Login) -> None:
    asked = f"period=year&delegation={cast.town.pk}&by=representative"
    page = login(cast.leader).get(f"/reports/attendance/?{asked}").content.decode()
    escaped = asked.replace("&", "&amp;")
    assert f'href="/reports/attendance.xlsx?{escaped}"' in page
    assert f'href="/reports/attendance/print/?{escaped}"' in page
    assert f'href="?period=month&amp;delegation={cast.town.pk}&amp;by=representative"' in page
    assert '<input type="hidden" name="period" value="year">' in page


def test_one_delegation_alone(cast: Cast, login: Login) -> None:
    random_world(cast, seed=4)
    client = login(cast.leader)
    whole = client.get("/reports/collected/?period=all").context["table"]
    towns = {line.cells[1].value: line.cells[2].value for line in whole.lines}
    for grouping in ("delegation", "studio", "unit"):
        table = client.get(f"/reports/collected/?period=all&by={grouping}&delegation={cast.town.pk}").context["table"]
        cell = table.total.cells[table.name_column + 1]
        assert cell.value == towns["曲塘镇"] < whole.total.cells[2].value
        words = client.get(cell.url).context["page"].count_words
        assert int("".join(filter(str.isdigit, words))) == cell.value


def test_a_delegation_office_reads_its_own_town(cast: Cast, login: Login) -> None:
    random_world(cast, seed=4)
    table = login(cast.town_office).get("/reports/collected/?period=all").context["table"]
    assert [line.cells[1].value for line in table.lines] == ["曲塘镇", "合计"]
    units = login(cast.town_office).get("/reports/handling/?period=all").context["table"]
    own = Suggestion.objects.filter(delegation=cast.town, unit__isnull=False)
    named = set(Organization.objects.units().values_list("short_name", flat=True))
    shown = {line.cells[units.name_column].value for line in units.lines}
    assert shown & named == set(own.accepted().values_list("unit__short_name", flat=True))


@pytest.mark.parametrize("key", REPORTS)
def test_nothing_prints_zeros_and_dashes(cast: Cast, login: Login, key: str) -> None:
    table = login(cast.leader).get(f"/reports/{key}/?period=last_year").context["table"]
    for cell in table.total.cells[table.name_column + 1 :]:
        assert cell.words in {"0", "—", ""} or key == "compliance"
    assert len(table.lines) > (0 if key == "late" else 1)


def test_several_counties_say_whose_each_town_is(cast: Cast, login: Login) -> None:
    random_world(cast, seed=4)
    elsewhere = cast.stranger.memberships.get().organization
    cast.leader.memberships.create(role="LEADER", organization=elsewhere)
    table = login(cast.leader).get("/reports/collected/?period=all").context["table"]
    names = [line.cells[1].value for line in table.lines]
    assert names[:2] == ["海安·曲塘镇", "海安·李堡镇"]
    assert names[2].startswith("如皋·")


def test_an_export_is_on_record(cast: Cast, login: Login) -> None:
    response = login(cast.town_office).get("/reports/satisfaction.xlsx?q=2026Q3&version=first")
    assert "%E6%BB%A1%E6%84%8F%E5%BA%A6%E6%B5%8B%E8%AF%84_2026-07-01_2026-09-30" in response["Content-Disposition"]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORT)
    assert (entry.actor, entry.subject) == (cast.town_office, "建议意见办理满意度测评统计表")
    assert entry.detail == "2026年7月1日至2026年9月30日，按承办单位，第一轮"


def test_paper_and_sheet_are_filled_in_by_the_office_that_signs_letters(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    assert "填报单位（盖章）：海安县党代表联络工作办公室" in client.get("/reports/handling/print/").content.decode()
    page = load_workbook(BytesIO(read(client.get("/reports/handling.xlsx")))).worksheets[0]
    assert page["A2"].value == "填报单位（盖章）：海安县党代表联络工作办公室"


def test_a_page_shows_the_first_lines_and_paper_all(cast: Cast, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.views.reports.PREVIEWED", 3)
    RepresentativeFactory.create_batch(4, delegation=cast.town)
    client = login(cast.leader)
    page = client.get("/reports/performance/")
    rows = len(page.context["table"].lines)
    assert (page.content.decode().count("<tr>") + page.content.decode().count('<tr class="total">')) == 2 + 3
    assert f"打印和导出的是全部 {rows} 行" in page.content.decode()
    paper = client.get("/reports/performance/print/").content.decode()
    assert "<a href" not in paper[paper.find("<tbody>") : paper.find("</tbody>")]
    assert paper.count("<tr") == 2 + rows


@pytest.mark.parametrize("key", REPORTS)
def test_a_report_asks_the_same_for_many_rows(cast: Cast, login: Login, key: str) -> None:
    client = login(cast.leader)
    asked = []
    for seed, size in ((1, 2), (2, 9)):
        random_world(cast, seed, size=size)
        client.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/reports/{key}/?period=all").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 16
