"""An old ledger becomes cases with a history: lawful, scoped, all or nothing, and only once."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.models import Reminder
from suggestions import services
from suggestions.enums import Level, ResultClass, Ruling, State, Verb
from suggestions.models import NumberSequence, Suggestion
from tests.accounts.sheets import confirm, counts, previewed, reasons, resource_of, upload
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.people import OFFICES
from tests.sheets.books import cells_of
from tests.suggestions.ledgers import CLOSED, UNTIL, line, mixed

Login = Callable[[User], Client]
NOW = "2026-11-24 10:00 +0800"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def _imported(client: Client, user: User, rows: list[dict[str, Any]]) -> list[Suggestion]:
    run = previewed(client, "ledger", user, rows)
    assert counts(run) == (len(rows), 0, 0, 0), reasons(client, run)
    confirm(client, run)
    return list(Suggestion.objects.filter(is_imported=True).order_by("pk"))


def _check_integrity() -> str:
    out = StringIO()
    call_command("check_integrity", stdout=out)
    return out.getvalue()


def test_a_line_becomes_a_closed_case(cast: Cast, login: Login) -> None:
    [case] = _imported(login(cast.county_office), cast.county_office, [CLOSED])
    assert (case.state, case.number, case.sequence, case.is_imported) == (State.CLOSED, "旧-2025-007", None, True)
    assert (case.delegation, case.studio, case.unit) == (cast.town, cast.studio, cast.county_unit)
    assert (case.level, case.assigned_level, case.created_by) == (Level.COUNTY, Level.COUNTY, cast.county_office)
    assert (case.due_on, case.was_on_time, case.result_class) == (date(2025, 3, 15), True, ResultClass.A)
    assert (case.closed_on, case.next_deadline_at, case.is_anonymous) == (date(2025, 3, 20), None, False)
    assert case.replies.get().text == "已修补。"
    assert sorted(case.evaluations.values_list("evaluator", "outcome")) == [
        ("PETITIONER", "BASIC"),
        ("REPRESENTATIVE", "SATISFIED"),
    ]


def test_its_history_is_marked_and_dated(cast: Cast, login: Login) -> None:
    [case] = _imported(login(cast.county_office), cast.county_office, [CLOSED])
    steps = list(case.transitions.all())
    assert [(step.verb, f"{timezone.localtime(step.at):%m-%d}") for step in steps] == [
        (Verb.SUBMIT, "03-03"), (Verb.ACCEPT, "03-04"), (Verb.ASSIGN, "03-05"),
        (Verb.REPLY, "03-12"), (Verb.FORWARD, "03-13"), (Verb.CLOSE, "03-20"),
    ]  # fmt: skip
    assert {(step.actor, step.actor_name, step.detail) for step in steps} == {(None, "台账记载", "台账导入")}
    page = login(cast.county_office).get(case.get_absolute_url()).content.decode()
    assert "台账导入" in page
    assert "未签收" not in page


def test_nothing_is_invented_about_what_the_ledger_has_no_day_for(cast: Cast, login: Login) -> None:
    cases = _imported(login(cast.county_office), cast.county_office, mixed())
    verbs = {verb for case in cases for verb in case.transitions.values_list("verb", flat=True)}
    assert not verbs & {Verb.SIGN, Verb.EVALUATE, Verb.RECORD_CONTACT, Verb.CONSULT}
    escalated = [case.state for case in cases if case.transitions.filter(verb=Verb.ESCALATE).exists()]
    assert escalated == [State.ESCALATED]
    assert not any(case.contacts.exists() or case.consultations.exists() for case in cases)
    assert not any(row.signed_by for case in cases for row in case.assignments.all())


def test_what_only_a_ledger_tells_is_no_lawful_step_of_other_cases(cast: Cast, login: Login) -> None:
    [case] = _imported(login(cast.county_office), cast.county_office, [CLOSED])
    Suggestion.objects.filter(pk=case.pk).update(is_imported=False)
    with pytest.raises(SystemExit):
        _check_integrity()


def test_a_mixed_file_keeps_every_rule(cast: Cast, login: Login) -> None:
    cases = _imported(login(cast.county_office), cast.county_office, mixed())
    assert '"ok": true' in _check_integrity()
    assert {case.state for case in cases} == {
        "SUBMITTED", "ACCEPTED", "ESCALATED", "ASSIGNED", "HANDLING", "REPLY_REVIEW", "AWAIT_EVALUATION", "CLOSED",
    }  # fmt: skip
    by_title = {case.title: case for case in cases}
    assert by_title["有人不满意"].ruling == Ruling.EXPLAINED
    assert by_title["有人不满意"].transitions.last().verb == Verb.RULE  # type: ignore[union-attr]
    assert by_title["镇里办的"].assigned_level == Level.TOWN
    assert by_title["逾期答复"].was_on_time is False
    assert by_title["复杂事项"].due_on == date(2025, 4, 5)
    assert by_title["复杂事项"].content == "复杂事项"
    assert by_title["列入计划"].promise_on == date(2025, 9, 1)
    assert by_title["没有评价"].is_anonymous is True


def test_statistics_count_them(cast: Cast, login: Login) -> None:
    _imported(login(cast.county_office), cast.county_office, mixed())
    counted = Suggestion.objects.accepted_between(date(2025, 1, 1), date(2025, 12, 31))
    assert (counted.count(), counted.in_state(State.CLOSED).count()) == (14, 7)


def test_a_running_case_has_a_clock_and_the_reminders_ahead(cast: Cast, login: Login) -> None:
    recent = {"提交日期": date(2026, 11, 18), "受理日期": date(2026, 11, 19), "交办日期": date(2026, 11, 20)}
    rows = [line("办理中", 编号="旧-1"), line("办理中", 编号="旧-2", 标题="新近交办的", **recent)]
    old, new = _imported(login(cast.county_office), cast.county_office, rows)
    assert (old.due_on, new.due_on) == (date(2025, 3, 15), date(2026, 11, 30))
    assert list(Suggestion.objects.overdue(date(2026, 11, 24))) == [old]
    told = Reminder.objects.filter(kind="suggestion.deadline")
    assert not told.filter(subject=f"suggestion:{old.pk}").exists()
    assert sorted(told.filter(subject=f"suggestion:{new.pk}").values_list("offset", flat=True).distinct()) == [
        -3, 0, 1, 3, 7,
    ]  # fmt: skip


def test_a_running_case_goes_on_by_hand(cast: Cast, login: Login) -> None:
    waiting, handling = _imported(
        login(cast.county_office), cast.county_office, [line("待受理"), line("待签收", 编号="旧-9")]
    )
    assert services.accept_suggestion(suggestion=waiting, actor=cast.town_office, version=None).number == (
        "海建〔2026〕0001"
    )
    services.sign_suggestion(suggestion=handling, actor=cast.unit_handler, version=handling.version)
    assert '"ok": true' in _check_integrity()


def test_the_same_file_again_changes_nothing(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    rows = [*mixed(), line("已办结", 编号=None, 标题="没有编号的")]
    _imported(client, cast.county_office, rows)
    before = list(Suggestion.objects.order_by("pk").values())
    run = previewed(client, "ledger", cast.county_office, rows)
    assert counts(run) == (0, 0, len(rows), 0), reasons(client, run)
    assert "不用导入" in client.get(run.get_absolute_url()).content.decode()
    assert list(Suggestion.objects.order_by("pk").values()) == before


def test_what_was_imported_can_be_exported_and_comes_back_the_same(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    rows = mixed()
    _imported(client, cast.county_office, rows)
    data = b"".join(client.get(reverse("accounts:import_export", args=["ledger"])))  # type: ignore[arg-type]
    assert len(cells_of(data)) == len(rows) + 1
    response = upload(client, "ledger", data)
    run = client.get(response["Location"]).context["run"]
    assert counts(run) == (0, 0, len(rows), 0), reasons(client, run)


def test_the_template_explains_itself(cast: Cast, login: Login) -> None:
    data = b"".join(login(cast.town_office).get(reverse("accounts:import_template", args=["ledger"])))  # type: ignore[arg-type]
    heads, example = cells_of(data)[:2]
    assert [str(head).rstrip("*") for head in heads] == resource_of("ledger", cast.town_office).heads
    assert "已办结" in example


SENTENCES: list[tuple[str, dict[str, Any], str]] = [
    ("已办结", {"标题": None}, "请填写标题"),
    ("已办结", {"代表姓名或证号": None}, "请填写代表姓名或证号"),
    ("已办结", {"代表姓名或证号": "没有的人"}, "代表姓名或证号：本县没有“没有的人”这个党代表，请核对姓名"),
    ("已办结", {"类别": "天文"}, "类别：没有“天文”这一项"),
    ("已办结", {"代表队": "如皋"}, "代表队：本县没有“如皋”这个代表队，请核对名称"),
    ("已办结", {"代表队": "李堡镇"}, "工作室不在这一行填写的代表队，请核对"),
    ("已办结", {"工作室": "没有的"}, "工作室：本县没有“没有的”这个工作室，请核对名称"),
    ("已办结", {"提交日期": None}, "请填写提交日期"),
    ("已办结", {"提交日期": "去年"}, "提交日期：“去年”不是日期"),
    ("已办结", {"受理日期": None}, "状态是“已办结”，请填写受理日期"),
    ("已办结", {"受理日期": date(2025, 3, 1)}, "受理日期（2025年3月1日）早于提交日期（2025年3月3日），请核对"),
    ("已办结", {"答复日期": date(2025, 3, 1)}, "答复日期（2025年3月1日）早于交办日期（2025年3月5日），请核对"),
    ("已办结", {"办结日期": date(2026, 11, 25)}, "办结日期（2026年11月25日）还没有到，请核对"),
    ("已办结", {"办结日期": None}, "状态是“已办结”，请填写办结日期"),
    ("待评价", {"办结日期": date(2025, 3, 20)}, "状态是“待评价”，办结日期应当空着；如果已经办到那一步，请改状态"),
    ("待受理", {"编号": "旧-1"}, "状态是“待受理”，编号应当空着"),
    ("待交办", {"承办单位": "交通局"}, "状态是“待交办”，承办单位应当空着"),
    ("待交办", {"难易": "简单"}, "状态是“待交办”，难易应当空着"),
    ("办理中", {"答复内容": "好"}, "状态是“办理中”，答复内容应当空着"),
    ("办理中", {"群众评价": "满意"}, "状态是“办理中”，群众评价应当空着"),
    ("已答复·待转交", {"办理结果": None}, "状态是“已答复·待转交”，请填写办理结果"),
    ("已办结", {"承办单位": None}, "状态是“已办结”，请填写承办单位"),
    ("已办结", {"承办单位": "没有的局"}, "承办单位：本县没有“没有的局”这个承办单位，请核对名称"),
    ("已办结", {"承办单位": "建设办", "工作室": None, "代表队": "李堡镇"}, "承办单位是别的代表队的单位"),
    ("已办结", {"期限": date(2025, 3, 1)}, "期限（2025年3月1日）早于交办日期（2025年3月5日），请核对"),
    ("办理中", {"期限": date(2025, 5, 1)}, "期限最迟只能到2025年4月5日"),
    ("已答复·待转交", {"期限": date(2025, 5, 1)}, "期限最迟只能到2025年4月5日"),
    ("已办结", {"办理结果": "b"}, "B 类结果请填写承诺日期"),
    ("已办结", {"承诺日期": date(2025, 9, 1)}, "只有 B 类结果有承诺日期，请改办理结果或清空承诺日期"),
    (
        "已办结",
        {"办理结果": "b", "承诺日期": date(2025, 3, 12)},
        "承诺日期（2025年3月12日）要晚于答复日期（2025年3月12日）",
    ),
    ("已办结", {"代表评价": "好"}, "代表评价：没有“好”这一项"),
    ("已办结", {"状态": None}, "请填写状态"),
    ("已办结", {"状态": "草稿"}, "状态：没有“草稿”这一项"),
    ("已办结", {"编号": "海建〔2026〕0007"}, "编号“海建〔2026〕0007”是本系统要发的编号，现在发到第 0 号"),
    ("已办结", {"编号": "海建〔2026〕1"}, "编号是2026年的，受理日期却不在这一年，请核对"),
    ("已办结", {"编号": "旧 1"}, "编号：“旧 1”不符合要求"),
]


@pytest.mark.parametrize(("state", "changes", "sentence"), SENTENCES)
def test_what_cannot_be_is_refused(
    cast: Cast, login: Login, state: str, changes: dict[str, Any], sentence: str
) -> None:
    client = login(cast.county_office)
    run = previewed(client, "ledger", cast.county_office, [line(state) | changes])
    assert counts(run) == (0, 0, 0, 1)
    assert sentence in "；".join(reasons(client, run))
    assert "还有不能导入的行" in confirm(client, run)
    assert not Suggestion.objects.exists()


def test_one_bad_line_keeps_the_whole_file_out_and_comes_back_as_a_sheet(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    run = previewed(
        client, "ledger", cast.county_office, [*mixed(), line("已办结", 编号="旧-99", 标题="写错状态的", 状态="办理中")]
    )
    assert counts(run) == (15, 0, 0, 1)
    confirm(client, run)
    assert not Suggestion.objects.exists()
    data = b"".join(client.get(reverse("accounts:import_refused", args=[run.pk])))  # type: ignore[arg-type]
    heads, row = cells_of(data)
    assert "答复日期应当空着" in str(dict(zip(heads, row, strict=True))["错误"])


def test_the_same_case_twice_is_refused(cast: Cast, login: Login, case_in: CaseIn) -> None:
    client, office = login(cast.county_office), cast.county_office
    _imported(client, office, [CLOSED])
    other_number = CLOSED | {"编号": "旧-8"}
    run = previewed(client, "ledger", office, [other_number, CLOSED | {"标题": "另一个标题"}])
    first, second = reasons(client, run)
    assert first == "这件建议已经登记过（旧-2025-007），请删去这一行"
    assert second == "这件建议已经导入过，标题与系统里的不同。台账不能修改已有的建议，请删去这一行"
    own = case_in(State.ACCEPTED)
    run = previewed(client, "ledger", office, [CLOSED | {"编号": own.number}])
    assert reasons(client, run) == [f"这件建议已经在系统里办理（{own.number}），请删去这一行"]


def test_two_lines_about_one_case_are_refused(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)
    rows = [CLOSED, CLOSED | {"标题": "另一件"}, CLOSED | {"编号": None}]
    run = previewed(client, "ledger", cast.county_office, rows)
    assert reasons(client, run) == [
        "编号与第 2 行重复，请只留一行",
        "标题、提交日期、党代表与第 2 行相同，请只留一行",
    ]


def test_lines_without_a_number_get_one_of_their_year(cast: Cast, login: Login) -> None:
    rows = [line("已办结", 编号=None, 标题=title) for title in "甲乙"]
    numbers = [case.number for case in _imported(login(cast.county_office), cast.county_office, rows)]
    assert numbers == ["台账〔2025〕0001", "台账〔2025〕0002"]
    more = _imported(login(cast.county_office), cast.county_office, [line("已办结", 编号=None, 标题="丙")])
    assert more[-1].number == "台账〔2025〕0003"


def test_this_years_own_numbers_go_on_where_the_ledger_ends(cast: Cast, login: Login, case_in: CaseIn) -> None:
    days = {head: value + timedelta(days=365) for head, value in CLOSED.items() if isinstance(value, date)}
    rows = [line("已办结", 编号=f"海建〔2026〕{number}", 标题=f"第{number}件", **days) for number in (2, 1, 3)]
    cases = _imported(login(cast.county_office), cast.county_office, rows)
    assert (cases[0].number, cases[0].sequence) == ("海建〔2026〕0002", 2)
    assert NumberSequence.objects.get(county=cast.county, year=2026).last == 3
    assert case_in(State.ACCEPTED).number == "海建〔2026〕0004"
    assert '"ok": true' in _check_integrity()


def test_a_delegation_imports_its_own_only(cast: Cast, login: Login) -> None:
    client = login(cast.town_office)
    foreign = line("已办结", 编号="旧-2", 标题="别镇的", 工作室=None, 代表队="李堡镇")
    run = previewed(client, "ledger", cast.town_office, [CLOSED, foreign])
    assert counts(run) == (1, 0, 0, 1)
    assert "这一行属于别的代表队" in reasons(client, run)[0]
    [case] = _imported(client, cast.town_office, [CLOSED])
    assert case.delegation == cast.town
    export = client.get(reverse("accounts:import_export", args=["ledger"]))
    assert len(cells_of(b"".join(export))) == 2  # type: ignore[arg-type]
    other = login(cast.other_town_office).get(reverse("accounts:import_export", args=["ledger"]))
    assert len(cells_of(b"".join(other))) == 1  # type: ignore[arg-type]


def test_offices_import_and_nobody_else(cast: Cast, login: Login) -> None:
    address = reverse("accounts:import_create", args=["ledger"])
    allowed = {name for name, user in cast.everybody.items() if login(user).get(address).status_code == 200}
    assert allowed == OFFICES
    assert "历史台账" in login(cast.town_office).get(reverse("accounts:imports")).content.decode()


def test_another_county_finds_none_of_it(cast: Cast, login: Login) -> None:
    run = previewed(login(cast.stranger), "ledger", cast.stranger, [CLOSED])
    assert "本县没有“代表甲”这个党代表" in "；".join(reasons(login(cast.stranger), run))


def test_whoever_rates_is_not_of_the_unit(cast: Cast, login: Login) -> None:
    cast.county_office.memberships.create(role="UNIT_HANDLER", organization=cast.county_unit)
    user = User.objects.get(pk=cast.county_office.pk)
    client = login(user)
    run = previewed(client, "ledger", user, [CLOSED])
    assert reasons(client, run) == ["您在这个承办单位任职，不能录入对它的评价，请由别人导入"]


def test_every_state_of_a_ledger_is_tried() -> None:
    assert {state for state, _changes, _sentence in SENTENCES} <= UNTIL.keys()
