"""The year book: every chapter's numbers have their lists, and nobody who brought a matter stands in it."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from reports.bulletin.paper import Table
from reports.bulletin.yearbook import safe_title
from suggestions.enums import Disclosure, ResultClass, State
from suggestions.models import Reply, Suggestion
from tests.cast import Cast
from tests.conftest import CaseIn
from tests.reports.papers import linked_counts, one_of_each, rows_behind, words_of
from tests.reports.worlds import random_world

Login = Callable[[User], Client]
URL = "/reports/yearbook/"


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _tables(client: Client, query: str = "") -> dict[str, Table]:
    paper = client.get(f"{URL}{query}").context["paper"]
    return {table.title: table for section in paper.sections for table in section.tables}


def _words(table: Table) -> list[list[str]]:
    return [[piece.text for piece in row] for row in table.rows]


def test_numbers_and_lists_agree(cast: Cast, login: Login) -> None:
    random_world(cast, seed=21, size=8)
    client = login(cast.town_office)
    counts = one_of_each(linked_counts(client.get(f"{URL}?year=2026").context["paper"]))
    assert sum(counts.values()) > 20
    for url, number in counts.items():
        assert rows_behind(client, url) == number, url


def test_parts_add_up_to_the_whole(cast: Cast, login: Login) -> None:
    random_world(cast, seed=22, size=10)
    tables = _tables(login(cast.leader))
    for title, column in (("按类别", 1), ("按受理月份", 1), ("各承办单位办理情况", 1), ("各代表队工作情况", 6)):
        table = tables[title]
        assert sum(int(row[column].text) for row in table.rows) == int(table.total[column].text) > 0, title


def test_a_closed_and_resolved_case_is_told_without_its_people(cast: Cast, login: Login, case_in: CaseIn) -> None:
    case = case_in(State.CLOSED)
    person = case.petitioners.get()
    Suggestion.objects.filter(pk=case.pk).update(
        title=f"{person.name}（{person.phone}）请修路灯", result_class=ResultClass.A
    )
    client = login(cast.leader)
    (row,) = _words(_tables(client)["办结并已解决的建议意见"])
    assert row == ["1", case.number, "＊（＊）请修路灯", "交通局"]
    for text in (client.get(f"{URL}print/").content.decode(), words_of(client, f"{URL}word/")):
        assert "请修路灯" in text
        assert person.name not in text
        assert person.phone not in text


@pytest.mark.parametrize("change", ["not disclosed", "class C", "open"])
def test_other_cases_are_not_listed(cast: Cast, login: Login, case_in: CaseIn, change: str) -> None:
    case = case_in(State.AWAIT_EVALUATION if change == "open" else State.CLOSED)
    result = ResultClass.C if change == "class C" else ResultClass.A
    Suggestion.objects.filter(pk=case.pk).update(result_class=result)
    if change == "not disclosed":
        Reply.objects.filter(suggestion=case).update(disclosure=Disclosure.NONE, disclosure_reason="涉及隐私")
    client = login(cast.leader)
    assert _tables(client)["办结并已解决的建议意见"].rows == []
    assert case.title not in client.get(URL).content.decode()


def test_long_numbers_in_a_title_are_covered(case_in: CaseIn) -> None:
    case = case_in(State.CLOSED)
    case.title = "电话05138888000请回电，2026年G328国道"
    assert safe_title(case) == "电话＊请回电，2026年G328国道"


def test_kinds_quarters_and_people(cast: Cast, login: Login) -> None:
    random_world(cast, seed=23, size=6)
    client = login(cast.county_office)
    tables = _tables(client)
    assert [row[0] for row in _words(tables["四种约见情况"])][:4] == ["常规约见", "主题约见", "集中约见", "指定约见"]
    assert len(tables["各季度集中约见日"].rows) == 4
    assert len(_tables(client, "?year=2025")["各季度集中约见日"].rows) == 4
    assert _tables(client, "?year=2023")["党代表履职情况"].rows == []
    names = [row[:2] for row in _words(tables["党代表履职情况"])]
    assert names == sorted(names, key=lambda row: (["曲塘镇", "李堡镇"].index(row[0]), row[1]))


def test_years_that_are_none_or_to_come_fall_back_to_this_one(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    for query in ("?year=2027", "?year=2026Q3"):
        assert client.get(f"{URL}{query}").context["paper"].title == "海安党代表工作室年鉴（2026年）"


def test_the_word_file_is_on_record_and_has_contents(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    words = words_of(client, f"{URL}word/?year=2025")
    assert words.count("七、党代表履职") == 2
    entry = AuditEntry.objects.get(action=AuditAction.EXPORT)
    assert (entry.subject, entry.detail) == ("年鉴", "海安2025年，Word")


def test_as_many_queries_for_many_rows(cast: Cast, login: Login) -> None:
    client = login(cast.leader)
    random_world(cast, seed=5, size=2)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    random_world(cast, seed=6, size=6)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(few) == len(many)
