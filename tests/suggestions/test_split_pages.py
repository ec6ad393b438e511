"""分办 on screen and on paper: every unit is named and heard, and each sees its own state and clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from reports.board.late import red_list
from reports.board.places import whole
from studios.clocks import SHANGHAI
from studios.services import load_calendar
from suggestions.enums import ResultClass, State
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.suggestions import asking, paths
from tests.suggestions.test_case_papers import words_of
from tests.uploads.pictures import read

Login = Callable[[User], Client]
MONDAY = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
ROAD, PIPE = "路面已全部修补完毕。", "排水管网列入年度计划。"
LIST = "/desk/suggestions/"


@pytest.fixture
def relayed(cast: Cast) -> Suggestion:
    """Answered by both units and relayed."""
    case = _answered(cast)
    paths.forward(case, cast)
    return asking.fresh(case)


def _answered(cast: Cast) -> Suggestion:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler", text=ROAD)
    return asking.hand_in(case, cast, "other_unit_handler", text=PIPE, result_class=ResultClass.C)


def test_the_representative_rates_what_every_unit_says(cast: Cast, login: Login, relayed: Suggestion) -> None:
    page = login(cast.representative_user).get(f"/me/suggestions/{relayed.pk}/")
    assert [(answer.unit, answer.reply.text) for answer in page.context["answers"]] == [
        (cast.county_unit, ROAD),
        (cast.other_unit, PIPE),
    ]
    asked = page.content.decode().split("请您评价办理情况")[1].split("</form>")[0]
    for words in (ROAD, PIPE, "交通运输局", "住房和城乡建设局", "A 已解决", "C 暂不具备条件"):
        assert words in asked


def test_nothing_is_rated_before_it_is_relayed(cast: Cast, login: Login) -> None:
    case = _answered(cast)
    assert login(cast.representative_user).get(f"/me/suggestions/{case.pk}/").context["answers"] == []


def test_those_merged_into_it_read_every_part(cast: Cast, login: Login) -> None:
    parent, child = asking.shared(cast), paths.case_in(State.ACCEPTED, cast)
    paths.merge(child, parent, cast)
    paths.take_two_steps(parent, cast)
    for who, text in (("unit_handler", ROAD), ("other_unit_handler", PIPE)):
        asking.hand_in(parent, cast, who, text=text)
    page = login(cast.liaison).get(child.get_absolute_url()).content.decode()
    assert ROAD not in page
    paths.forward(parent, cast)
    page = login(cast.liaison).get(child.get_absolute_url()).content.decode()
    assert ROAD in page
    assert PIPE in page


def test_a_letter_for_each_unit(cast: Cast, login: Login, relayed: Suggestion) -> None:
    client, address = login(cast.county_office), f"{relayed.get_absolute_url()}letter/"
    page = client.get(relayed.get_absolute_url()).content.decode()
    for reply, own, other in zip(relayed.replies.all(), (ROAD, PIPE), (PIPE, ROAD), strict=True):
        assert f"{address}?reply={reply.pk}" in page
        letter = client.get(address, {"reply": reply.pk}).content.decode()
        assert own in letter
        assert other not in letter
        assert "本件由交通运输局、住房和城乡建设局分别办理" in letter
        assert f"{address}word/?reply={reply.pk}" in letter
        word = client.get(f"{address}word/", {"reply": reply.pk})
        assert own in words_of(word.content)
    for wrong in ("0", "x", "9" * 30):
        assert client.get(address, {"reply": wrong}).status_code == 404
    assert PIPE in client.get(address).content.decode()


def test_the_paper_form_and_the_archive_hold_both(cast: Cast, login: Login, relayed: Suggestion) -> None:
    client = login(cast.county_office)
    survey = client.get(f"{relayed.get_absolute_url()}survey/").content.decode()
    assert ROAD in survey
    assert PIPE in survey
    names = ZipFile(BytesIO(read(client.get(f"{relayed.get_absolute_url()}archive/")))).namelist()
    letters = [name.split("_", 1)[1] for name in names if "答复函" in name]
    assert letters == ["答复函_第1次办理_交通局.docx", "答复函_第1次办理_住建局.docx"]


def test_lists_name_all_and_find_it_under_each(cast: Cast, login: Login) -> None:
    case, client = asking.shared(cast), login(cast.county_office)
    alone = paths.case_in(State.HANDLING, cast)
    page = client.get(LIST).content.decode()
    assert "交通局等 2 家（分别办理）" in page
    assert "交通局、住建局（分别办理）" in page
    found = {
        unit: {row.shown.case.pk for row in client.get(LIST, {"unit": unit.pk}).context["rows"]}
        for unit in (cast.county_unit, cast.other_unit, cast.town_unit)
    }
    assert found == {cast.county_unit: {case.pk, alone.pk}, cast.other_unit: {case.pk}, cast.town_unit: set()}
    register = client.get("/desk/register/", {"unit": cast.other_unit.pk}).context["entries"]
    assert [entry.case.units_in_full for entry in register] == ["交通局、住建局（分别办理）"]


def test_a_unit_that_is_done_is_not_late(cast: Cast, login: Login) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = asking.shared(cast)
        paths.take_two_steps(case, cast)
        asking.hand_in(case, cast, "unit_handler")
        clock.shift(timedelta(days=15))
        office = login(cast.county_office)
        board = red_list(cast.leader, whole(), timezone.localdate()).units
        assert [(row.name, row.count) for row in board] == [(cast.other_unit.short_name, 1)]
        assert [row.suggestion for row in office.get(board[0].url).context["page"].rows] == [case]
        late = {
            who: [row.shown.case.pk for row in login(getattr(cast, who)).get(LIST, {"view": "overdue"}).context["rows"]]
            for who in ("unit_handler", "other_unit_handler")
        }
    assert late == {"unit_handler": [], "other_unit_handler": [case.pk]}


def test_each_unit_sees_its_own_state_and_clock(cast: Cast, login: Login) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = asking.assigned(cast, split_units=[cast.county_unit, cast.other_unit])
        paths.sign(case, cast)
        assert _seen(cast, login) == {
            "unit_handler": ("办理中", "剩 10 天"),
            "other_unit_handler": ("待签收", "未签收 · 剩 10 天"),
            "county_office": ("办理中", "剩 10 天"),
        }
        for who, view, number in (("unit_handler", "to_sign", 0), ("other_unit_handler", "to_sign", 1)):
            assert len(login(getattr(cast, who)).get(LIST, {"view": view}).context["rows"]) == number
        paths.take_two_steps(case, cast)
        asking.hand_in(case, cast, "unit_handler")
        clock.shift(timedelta(days=12))
        assert _seen(cast, login) == {
            "unit_handler": ("本单位已交", "按期"),
            "other_unit_handler": ("待签收", "逾期 2 天"),
            "county_office": ("办理中", "逾期 2 天"),
        }


def test_a_helper_sees_the_day_of_its_countersign(cast: Cast, login: Login) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = asking.helped(cast)
        assert _seen(cast, login)["other_unit_handler"] == ("待会签", "剩 4 天")
        asking.countersign(case, cast)
        assert _seen(cast, login)["other_unit_handler"] == ("已会签", "按期")
        page = login(cast.county_office).get(LIST).content.decode()
    assert "交通局（会办住建局）" in page


def test_the_task_list_speaks_of_the_own_part(cast: Cast, login: Login) -> None:
    case = asking.shared(cast)
    paths.take_two_steps(case, cast)
    asking.hand_in(case, cast, "unit_handler")
    states = {
        who: login(getattr(cast, who))
        .get(f"{case.get_absolute_url()}handle/")
        .content.decode()
        .rsplit("task-state", 1)[1]
        for who in ("unit_handler", "other_unit_handler")
    }
    assert states["unit_handler"].startswith('">已完成')
    assert states["other_unit_handler"].startswith('">未开始')


def test_as_many_queries_for_one_as_for_many(cast: Cast, login: Login) -> None:
    client, counts = login(cast.unit_handler), []
    with time_machine.travel(MONDAY, tick=False):
        for _ in range(2):
            asking.shared(cast)
            client.get(LIST)
            with CaptureQueriesContext(connection) as captured:
                client.get(LIST)
            counts.append(len(captured))
    assert counts[0] == counts[1]


def _seen(cast: Cast, login: Login) -> dict[str, tuple[str, str]]:
    found = {}
    for who in ("unit_handler", "other_unit_handler", "county_office"):
        row = login(getattr(cast, who)).get(LIST).context["rows"][0].shown
        found[who] = (row.label, row.light.text if row.light else "")
    return found


def test_a_ruling_lists_the_unit_that_is_chosen(cast: Cast, login: Login, relayed: Suggestion) -> None:
    paths.redo(relayed, cast)
    paths.take_two_steps(relayed, cast)
    for who in ("unit_handler", "other_unit_handler"):
        asking.hand_in(relayed, cast, who)
    paths.forward(relayed, cast)
    paths.rate(relayed, cast, paths.DISCONTENT)
    case, client = asking.fresh(relayed), login(cast.county_office)
    due_on = load_calendar().add_workdays(timezone.localdate(), 5).isoformat()
    asked = {"version": case.version, "ruling": "LISTED", "text": "限期办好", "reply_due_on": due_on}
    address = f"{case.get_absolute_url()}rule/"
    assert "请选择挂牌督办哪个单位" in client.post(address, asked).content.decode()
    assert client.post(address, asked | {"unit": cast.other_unit.pk}).status_code == 302
    assert case.supervisions.get().unit == cast.other_unit
