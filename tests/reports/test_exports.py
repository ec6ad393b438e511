"""Lists leave exactly as they are on screen."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.reports.exporting import exported
from tests.uploads.pictures import read

Login = Callable[[User], Client]


def _book(client: Client, url: str) -> "object":
    response = client.get(url)
    assert response.status_code == 200
    return load_workbook(BytesIO(read(response)))


def test_case_sheet_is_the_list_on_screen(cast: Cast, login: Login, case_in: CaseIn) -> None:
    for state in (State.HANDLING, State.CLOSED, State.HANDLING):
        case_in(state)
    client = login(cast.county_office)
    query = "?view=handling&sort=deadline"
    shown = [row.shown.case.number for row in client.get(f"/desk/suggestions/{query}").context["rows"]]
    book = exported(client, "suggestions", query)
    page = book["清单"]
    assert [cell.value for cell in page["A"]][1:] == shown
    assert len(shown) == 2
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:H3")
    assert isinstance(page["E2"].value, datetime)
    terms = {row[0].value: row[1].value for row in book["导出条件"]}
    assert (terms["导出人"], terms["视图"], terms["排序"]) == ("党联办甲", "办理中", "期限近的在前")


@pytest.mark.parametrize("title", ["=1+1", "+86", "-1", "@SUM(A1)"])
def test_user_text_is_never_a_formula(cast: Cast, login: Login, case_in: CaseIn, title: str) -> None:
    case = case_in(State.HANDLING)
    Suggestion.objects.filter(pk=case.pk).update(title=title)
    cell = exported(login(cast.county_office), "suggestions")["清单"]["B2"]
    assert (cell.data_type, cell.value) == ("s", f"'{title}")


def test_many_rows_want_a_reason(cast: Cast, login: Login, case_in: CaseIn, monkeypatch: pytest.MonkeyPatch) -> None:
    case_in(State.HANDLING)
    monkeypatch.setattr("accounts.export_reasons.REASON_ABOVE", 0)
    client = login(cast.county_office)
    asked = client.get("/reports/exports/suggestions.xlsx?view=handling")
    assert asked.status_code == 422
    assert 'name="view" value="handling"' in asked.content.decode()
    exported(client, "suggestions", "?view=handling&reason=季度通报")
    assert "导出事由：季度通报" in AuditEntry.objects.get(action=AuditAction.EXPORT).detail


def test_the_sheet_says_its_conditions_in_words(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case_in(State.HANDLING)
    query = f"?state=HANDLING&delegation={cast.town.pk}"
    book = exported(login(cast.county_office), "suggestions", query)
    said = {row[0].value: row[1].value for row in book["导出条件"].iter_rows()}
    assert (said["状态"], said["代表队"]) == ("办理中", cast.town.name)


def test_the_sheet_asks_the_same_for_many_rows(cast: Cast, login: Login, case_in: CaseIn) -> None:
    client = login(cast.county_office)
    case_in(State.HANDLING)
    asked = []
    for _ in range(2):
        client.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as captured:
            exported(client, "suggestions")
        asked.append(len(captured))
        for _ in range(5):
            case_in(State.CLOSED)
    assert asked[0] == asked[1]
