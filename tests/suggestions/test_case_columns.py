"""The columns of the case list: chosen by each person, the same on the page and in the exported sheet."""

from collections.abc import Callable
from io import BytesIO

from django.test import Client
from openpyxl import load_workbook

from accounts.models import ListLayout, User
from suggestions.columns import CHOICES, COLUMNS, heads_of, layout_of
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.uploads.pictures import read

Login = Callable[[User], Client]
PAGE, LAYOUT, SHEET = "/desk/suggestions/", "/desk/suggestions/layout/", "/reports/exports/suggestions.xlsx"
USUAL = ["建议", "状态", "期限", "承办单位", "党代表", "代表队"]


def _labels(client: Client) -> list[str]:
    return [column.label for column in client.get(PAGE).context["layout"].columns]


def _sheet(client: Client) -> list[list[object]]:
    page = load_workbook(BytesIO(read(client.get(SHEET)))).worksheets[0]
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_who_has_chosen_nothing_sees_the_usual_columns(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    client = login(cast.county_office)
    assert _labels(client) == USUAL
    assert _sheet(client)[0] == ["编号", "标题", "类别", "状态", "办理期限", "承办单位", "党代表", "代表队"]
    assert "table-dense" not in client.get(PAGE).content.decode()


def test_the_page_and_its_sheet_follow_the_choice(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.CLOSED)
    client = login(cast.county_office)
    data = {"columns": ["closed", "unit", "on_time"], "is_dense": "on", "query": "view=closed&sort=deadline"}
    response = client.post(LAYOUT, data, follow=True)
    assert response.redirect_chain[-1][0] == f"{PAGE}?view=closed&sort=deadline"
    assert _labels(client) == ["建议", "承办单位", "是否按期", "办结日期"]
    page = client.get(PAGE).content.decode()
    assert "table-cards table-dense" in page
    assert f"{case.closed_on:%Y-%m-%d}" in page
    heads, line = _sheet(client)
    assert heads == ["编号", "标题", "类别", "承办单位", "是否按期", "办结日期"]
    assert line[0:2] == [case.number, case.title]
    assert (line[4], line[5].date()) == ("按期", case.closed_on)  # type: ignore[attr-defined]
    assert _labels(login(cast.town_office)) == USUAL


def test_every_column_says_the_same_on_the_page_and_in_the_sheet(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.CLOSED)
    client = login(cast.county_office)
    client.post(LAYOUT, {"columns": [key for key, _label in CHOICES]})
    (row,) = client.get(PAGE).context["rows"]
    heads, line = _sheet(client)
    said = dict(zip(heads, line, strict=True))
    for cell in row.cells:
        if cell.column.look == "text":
            value = said[cell.column.cells[0].head]
            assert cell.text == (f"{value:%Y-%m-%d}" if hasattr(value, "year") else value or "")
    assert len(row.cells) == len(COLUMNS)


def test_the_choice_can_be_taken_back_to_the_first_column(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    client.post(LAYOUT, {"columns": ["unit"]})
    client.post(LAYOUT, {})
    assert _labels(client) == ["建议"]
    assert ListLayout.objects.count() == 1


def test_an_unknown_column_is_refused_and_nothing_changes(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    response = client.post(LAYOUT, {"columns": ["password"], "query": "view=all"}, follow=True)
    assert "没有“password”这一列，请重新选择。" in response.content.decode()
    assert _labels(client) == USUAL


def test_a_column_that_is_no_more_is_left_out(cast: Cast) -> None:
    ListLayout.objects.create(user=cast.county_office, list_key="cases", columns=["unit", "gone"])
    assert [column.key for column in layout_of(cast.county_office).columns] == ["title", "unit"]
    assert heads_of(layout_of(cast.county_office))[-1] == ("承办单位", 20)


def test_the_way_back_stays_within_the_list(cast: Cast, login: Login) -> None:
    response = login(cast.county_office).post(LAYOUT, {"query": "//elsewhere.example/"})
    assert response.url.startswith(f"{PAGE}?")


def test_every_field_of_the_columns_comes_with_the_list(cast: Cast, login: Login, case_in: CaseIn) -> None:
    """Otherwise each row would ask for it alone."""
    case_in(State.CLOSED)
    client = login(cast.county_office)
    (row,) = client.get(PAGE).context["rows"]
    for column in COLUMNS:
        for cell in column.cells:
            cell.value(row.shown.case)
    assert row.shown.case.get_deferred_fields() == _left_out(row.shown.case)


def _left_out(case: Suggestion) -> set[str]:
    return Suggestion.objects.with_list_related().get(pk=case.pk).get_deferred_fields()
