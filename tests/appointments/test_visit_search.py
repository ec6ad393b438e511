"""Finding visits by words: the same rows on every database (run on PostgreSQL, too, by `dev.py test`)."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from appointments.models import Visit
from suggestions.integrity import searching
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.uploads.pictures import read

Login = Callable[[User], Client]


def _visit(cast: Cast, matter: str, answer: str = "已答复", **more: object) -> Visit:
    made = {"studio": cast.studio, "representative": cast.representative, "recorded_by": cast.liaison}
    visit: Visit = VisitFactory(matter=matter, answer=answer, **made | more)
    return visit


def _found(user: User, text: str) -> list[Visit]:
    return list(Visit.objects.visible_to(user).matching(text, user).order_by("pk"))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("", True), ("路灯", True), ("灯", True), ("不亮 电工", True), ("电工 路灯", True), ("路灯 桥梁", False),
        ("灯亮", False), ("ＬＥＤ", True), ("led", True), ("50%", True), ("5_%", False), ("%", True), ("代表甲", True),
        ("代表甲 路灯", True), ("代表甲 桥梁", False), ("代", False), ("代表乙", False),
    ],
)  # fmt: skip
def test_every_word_is_found_in_matter_answer_or_the_representatives_name(
    cast: Cast, text: str, *, is_found: bool
) -> None:
    visit = _visit(cast, "村口路灯不亮，换 LED 省电 50%", "已请电工\n今晚修好")
    assert (visit in _found(cast.liaison, text)) == is_found


def test_the_visitor_is_never_found(cast: Cast) -> None:
    _visit(cast, "路灯不亮", visitor_name="来访人甲", visitor_phone="19900001234", visitor_unit="刘圩村三组")
    for text in ("来访人甲", "来访", "19900001234", "刘圩村三组"):
        assert _found(cast.county_office, text) == []


def test_the_scope_holds(cast: Cast) -> None:
    visit = _visit(cast, "路灯不亮")
    found = {name: _found(user, "路灯") for name, user in cast.everybody.items()}
    sees = {"liaison", "representative_user", "town_office", "county_office", "leader"}
    assert {name for name, rows in found.items() if rows == [visit]} == sees
    assert _found(cast.stranger, "代表甲") == []


def test_a_corrected_visit_is_found_by_its_new_words(cast: Cast, login: Login) -> None:
    visit = _visit(cast, "路灯不亮")
    data = {"matter": "桥栏杆松动", "answer": "已加固", "category": "ROADS", "people": 1, "method": visit.method}
    data |= {"received_on": str(visit.received_on)}
    assert login(cast.liaison).post(f"{visit.get_absolute_url()}edit/", data).status_code == 302
    assert _found(cast.liaison, "栏杆") == [visit]
    assert _found(cast.liaison, "路灯") == []


def test_a_forgotten_search_text_is_noticed(cast: Cast) -> None:
    visit = _visit(cast, "路灯不亮")
    assert list(searching()) == []
    Visit.objects.filter(pk=visit.pk).update(matter="桥")
    assert list(searching()) == [f"接访记录 #{visit.pk}：搜索文字与内容不符"]


def test_the_register_and_its_export_search(cast: Cast, login: Login) -> None:
    _visit(cast, "路灯不亮"), _visit(cast, "桥栏杆松动")
    client = login(cast.county_office)
    for text, count in (("路灯", 1), ("代表甲", 2), ("河", 0)):
        assert len(client.get("/desk/visits/", {"q": text}).context["page"].rows) == count
        sheet = load_workbook(BytesIO(read(client.get("/reports/exports/visits.xlsx", {"q": text})))).worksheets[0]
        assert sheet.max_row == count + 1


@pytest.mark.postgres
def test_two_characters_are_found_by_the_index(cast: Cast) -> None:
    common = {"county": cast.county, "delegation": cast.town, "studio": cast.studio}
    first = _visit(cast, "码头修缮")
    kept = {field.attname: getattr(first, field.attname) for field in Visit._meta.concrete_fields}
    for name in ("id", "submission_key", "matter", "county_id", "delegation_id", "studio_id"):
        del kept[name]
    Visit.objects.bulk_create(
        Visit(**kept | common, submission_key=f"{number:032x}", matter=f"{chr(0x4E00 + number % 900)}{number}号路面")
        for number in range(4000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE appointments_visit")
    found = Visit.objects.visible_to(cast.county_office).matching("码头", cast.county_office)
    assert list(found) == [first]
    assert "appointments_visit_search" in found.explain()
