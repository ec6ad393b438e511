"""登记一条: two buttons, what each requires, and never twice."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from appointments.enums import AppointmentStatus, AttendanceStatus, VisitOutcome
from appointments.models import Attendance, Visit
from suggestions.enums import State
from suggestions.models import Suggestion
from tests.appointments.factories import AppointmentFactory, AttendanceFactory, VisitFactory
from tests.cast import Cast

Login = Callable[[User], Client]
PAGE = "/desk/visits/new/"
MATTER = "村口到学校的路坑洼积水。建议修补"


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
        "method": "WALK_IN",
        "category": "ROADS",
        "matter": MATTER,
    } | changes


def test_answered_on_the_spot_is_one_visit_at_the_duty(cast: Cast, login: Login, seat: Attendance) -> None:
    data = _typed(seat, decision="on_site", answer="已联系村里今天修")
    response = login(cast.liaison).post(PAGE, data)
    visit = Visit.objects.get()
    assert response.url == visit.get_absolute_url()
    assert (visit.outcome, visit.appointment, visit.representative) == (
        VisitOutcome.ANSWERED_ON_SITE,
        seat.appointment,
        cast.representative,
    )
    seat.refresh_from_db()
    assert (seat.status, seat.appointment.status) == (AttendanceStatus.PRESENT, AppointmentStatus.HELD)


def test_turned_into_a_suggestion_carries_the_text_over_and_submits(cast: Cast, login: Login, seat: Attendance) -> None:
    data = _typed(seat, decision="to_suggestion", visitor_phone="199 0000 1234", level="COUNTY")
    login(cast.liaison).post(PAGE, data)
    case = Suggestion.objects.get()
    assert (case.state, case.title, case.content) == (State.SUBMITTED, "村口到学校的路坑洼积水", MATTER)
    assert case.visit == Visit.objects.get()
    assert case.petitioners.get().phone == "19900001234"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decision": "on_site", "matter": ""}, "请填写群众反映的事项"),
        ({"decision": "on_site"}, "请填写答复情况"),
        ({"decision": "to_suggestion", "level": "TOWN"}, "请填写联系电话，或勾选“仅通过代表反馈”"),
        ({"decision": "to_suggestion", "visitor_phone": "19900001234"}, "请选择属本镇还是县级办理"),
        ({"decision": "on_site", "answer": "好", "visitor_phone": "1990000123"}, "手机号应为 11 位数字,现在是 10 位"),
        ({"decision": "on_site", "answer": "好", "received_on": "2999-01-01"}, "接访日期不能晚于今天"),
        ({"decision": "on_site", "answer": "好", "people": "0"}, "人数至少为 1"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    cast: Cast, login: Login, seat: Attendance, changes: dict[str, str], sentence: str
) -> None:
    response = login(cast.liaison).post(PAGE, _typed(seat, **({"visitor_unit": "三组"} | changes)))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "三组" in page
    assert not Visit.objects.exists()


@pytest.mark.parametrize("decision", ["on_site", "to_suggestion"])
def test_a_double_click_is_one_visit(cast: Cast, login: Login, seat: Attendance, decision: str) -> None:
    data = _typed(seat, decision=decision, answer="好", via_representative="on", level="TOWN")
    client = login(cast.liaison)
    assert client.post(PAGE, data).url == client.post(PAGE, data).url
    assert Visit.objects.count() == 1
    assert Suggestion.objects.count() == (decision == "to_suggestion")


def test_via_the_representative_needs_no_phone_and_hides_it(cast: Cast, login: Login, seat: Attendance) -> None:
    data = _typed(seat, decision="to_suggestion", via_representative="on", level="TOWN", visitor_phone="19900001234")
    login(cast.liaison).post(PAGE, data)
    assert not Suggestion.objects.get().releases_contact


def test_another_studio_cannot_be_chosen(cast: Cast, login: Login, seat: Attendance) -> None:
    data = _typed(seat, decision="on_site", answer="好", studio=cast.other_studio.pk)
    assert "没有这个工作室" in login(cast.liaison).post(PAGE, data).content.decode()


def test_a_visit_becomes_a_suggestion_later(cast: Cast, login: Login) -> None:
    visit = VisitFactory(studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison)
    client = login(cast.liaison)
    target = f"{reverse('suggestions:create')}?visit={visit.pk}"
    form = client.get(target).context["form"]
    assert visit.matter in form["content"].value()
    data = {name: form[name].value() or "" for name in form.fields} | {"decision": "submit"}
    client.post(target, data)
    visit.refresh_from_db()
    assert visit.outcome == VisitOutcome.TO_SUGGESTION
    assert Suggestion.objects.get().state == State.SUBMITTED
    assert client.get(target).url == Suggestion.objects.get().get_absolute_url()
