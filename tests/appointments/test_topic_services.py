"""Themed appointments: planned, invited to, moved, called off, held; each refusal is a sentence and changes nothing."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from django.utils import timezone

from appointments.enums import AppointmentStatus, AttendanceStatus
from appointments.models import Appointment, Attendance
from appointments.notifications import DUTY
from appointments.services import themes
from appointments.services.themes import TopicError
from appointments.topic_news import CHANGE, INVITATION
from notifications.delivery import sweep
from notifications.models import Message, Reminder
from tests.appointments.factories import AppointmentFactory, AttendanceFactory
from tests.appointments.theming import event, plan
from tests.cast import Cast
from tests.representatives.factories import RepresentativeFactory

DAY = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def _a_tuesday() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False):
        yield


def _busy_on(cast: Cast, day: date) -> None:
    AttendanceFactory(appointment__studio=cast.studio, appointment__held_on=day, representative=cast.representative)


def test_invited_people_are_told_now_and_before_the_day(cast: Cast) -> None:
    row = event(cast)
    assert {(item.kind, item.offset) for item in Reminder.objects.all()} == {(INVITATION, 0), (DUTY, -3), (DUTY, -1)}
    sweep(timezone.now())
    message = Message.objects.get(user=cast.representative_user)
    assert message.title == "邀请您参加2026年12月3日主题约见：乡村道路安全"
    assert message.url == f"/desk/topics/{row.pk}/"


def test_a_busy_person_gets_a_sentence_and_is_not_invited(cast: Cast) -> None:
    _busy_on(cast, DAY)
    free = RepresentativeFactory(delegation=cast.other_town, name="代表乙")
    row, busy = themes.plan_event(
        plan=plan(), delegation=cast.town, invited=[cast.representative, free], actor=cast.town_office
    )
    assert len(busy) == 1
    assert "代表甲2026年12月3日已有常规约见" in busy[0]
    assert [seat.representative for seat in row.attendances.all()] == [free]


def test_inviting_twice_is_one_invitation(cast: Cast) -> None:
    row = event(cast)
    assert themes.invite(event=row, people=[cast.representative], actor=cast.town_office) == []
    assert row.attendances.count() == 1


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"held_on": date(2026, 11, 23)}, "不能早于今天", "held_on"),
        ({"starts_at": time(10), "ends_at": time(9)}, "结束时间要晚于开始时间", "ends_at"),
        ({"starts_at": time(10), "ends_at": time(10)}, "结束时间要晚于开始时间", "ends_at"),
    ],
)
def test_an_unlawful_plan_is_refused(cast: Cast, changes: dict[str, object], words: str, field: str) -> None:
    with pytest.raises(TopicError, match=words) as caught:
        event(cast, **changes)
    assert caught.value.field == field
    assert not Appointment.objects.exists()
    row = event(cast)
    with pytest.raises(TopicError, match=words):
        themes.move_event(event=row, plan=plan(**changes), reason="改期", actor=cast.town_office)
    row.refresh_from_db()
    assert (row.held_on, row.sequence) == (DAY, 0)


def test_moving_tells_everybody_and_voids_the_old_reminders(cast: Cast) -> None:
    row = event(cast)
    moved = themes.move_event(
        event=row, plan=plan(held_on=date(2026, 12, 4), venue="镇会议室"), reason="会场冲突", actor=cast.town_office
    )
    assert (moved.sequence, moved.change_note, moved.venue) == (1, "会场冲突", "镇会议室")
    with time_machine.travel("2026-12-03 08:30 +0800", tick=False):
        sweep(timezone.now())
    titles = set(Message.objects.filter(user=cast.representative_user).values_list("title", flat=True))
    assert titles == {
        "2026年12月4日主题约见有变更：乡村道路安全",
        "2026年12月4日主题约见：镇会议室",
    }
    assert Reminder.objects.filter(kind=CHANGE).count() == 1


def test_moving_onto_a_busy_day_asks_first(cast: Cast) -> None:
    row = event(cast)
    _busy_on(cast, date(2026, 12, 5))
    later = plan(held_on=date(2026, 12, 5))
    with pytest.raises(TopicError, match="代表甲2026年12月5日已有常规约见"):
        themes.move_event(event=row, plan=later, reason="改期", actor=cast.town_office)
    assert Appointment.objects.get(pk=row.pk).held_on == DAY
    themes.move_event(event=row, plan=later, reason="改期", excuse_busy=True, actor=cast.town_office)
    seat = row.attendances.get()
    assert seat.status == AttendanceStatus.LEAVE
    assert "已有常规约见" in seat.note


def test_calling_off_frees_the_day_and_tells_why(cast: Cast) -> None:
    row = event(cast)
    with pytest.raises(TopicError, match="请写明取消的原因"):
        themes.cancel_event(event=row, reason=" ", actor=cast.town_office)
    themes.cancel_event(event=row, reason="防汛", actor=cast.town_office)
    sweep(timezone.now())
    assert "活动取消：防汛" in Message.objects.get(user=cast.representative_user).body
    assert (
        themes.plan_event(
            plan=plan(theme="另一场"), delegation=cast.town, invited=[cast.representative], actor=cast.town_office
        )[1]
        == []
    )
    for step in (
        lambda: themes.cancel_event(event=row, reason="再取消", actor=cast.town_office),
        lambda: themes.hold_event(event=row, headcount=3, actor=cast.town_office),
        lambda: themes.invite(event=row, people=[], actor=cast.town_office),
        lambda: themes.take_attendance(event=row, statuses={}, actor=cast.town_office),
        lambda: themes.move_event(event=row, plan=plan(), reason="改", actor=cast.town_office),
    ):
        with pytest.raises(TopicError, match="活动已取消，不能再改"):
            step()


def test_held_only_from_its_day_on(cast: Cast) -> None:
    row = event(cast)
    seat = row.attendances.get()
    with pytest.raises(TopicError, match="到当天才能登记已举行"):
        themes.hold_event(event=row, headcount=40, actor=cast.town_office)
    with pytest.raises(TopicError, match="到当天才能登记到岗和缺勤"):
        themes.take_attendance(event=row, statuses={seat.pk: "PRESENT"}, actor=cast.town_office)
    themes.take_attendance(event=row, statuses={seat.pk: "LEAVE"}, actor=cast.town_office)
    with time_machine.travel("2026-12-03 15:00 +0800", tick=False):
        themes.take_attendance(event=row, statuses={seat.pk: "PRESENT"}, actor=cast.town_office)
        themes.hold_event(event=row, headcount=40, actor=cast.town_office)
        themes.hold_event(event=row, headcount=42, actor=cast.town_office)
    row.refresh_from_db()
    seat.refresh_from_db()
    assert (row.status, row.headcount) == (AppointmentStatus.HELD, 42)
    assert (seat.status, seat.checked_in_by) == (AttendanceStatus.PRESENT, cast.town_office)


def test_a_theme_stands_once_a_month(cast: Cast) -> None:
    given = {"county": cast.county, "title": "道路安全", "background": "", "actor": cast.county_office}
    themes.write_theme(month=date(2026, 11, 20), **given)  # type: ignore[arg-type]
    with pytest.raises(TopicError, match="这个月已有同样的主题"):
        themes.write_theme(month=date(2026, 11, 1), **given)  # type: ignore[arg-type]
    assert themes.write_theme(month=date(2026, 12, 1), **given).month == date(2026, 12, 1)  # type: ignore[arg-type]


def test_a_suspended_person_is_not_invited(cast: Cast) -> None:
    AppointmentFactory(studio=cast.studio)
    cast.representative.status = "SUSPENDED"
    _row, busy = themes.plan_event(
        plan=plan(), delegation=cast.town, invited=[cast.representative], actor=cast.town_office
    )
    assert busy == ["代表甲停止执行职务，不能安排，没有邀请。"]
    assert not Attendance.objects.exists()
