"""Recording an inspection: what it refuses, and what a FAIL opens and a later PASS closes (domain.md §2)."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studios.checklist import Item
from studios.enums import CheckOutcome, StudioStatus
from studios.integrity import rectifications
from studios.models import Inspection, Rectification, Studio, StudioStandard
from studios.services.checklists import ensure_checklist, publish_checklist
from studios.services.inspections import InspectionError, ItemResult, record_inspection
from tests.cast import Cast
from tests.studios.inspecting import inspect, results
from tests.uploads.pictures import disguised, photo
from uploads.models import Upload

DAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-24 10:00 +0800", tick=False):
        yield


def _record(cast: Cast, **changes: Any) -> tuple[Inspection, bool]:
    given = {
        "studio": cast.studio,
        "template": ensure_checklist(cast.county),
        "results": results(cast.studio),
        "inspected_on": DAY,
        "note": "",
        "actor": cast.liaison,
        "submission_key": uuid.uuid4(),
    }
    return record_inspection(**given | changes)


def _refused(cast: Cast, words: str, **changes: Any) -> None:
    with pytest.raises(InspectionError, match=words):
        _record(cast, **changes)
    assert not Inspection.objects.exists()
    assert not Rectification.objects.exists()


def test_the_same_form_sent_twice_is_one(cast: Cast) -> None:
    key = uuid.uuid4()
    first, is_new = _record(cast, submission_key=key)
    again, is_new_again = _record(cast, submission_key=key)
    assert (first, is_new, is_new_again) == (again, True, False)


def test_every_item_is_kept(cast: Cast) -> None:
    inspection, _is_new = _record(cast, results=results(cast.studio, one_phone="FAIL", same_sign="NOT_APPLICABLE"))
    found = dict(inspection.results.values_list("item__code", "outcome"))
    assert len(found) == 9
    assert (found["one_phone"], found["same_sign"], found["one_sign"]) == ("FAIL", "NOT_APPLICABLE", "PASS")


def test_no_future_date(cast: Cast) -> None:
    _refused(cast, "不能晚于今天", inspected_on=timezone.localdate() + timedelta(days=1))


def test_no_closed_studio(cast: Cast) -> None:
    Studio.objects.filter(pk=cast.studio.pk).update(status=StudioStatus.CLOSED)
    _refused(cast, "已经撤销")


def test_no_older_version(cast: Cast) -> None:
    old = ensure_checklist(cast.county)
    publish_checklist(county=cast.county, own=[Item("", "一盏灯")], base_version=1, actor=cast.county_office)
    _refused(cast, "检查表刚刚更新", template=old)


def test_no_checklist_of_another_county(cast: Cast) -> None:
    _refused(cast, "检查表刚刚更新", template=ensure_checklist(cast.stranger.memberships.get().organization))


@pytest.mark.parametrize("change", ["missing", "twice", "unknown"])
def test_every_item_exactly_once(cast: Cast, change: str) -> None:
    full = results(cast.studio)
    wrong = {
        "missing": full[1:],
        "twice": [*full, full[0]],
        "unknown": [*full, ItemResult("own_9", CheckOutcome.PASS)],
    }[change]
    _refused(cast, "每一项", results=wrong)


def test_nothing_applicable_is_no_inspection(cast: Cast) -> None:
    codes = [row.code for row in results(cast.studio)]
    _refused(cast, "至少检查一项", results=results(cast.studio, **dict.fromkeys(codes, "NOT_APPLICABLE")))


@pytest.mark.parametrize("note", ["", "   "])
def test_a_failure_is_explained(cast: Cast, note: str) -> None:
    rows = [ItemResult(row.code, CheckOutcome.FAIL, note) for row in results(cast.studio)]
    _refused(cast, "写明问题", results=rows)


def test_photos_belong_to_the_item_and_are_seen_by_its_readers(cast: Cast) -> None:
    rows = [ItemResult("one_sign", CheckOutcome.PASS, "", (photo(), photo())), *results(cast.studio)[1:]]
    inspection, _is_new = _record(cast, results=rows)
    shots = inspection.results.get(item__code="one_sign").photos.all()
    assert {upload.subject for upload in shots} == {f"inspection:{inspection.pk}"}
    assert Upload.objects.visible_to(cast.town_office).count() == 2
    assert not Upload.objects.visible_to(cast.other_town_office).exists()


def test_a_photo_that_is_none_leaves_nothing_behind(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    rows = [ItemResult("one_sign", CheckOutcome.PASS, "", (photo(), disguised())), *results(cast.studio)[1:]]
    with pytest.raises(InspectionError, match="不是照片") as refused:
        _record(cast, results=rows)
    assert refused.value.code == "one_sign"
    assert not Inspection.objects.exists()
    assert not Upload.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _opened(cast: Cast) -> Rectification:
    return Rectification.objects.get(studio=cast.studio)


def test_a_fail_opens_one_with_the_countys_days(cast: Cast) -> None:
    StudioStandard.objects.create(county=cast.county, effective_from=date(2026, 1, 1), rectification_days=20)
    StudioStandard.objects.create(county=cast.county, effective_from=date(2026, 11, 15), rectification_days=5)
    inspect(cast, DAY, one_phone="FAIL")
    opened = _opened(cast)
    assert (opened.code, opened.opened_on, opened.due_on) == ("one_phone", DAY, date(2026, 11, 30))
    assert opened.closed_on is None


def test_without_a_standard_it_is_fifteen_days(cast: Cast) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    assert _opened(cast).due_on == date(2026, 11, 25)


def test_a_second_fail_changes_nothing(cast: Cast) -> None:
    first = inspect(cast, DAY, one_phone="FAIL")
    inspect(cast, DAY + timedelta(days=3), one_phone="FAIL")
    assert _opened(cast).opened_by.inspection == first


@pytest.mark.parametrize("days", [0, 1, 14])
def test_a_later_pass_closes_it(cast: Cast, days: int) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    look = inspect(cast, DAY + timedelta(days=days))
    closed = _opened(cast)
    assert closed.closed_on == DAY + timedelta(days=days)
    assert closed.closed_by is not None and closed.closed_by.inspection == look


def test_not_applicable_leaves_it_open(cast: Cast) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    inspect(cast, DAY + timedelta(days=3), one_phone="NOT_APPLICABLE")
    assert _opened(cast).closed_on is None


def test_a_pass_of_an_earlier_day_leaves_it_open(cast: Cast) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    inspect(cast, DAY - timedelta(days=1))
    assert _opened(cast).closed_on is None


def test_a_fail_that_a_later_day_already_passed_opens_nothing(cast: Cast) -> None:
    inspect(cast, DAY)
    inspect(cast, DAY - timedelta(days=1), one_phone="FAIL")
    assert not Rectification.objects.exists()


def test_it_may_open_again(cast: Cast) -> None:
    for days, outcome in enumerate(["FAIL", "PASS", "FAIL"]):
        inspect(cast, DAY + timedelta(days=days), one_phone=outcome)
    assert list(Rectification.objects.order_by("id").values_list("closed_on", flat=True)) == [
        DAY + timedelta(days=1),
        None,
    ]


def test_other_studios_are_left_alone(cast: Cast) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    inspect(cast, DAY, studio=cast.other_studio, actor=cast.other_liaison)
    assert _opened(cast).closed_on is None


LOOKS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(CheckOutcome.values)), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looks=LOOKS)
def test_looks_in_any_order_leave_what_the_newest_judged(cast: Cast, looks: list[tuple[int, str]]) -> None:
    Rectification.objects.all().delete()
    Inspection.objects.all().delete()
    for days, outcome in looks:
        inspect(cast, DAY + timedelta(days=days), one_phone=outcome)
    assert list(rectifications()) == []
    judged = [(days, place, outcome) for place, (days, outcome) in enumerate(looks) if outcome != "NOT_APPLICABLE"]
    is_failed = bool(judged) and max(judged)[2] == "FAIL"
    assert Rectification.objects.filter(closed_on=None).exists() is is_failed


DAMAGE = [
    {"closed_on": None, "closed_by": None},
    {"opened_on": date(2026, 11, 20)},
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_named(cast: Cast, damage: dict[str, Any]) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    inspect(cast, DAY + timedelta(days=1))
    assert list(rectifications()) == []
    Rectification.objects.update(**damage)
    assert list(rectifications())


def test_a_rectification_opened_by_a_pass_is_named(cast: Cast) -> None:
    inspect(cast, DAY, one_phone="FAIL")
    _opened(cast).opened_by.inspection.results.filter(item__code="one_phone").update(outcome=CheckOutcome.PASS)
    assert list(rectifications())
