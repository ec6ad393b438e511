"""登记一条: four outcomes, photos, the session that goes on, and a form sent twice with different buttons."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from appointments.enums import VisitOutcome
from appointments.models import Attendance, Visit
from suggestions.models import Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.cast import Cast
from tests.uploads.pictures import disguised, photo
from uploads.models import Upload

Login = Callable[[User], Client]
PAGE = "/desk/visits/new/"


@pytest.fixture
def seat(cast: Cast) -> Attendance:
    duty = AppointmentFactory(studio=cast.studio, held_on=timezone.localdate())
    return AttendanceFactory(appointment=duty, representative=cast.representative)


def _typed(seat: Attendance, **changes: object) -> dict[str, object]:
    return {
        "duty": seat.appointment_id,
        "studio": seat.appointment.studio_id,
        "representative": seat.representative_id,
        "received_on": str(timezone.localdate()),
        "submission_key": str(uuid.uuid4()),
        "people": 1,
        "method": "PHONE",
        "category": "",
        "matter": "村口路灯不亮",
        "answer": "已转供电所",
    } | changes


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        ("on_site", VisitOutcome.ANSWERED_ON_SITE),
        ("", VisitOutcome.ANSWERED_ON_SITE),
        ("resolved", VisitOutcome.RESOLVED_ON_SITE),
        ("referred", VisitOutcome.REFERRED),
    ],
)
def test_each_button_is_one_outcome(
    cast: Cast, login: Login, seat: Attendance, decision: str, outcome: VisitOutcome
) -> None:
    login(cast.liaison).post(PAGE, _typed(seat, decision=decision))
    visit = Visit.objects.get()
    assert (visit.outcome, visit.category) == (outcome, "ROADS")
    assert not Suggestion.objects.exists()


def test_a_chosen_category_stands(cast: Cast, login: Login, seat: Attendance) -> None:
    login(cast.liaison).post(PAGE, _typed(seat, decision="on_site", category="PARTY"))
    assert Visit.objects.get().category == "PARTY"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decision": "referred", "answer": ""}, "写明引导到哪里"),
        ({"decision": "resolved", "answer": ""}, "请填写答复情况"),
        ({"people": "501"}, "人数最多 500"),
        ({"matter": "长" * 2001}, "反映事项最多 2000 字，请精简"),
        ({"visitor_name": "长" * 31}, "姓名最多 30 字，请精简"),
        ({"submission_key": "x"}, "页面不完整，请刷新后再填"),
    ],
)
def test_bad_input_gets_a_sentence(
    cast: Cast, login: Login, seat: Attendance, changes: dict[str, str], sentence: str
) -> None:
    response = login(cast.liaison).post(PAGE, _typed(seat, visitor_unit="三组", **changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "三组" in page
    assert not Visit.objects.exists()


def test_photos_are_kept_with_the_visit_once(cast: Cast, login: Login, seat: Attendance) -> None:
    client, key = login(cast.liaison), str(uuid.uuid4())
    for _ in range(2):
        data = _typed(seat, decision="on_site", submission_key=key, photos=[photo(), photo()])
        assert client.post(PAGE, data).status_code == 302
    assert Visit.objects.get().photos.count() == Upload.objects.count() == 2


@pytest.mark.parametrize("decision", ["on_site", "to_suggestion"])
def test_what_is_no_photo_writes_nothing_and_says_that_photos_are_gone(
    cast: Cast, login: Login, seat: Attendance, decision: str
) -> None:
    data = _typed(seat, decision=decision, via_representative="on", level="TOWN", photos=[photo(), disguised()])
    response = login(cast.liaison).post(PAGE, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "这个文件不是照片" in page
    assert "选过的照片浏览器没有保留" in page
    assert "村口路灯不亮" in page
    assert not Visit.objects.exists()
    assert not Upload.objects.exists()


def test_save_and_next_keeps_the_session_and_links_what_was_saved(cast: Cast, login: Login) -> None:
    client = login(cast.liaison)
    earlier = AttendanceFactory(
        appointment__studio=cast.studio, appointment__held_on="2026-11-21", representative=cast.representative
    )
    data = _typed(earlier, decision="on_site_next", received_on="2026-11-21", visitor_name="来访人甲")
    response = client.post(PAGE, data, follow=True)
    visit, form = Visit.objects.get(), response.context["form"]
    kept = [form[name].value() for name in ("studio", "representative", "received_on", "method")]
    assert kept == [cast.studio.pk, cast.representative.pk, visit.received_on, "PHONE"]
    assert form["matter"].value() is form["visitor_name"].value() is None
    page = response.content.decode()
    assert visit.get_absolute_url() in page
    assert str(visit.submission_key) in page
    assert form["submission_key"].value() != visit.submission_key


@pytest.mark.parametrize("key", ["x", "999999999999999999999", "0"])
def test_a_session_of_nobody_is_an_empty_form(cast: Cast, login: Login, key: str) -> None:
    assert login(cast.liaison).get(f"{PAGE}?after={key}").context["before"] is None


def test_answered_and_sent_again_as_a_suggestion_is_one_visit_and_one_case(
    cast: Cast, login: Login, seat: Attendance
) -> None:
    client, key = login(cast.liaison), str(uuid.uuid4())
    client.post(PAGE, _typed(seat, decision="on_site", submission_key=key))
    again = _typed(seat, decision="to_suggestion", submission_key=key, via_representative="on", level="TOWN")
    assert client.post(PAGE, again).url == client.post(PAGE, again).url
    assert Visit.objects.get().outcome == VisitOutcome.TO_SUGGESTION
    assert Suggestion.objects.count() == 1


def test_the_receipt_says_that_the_number_comes(cast: Cast, login: Login, seat: Attendance) -> None:
    data = _typed(seat, decision="to_suggestion", visitor_phone="19900001234", level="TOWN")
    page = login(cast.liaison).post(PAGE, data, follow=True).content.decode()
    assert "受理后发编号" in page
    assert str(Visit.objects.get().submission_key) in page
