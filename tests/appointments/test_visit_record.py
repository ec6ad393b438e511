"""The page of a visit: identity on record, photos, corrections with history."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.changes import FieldChange
from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from appointments.enums import VisitOutcome
from appointments.models import Visit
from appointments.services import VisitEntry, record_visit, update_visit
from appointments.visit_changes import masked_changes
from tests.appointments.factories import VisitFactory
from tests.cast import Cast
from tests.uploads.pictures import disguised, photo, read

Login = Callable[[User], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return VisitFactory(
        studio=cast.studio,
        representative=cast.representative,
        recorded_by=cast.liaison,
        visitor_name="来访人甲",
        visitor_phone="19900001234",
    )


def _typed(visit: Visit, **changes: object) -> dict[str, object]:
    names = ("matter", "answer", "visitor_name", "visitor_phone", "people", "method", "category")
    return {name: getattr(visit, name) for name in names} | {"received_on": str(visit.received_on)} | changes


def test_the_visitor_is_masked_until_a_reason_is_on_record(cast: Cast, login: Login, visit: Visit) -> None:
    client = login(cast.liaison)
    assert "19900001234" not in client.get(visit.get_absolute_url()).content.decode()
    address = f"{visit.get_absolute_url()}reveal/"
    assert client.post(address, {"reason": " "}).status_code == 422
    assert not AuditEntry.objects.filter(action=AuditAction.REVEAL).exists()
    page = client.post(address, {"reason": "回电核实地点"}).content.decode()
    assert "19900001234" in page
    entry = AuditEntry.objects.get(action=AuditAction.REVEAL)
    assert (entry.actor, entry.detail, entry.subject) == (cast.liaison, "回电核实地点", f"接访记录 (#{visit.pk})")


def test_corrections_tell_who_and_what_and_mask_the_visitor(cast: Cast, login: Login, visit: Visit) -> None:
    client = login(cast.liaison)
    data = _typed(visit, answer="已修好", visitor_phone="19900005678", received_on="2026-11-21")
    assert client.post(f"{visit.get_absolute_url()}edit/", data).status_code == 302
    page = client.get(visit.get_absolute_url()).content.decode()
    assert "修改记录" in page
    assert "已联系电工，今晚修好 → 已修好" in page
    assert "199****1234 → 199****5678" in page
    assert "19900005678" not in page


def test_history_begins_with_the_first_correction(cast: Cast, visit: Visit) -> None:
    entry = VisitEntry(visit.received_on, "WALK_IN", "路灯不亮", "ROADS", "已报修")
    written, _is_new = record_visit(
        entry=entry,
        outcome=VisitOutcome.ANSWERED_ON_SITE,
        studio=cast.studio,
        representative=cast.representative,
        actor=cast.liaison,
        submission_key=uuid.uuid4(),
    )
    assert masked_changes(written) == []
    update_visit(visit=written, entry=replace(entry, answer="已修好"), actor=cast.liaison)
    (change,) = masked_changes(written)
    assert (change.who, change.fields) == ("联络员甲", [FieldChange("答复情况", "已报修", "已修好")])


def test_a_referred_visit_keeps_saying_where_to(cast: Cast, login: Login, visit: Visit) -> None:
    Visit.objects.update(outcome=VisitOutcome.REFERRED)
    response = login(cast.liaison).post(f"{visit.get_absolute_url()}edit/", _typed(visit, answer=""))
    assert "写明引导到哪里" in response.content.decode()


def test_photos_come_later_and_whoever_sees_the_visit_sees_them(cast: Cast, login: Login, visit: Visit) -> None:
    client = login(cast.liaison)
    address = f"{visit.get_absolute_url()}photos/"
    assert client.post(address, {"photos": [photo(), photo()]}).url == visit.get_absolute_url()
    page = client.get(visit.get_absolute_url()).content.decode()
    assert page.count("接访照片") == 2
    assert "补充照片 2 张" in page
    file = visit.photos.all()[0].get_absolute_url()
    for who, expected in [("town_office", 200), ("leader", 200), ("other_town_office", 404), ("unit_handler", 404)]:
        response = login(getattr(cast, who)).get(file)
        read(response)
        assert response.status_code == expected, who


def test_the_seventh_photo_and_what_is_none_are_refused(cast: Cast, login: Login, visit: Visit) -> None:
    client = login(cast.liaison)
    address = f"{visit.get_absolute_url()}photos/"
    assert "请选择照片" in client.post(address).content.decode()
    assert "这个文件不是照片" in client.post(address, {"photos": [photo(), disguised()]}).content.decode()
    client.post(address, {"photos": [photo() for _ in range(4)]})
    assert "已有 4 张" in client.post(address, {"photos": [photo() for _ in range(3)]}).content.decode()
    assert "最多 6 张照片" in client.post(address, {"photos": [photo() for _ in range(7)]}).content.decode()
    assert visit.photos.count() == 4


@time_machine.travel("2026-11-24 09:30 +0800", tick=False)
def test_recording_asks_little(cast: Cast, login: Login) -> None:
    """Who it is, the duties of the day, what may be chosen, and the one row: liaisons send this all morning."""
    client = login(cast.liaison)
    typed = {"studio": cast.studio.pk, "representative": cast.representative.pk, "received_on": "2026-11-24"}
    typed |= {"people": 1, "method": "WALK_IN", "matter": "路灯不亮", "answer": "已修好", "decision": "on_site"}
    client.get("/desk/inbox/")
    with CaptureQueriesContext(connection) as captured:
        assert client.post("/desk/visits/new/", typed | {"submission_key": str(uuid.uuid4())}).status_code == 302
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    asked = [query["sql"] for query in captured if not query["sql"].startswith(around)]
    assert len(asked) == 8, asked
