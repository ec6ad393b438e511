"""The bulletin on screen, on paper and as Word: numbers with their lists, whose it is, what is on record."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.enums import AssignmentKind, Level, State
from suggestions.models import Assignment, Suggestion
from tests.cast import Cast
from tests.reports.papers import linked_counts, one_of_each, rows_behind, words_of
from tests.reports.worlds import random_world

Login = Callable[[User], Client]
URL = "/reports/bulletin/"


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


@pytest.mark.parametrize("who", ["leader", "town_office"])
def test_numbers_and_lists_agree(cast: Cast, login: Login, who: str) -> None:
    random_world(cast, seed=11, size=12)
    client = login(getattr(cast, who))
    counts = one_of_each(linked_counts(client.get(f"{URL}?period=2026Q3").context["paper"]))
    assert any(counts.values())
    for url, number in counts.items():
        assert rows_behind(client, url) == number, url


def test_every_linked_number_is_on_the_page(cast: Cast, login: Login) -> None:
    random_world(cast, seed=11, size=4)
    response = login(cast.leader).get(f"{URL}?period=2026Q3")
    page = response.content.decode()
    for url in linked_counts(response.context["paper"]):
        assert url.replace("&", "&amp;") in page


def test_without_a_question_it_is_the_last_quarter_that_is_over(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    for query in ("", "?period=2026", "?period=2027Q1"):
        assert client.get(f"{URL}{query}").context["paper"].title == "关于2026年第三季度党代表工作室工作情况的通报"
    month = client.get(f"{URL}?period=2026-10").context["paper"]
    assert (month.title, month.until) == ("关于2026年10月党代表工作室工作情况的通报", "2026年10月31日")


def test_a_running_quarter_is_counted_up_to_today(cast: Cast, login: Login) -> None:
    page = login(cast.leader).get(f"{URL}?period=2026Q4").content.decode()
    assert "统计截至2026年11月24日" in page
    assert "上季度同期" in page


def test_an_empty_county_says_so_without_false_rates(cast: Cast, login: Login) -> None:
    client = login(cast.stranger)
    page = client.get(URL).content.decode()
    for words in ("办结率 —", "比上季度 —", "本期没有受理建议意见", "没有逾期未答复的建议意见"):
        assert words in page
    assert "本期没有受理建议意见" in words_of(client, f"{URL}word/")


def test_a_delegation_office_reads_its_own_and_no_other(cast: Cast, login: Login) -> None:
    random_world(cast, seed=3, size=6)
    client = login(cast.town_office)
    response = client.get(URL)
    assert response.context["paper"].title == "关于2026年第三季度曲塘镇党代表工作室工作情况的通报"
    assert "李堡镇" not in response.content.decode()
    for place in (cast.other_town, cast.county, cast.stranger.memberships.get().organization):
        assert client.get(f"{URL}?place={place.pk}").status_code == 404
    for nonsense in ("x", "0", "²", "9" * 30):
        assert client.get(f"{URL}?place={nonsense}").status_code == 404


def test_the_county_reads_each_of_its_delegations(cast: Cast, login: Login) -> None:
    random_world(cast, seed=3, size=6)
    whole = linked_counts(login(cast.town_office).get(URL).context["paper"])
    seen = linked_counts(login(cast.county_office).get(f"{URL}?place={cast.town.pk}").context["paper"])
    assert seen == whole
    elsewhere = cast.stranger.memberships.get().organization
    assert login(cast.county_office).get(f"{URL}?place={elsewhere.pk}").status_code == 404


def test_the_print_and_the_word_file_say_the_same(cast: Cast, login: Login) -> None:
    random_world(cast, seed=11, size=2)
    client = login(cast.leader)
    paper = client.get(URL).context["paper"]
    printed, word = client.get(f"{URL}print/").content.decode(), words_of(client, f"{URL}word/")
    assert client.get(f"{URL}print/").context["paper"] == paper
    for section in paper.sections:
        assert section.title in printed
        assert section.title in word
        for table in section.tables:
            for row in table.rows:
                assert all(piece.text in word for piece in row)
    for note in paper.notes:
        assert note in printed
        assert note in word
    for words in ("〔2026〕　　号", "抄送：", "各代表队、各承办单位：", "2026年11月24日"):
        assert words in printed
        assert words in word


def test_only_the_word_file_is_on_record(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    client.get(URL)
    client.get(f"{URL}print/")
    exports = AuditEntry.objects.filter(action=AuditAction.EXPORT)
    assert not exports.exists()
    response = client.get(f"{URL}word/?period=2026-09")
    assert "%E9%80%9A%E6%8A%A5_" in response["Content-Disposition"]
    entry = exports.get()
    assert (entry.actor, entry.subject, entry.detail) == (cast.leader, "通报", "海安2026年9月，Word")


def test_what_is_overdue_is_told_whenever_it_was_accepted(cast: Cast, login: Login) -> None:
    _case(cast, date(2026, 2, 3), due_on=date(2026, 2, 13))
    _case(cast, date(2026, 9, 25), due_on=date(2026, 10, 5))
    page = login(cast.leader).get(URL).content.decode()
    assert "历次受理的建议意见中逾期未答复" in page
    paper = login(cast.leader).get(URL).context["paper"]
    said = ["".join(piece.text for piece in some) for section in paper.sections for some in section.lines]
    assert "逾期通报。截至2026年9月30日，历次受理的建议意见中逾期未答复 1 件：交通局 1 件。" in said


def test_what_is_overdue_is_listed_with_its_days_on_the_last_day(cast: Cast, login: Login) -> None:
    """The longest first, whenever it was accepted; what became late afterwards is not."""
    _case(cast, date(2026, 7, 1), due_on=date(2026, 9, 20))
    _case(cast, date(2026, 2, 3), due_on=date(2026, 2, 13))
    _case(cast, date(2026, 9, 25), due_on=date(2026, 10, 5))
    client = login(cast.leader)
    tables = [table for section in client.get(URL).context["paper"].sections for table in section.tables]
    late = next(table for table in tables if table.title == "逾期未答复的建议意见")
    assert [tuple(piece.text for piece in row) for row in late.rows] == [
        ("交通局", "海建〔2026〕0002", "请修路", "2026-02-13", "229"),
        ("交通局", "海建〔2026〕0001", "请修路", "2026-09-20", "10"),
    ]
    assert all(client.get(row[1].url).status_code == 200 for row in late.rows)


def test_as_many_queries_for_many_rows(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    random_world(cast, seed=5, size=8)
    client.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(URL)
    random_world(cast, seed=6, size=8)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(few) == len(many)


def _case(cast: Cast, accepted_on: date, due_on: date) -> Suggestion:
    number = Suggestion.objects.count() + 1
    case = Suggestion.objects.create(
        county=cast.county,
        delegation=cast.town,
        representative=cast.representative,
        title="请修路",
        content="请修路",
        created_by=cast.liaison,
        created_at="2026-01-01T09:00+08:00",
        state=State.HANDLING,
        unit=cast.county_unit,
        accepted_on=accepted_on,
        first_assigned_on=accepted_on,
        assigned_on=accepted_on,
        due_on=due_on,
        original_due_on=due_on,
        cap_on=due_on,
        number=f"海建〔2026〕{number:04d}",
    )
    Assignment.objects.create(
        suggestion=case,
        unit=cast.county_unit,
        kind=AssignmentKind.LEAD,
        level=Level.COUNTY,
        assigned_on=accepted_on,
        due_on=due_on,
    )
    return case
