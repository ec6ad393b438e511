"""The triage page: rows in groups with advice and likely duplicates, the reading pane, what a bulk act answers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from suggestions import services
from suggestions.enums import AssignmentStatus, Complexity, State, Verb
from suggestions.models import AssignmentBatch, Suggestion
from suggestions.triage.desk import DeskGroup, key_links
from tests.cast import Cast
from tests.suggestions import paths
from tests.suggestions.triaging import INBOX, assigned_before, bulk_data, matter, post, waiting

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _within_one_minute() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:12 +0800", tick=False):
        yield


def _groups(client: Client) -> list[DeskGroup]:
    groups: list[DeskGroup] = client.get(INBOX).context["desk"].groups
    return groups


def _text(response: Any) -> str:
    return str(response.content.decode())


def test_past_assignments_choose_the_unit_and_say_so(cast: Cast, login: Login) -> None:
    assigned_before(cast, cast.other_unit, 6)
    assigned_before(cast, cast.county_unit, 1)
    waiting(cast, 2)
    (group,) = _groups(login(cast.county_office))
    assert group.chosen == cast.other_unit.pk
    assert [line.row.advice.words for line in group.rows if line.row.advice] == [
        "近一年曲塘镇道路交通类 7 件中 6 件交给住建局"
    ] * 2


def test_a_case_several_units_shared_counts_for_each(cast: Cast, login: Login) -> None:
    """Led by the county's unit on paper, yet every one of them went to the other, too."""
    waiting(cast, 1)
    for number in range(1, 6):
        case = paths.case_in(State.ESCALATED, cast, matter=matter(number))
        services.assign_suggestion(
            suggestion=case,
            actor=cast.county_office,
            version=None,
            complexity=Complexity.SIMPLE,
            split_units=[cast.county_unit if number % 2 else cast.town_unit, cast.other_unit],
        )
    (group,) = _groups(login(cast.county_office))
    assert [line.row.advice.words for line in group.rows if line.row.advice] == [
        "近一年曲塘镇道路交通类 5 件中 5 件交给住建局"
    ]


def test_few_past_assignments_choose_nothing(cast: Cast, login: Login) -> None:
    assigned_before(cast, cast.other_unit, 4)
    waiting(cast, 1)
    (group,) = _groups(login(cast.county_office))
    assert (group.chosen, group.rows[0].row.advice) == (0, None)


def test_what_the_county_assigned_says_nothing_to_the_town(cast: Cast, login: Login) -> None:
    assigned_before(cast, cast.other_unit, 6)
    waiting(cast, 1, State.ACCEPTED)
    (group,) = _groups(login(cast.town_office))
    assert group.chosen == 0
    assert [place for place, _options in group.choices] == ["曲塘镇"]


def test_rows_are_grouped_by_unit_and_category(cast: Cast, login: Login) -> None:
    assigned_before(cast, cast.other_unit, 6)
    waiting(cast, 2)
    waiting(cast, 3, category="WATER")
    groups = _groups(login(cast.county_office))
    assert [(item.group.label, len(item.rows)) for item in groups] == [("道路交通", 2), ("水利农业", 3)]


def test_a_likely_duplicate_is_shown_with_its_reasons(cast: Cast, login: Login) -> None:
    (old,) = waiting(cast, 1, State.HANDLING)
    case, other = paths.case_in(State.ESCALATED, cast, matter=matter(0)), waiting(cast, 2)[1]
    rows = {line.row.case.pk: line.row for item in _groups(login(cast.county_office)) for line in item.rows}
    assert old.pk in [twin.case.pk for twin in rows[case.pk].twins]
    assert rows[other.pk].twins == []
    for address in (INBOX, reverse("suggestions:pane", args=[case.pk])):
        page = _text(login(cast.county_office).get(address))
        assert old.get_absolute_url() in page
        assert "标题有 8 字相同，内容 100% 相同，同镇，同类别" in page


@pytest.mark.parametrize("state", [State.REJECTED, State.DRAFT])
def test_what_was_dropped_is_nobodys_duplicate(cast: Cast, login: Login, state: State) -> None:
    waiting(cast, 1, state)
    waiting(cast, 1)
    (group,) = _groups(login(cast.county_office))
    assert group.rows[0].row.twins == []


def test_another_town_hears_nothing_of_it(cast: Cast, login: Login) -> None:
    """A duplicate outside the reader's scope stays unknown to them."""
    waiting(cast, 1, State.ACCEPTED)
    assert _groups(login(cast.other_town_office)) == []
    own = Suggestion.objects.get()
    Suggestion.objects.filter(pk=own.pk).update(delegation=cast.other_town)
    waiting(cast, 1, State.ACCEPTED)
    (group,) = _groups(login(cast.town_office))
    assert group.rows[0].row.twins == []


def test_a_bulk_act_tells_what_it_did_and_offers_to_undo_it(cast: Cast, login: Login) -> None:
    client, cases = login(cast.county_office), waiting(cast, 3)
    response = post(client, cases, cast.county_unit)
    batch = AssignmentBatch.objects.get()
    assert (response.status_code, response.url) == (302, f"{INBOX}&batch={batch.pk}")
    page = _text(client.get(response.url))
    assert "已交办 3 件：交通局 3" in page
    assert "全部交办完毕。" in page
    assert "上一批：今天 9:12，3 件" in page
    client.post(reverse("suggestions:batch_recall", args=[batch.pk]))
    page = _text(client.get(INBOX))
    assert "已撤回 3 件，回到待交办。" in page
    assert "上一批" not in page


def test_a_signed_row_stays_and_the_page_says_so(cast: Cast, login: Login) -> None:
    client, cases = login(cast.county_office), waiting(cast, 2)
    post(client, cases, cast.county_unit)
    paths.sign(cases[0], cast)
    assert "撤销未签收的 1 件" in _text(client.get(INBOX))
    client.post(reverse("suggestions:batch_recall", args=[AssignmentBatch.objects.get().pk]))
    page = _text(client.get(INBOX))
    assert "已撤回 1 件" in page
    assert f"{cases[0].number}：正在办理，尚未答复,不能撤回交办" in page
    assert "已全部签收，不能撤销" in page


def test_a_conflict_is_409_and_the_row_is_renewed(cast: Cast, login: Login) -> None:
    client, cases = login(cast.county_office), waiting(cast, 2)
    Suggestion.objects.filter(pk=cases[0].pk).update(version=9)
    response = post(client, cases, cast.county_unit)
    assert response.status_code == 409
    page = _text(response)
    assert "已交办 1 件：交通局 1" in page
    assert "有 1 件没有交办" in page
    assert "镇办甲 刚刚已上报党联办" in page
    assert f'value="{cases[0].pk}:9:' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"case": []}, "请先勾选要交办的建议"),
        ({"unit-g": ""}, "请选择交办给哪个单位"),
        ({"unit-g": "x"}, "请选择交办给哪个单位"),
        ({"unit-g": "999999"}, "请选择交办给哪个单位"),
        ({"case": ["1:2"]}, "页面不完整，请刷新后再办"),
        ({"case": ["x:2:g"]}, "页面不完整，请刷新后再办"),
        ({"case": ["²:2:g"]}, "页面不完整，请刷新后再办"),
        ({"case": [f"{number}:1:g" for number in range(201)]}, "一次最多交办 200 件，请分几次办"),
        ({"complexity": "HARD"}, "请选择简单或复杂"),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(
    cast: Cast, login: Login, change: dict[str, Any], sentence: str
) -> None:
    cases = waiting(cast, 2)
    response = post(login(cast.county_office), cases, cast.county_unit, **change)
    assert response.status_code == 422
    assert sentence in _text(response)
    assert not AssignmentBatch.objects.exists()


def test_what_was_ticked_and_chosen_is_kept(cast: Cast, login: Login) -> None:
    client, cases = login(cast.county_office), waiting(cast, 2)
    (group,) = _groups(client)
    data = {"case": [group.rows[0].token], group.unit_name: str(cast.other_unit.pk), "complexity": "x"}
    response = client.post(reverse("suggestions:bulk_assign"), data)
    (again,) = response.context["desk"].groups
    assert again.chosen == cast.other_unit.pk
    assert [line.is_ticked for line in again.rows] == [True, False]
    assert len(cases) == 2


def test_the_units_of_the_county_next_door_cannot_be_chosen(cast: Cast, login: Login) -> None:
    response = post(login(cast.stranger), waiting(cast, 1), cast.county_unit)
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_town_office", 404), ("liaison", 403), ("unit_handler", 403), ("leader", 403), ("nobody", 403)],
)
def test_others_assign_nothing(cast: Cast, login: Login, who: str, status: int) -> None:
    cases = waiting(cast, 1, State.ACCEPTED)
    assert post(login(getattr(cast, who)), cases, cast.town_unit).status_code == status
    assert not AssignmentBatch.objects.exists()


def test_only_the_maker_undoes_a_batch(cast: Cast, login: Login) -> None:
    post(login(cast.county_office), waiting(cast, 1), cast.county_unit)
    address = reverse("suggestions:batch_recall", args=[AssignmentBatch.objects.get().pk])
    for name, user in cast.everybody.items():
        if name != "county_office":
            assert login(user).post(address).status_code == 404, name
    assert login(cast.county_office).get(address).status_code == 405


def test_an_expired_login_leads_back_to_the_page(cast: Cast, login: Login) -> None:
    response = login(cast.town_office).get(reverse("suggestions:bulk_assign"))
    assert (response.status_code, response.url) == (302, INBOX)


def test_the_conditions_stay_after_a_bulk_act(cast: Cast, login: Login) -> None:
    cases = waiting(cast, 2)
    address = reverse("suggestions:bulk_assign") + "?view=triage&category=ROADS&after=9~9"
    response = login(cast.county_office).post(address, bulk_data(cases[:1], cast.county_unit))
    batch = AssignmentBatch.objects.get()
    assert response.url == f"{INBOX}&category=ROADS&batch={batch.pk}"


def test_cases_sent_back_by_a_unit_have_a_view_of_their_own(cast: Cast, login: Login) -> None:
    sent_back, _other = waiting(cast, 2)
    case = assigned_before(cast, cast.county_unit, 1)[0]
    case.assignments.update(status=AssignmentStatus.RETURNED, suggestion=sent_back)
    page = login(cast.county_office).get("/desk/suggestions/?view=reassign")
    assert [row.pk for row in page.context["page"].rows] == [sent_back.pk]
    counts = {tab.view.key: tab.count for tab in page.context["tabs"]}
    assert (counts["reassign"], counts["to_assign"]) == (1, 2)


def test_only_lawful_steps_have_a_key(cast: Cast) -> None:
    (case,) = waiting(cast, 1)
    links = key_links(case, [Verb.ASSIGN, Verb.SEND_DOWN, Verb.MERGE])
    assert [(link.key, link.url.rsplit("/", 2)[1]) for link in links] == [("m", "merge"), ("b", "send_down")]


def test_the_page_and_the_pane_ask_the_same_at_one_and_at_many_rows(cast: Cast, login: Login) -> None:
    client = login(cast.county_office)

    def queries(address: str) -> int:
        client.get("/desk/inbox/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assigned_before(cast, cast.county_unit, 5)
    (case, twin) = waiting(cast, 1) + waiting(cast, 1)
    post(client, [twin], cast.county_unit)
    addresses = [INBOX, reverse("suggestions:pane", args=[case.pk])]
    few = list(map(queries, addresses))
    assigned_before(cast, cast.other_unit, 5)
    many = waiting(cast, 49)
    post(client, waiting(cast, 3), cast.county_unit)
    assert len(many) == 49
    assert list(map(queries, addresses)) == few
