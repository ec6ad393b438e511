"""The sweep sends what is due, once, and says what became of the rest."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from notifications import delivery
from notifications.delivery import sweep
from notifications.enums import ReminderState
from notifications.models import Message, Reminder, role_address, user_address
from notifications.registry import cancel, later, register
from tests.cast import Cast
from tests.notifications.factories import MORNING, ReminderFactory

register("test.void", lambda _reminder, _now: cancel("已经答复"))
register("test.later", lambda _reminder, _now: later(MORNING + timedelta(hours=2)))


def _only() -> Reminder:
    return Reminder.objects.get()


def test_due_reminder_reaches_the_inbox_with_its_words_and_link(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison), title="请签收", body="HA-1", url="/desk/suggestions/1/")
    assert sweep(MORNING) == {"SENT": 1}
    message = Message.objects.visible_to(cast.liaison).get()
    assert (message.title, message.body, message.url) == ("请签收", "HA-1", "/desk/suggestions/1/")
    assert message.created_at == MORNING
    assert _only().sent_at == MORNING


def test_a_second_sweep_sends_nothing_again(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison))
    sweep(MORNING)
    assert sweep(MORNING + timedelta(minutes=1)) == {}
    assert Message.objects.count() == 1


def test_not_yet_due_waits(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison))
    assert sweep(MORNING - timedelta(seconds=1)) == {}
    assert _only().state == ReminderState.PENDING


def test_days_without_a_worker_forget_nothing(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison))
    assert sweep(MORNING + timedelta(days=9)) == {"SENT": 1}


def test_after_an_outage_only_the_newest_stage_is_said(cast: Cast) -> None:
    for offset in (-3, 0, 1, 3):
        ReminderFactory(
            subject="suggestion:1",
            recipient=user_address(cast.liaison),
            offset=offset,
            due_at=MORNING + timedelta(days=offset),
        )
    assert sweep(MORNING + timedelta(days=2)) == {"EXPIRED": 2, "SENT": 1}
    assert Message.objects.get().reminder.offset == 1
    assert sweep(MORNING + timedelta(days=3)) == {"SENT": 1}


def test_too_old_expires_unsent(cast: Cast) -> None:
    ReminderFactory(recipient=user_address(cast.liaison), expires_at=MORNING)
    assert sweep(MORNING) == {"EXPIRED": 1}
    assert not Message.objects.exists()


def test_role_reaches_whoever_holds_it_now(cast: Cast) -> None:
    ReminderFactory(recipient=role_address(Role.UNIT_HANDLER, cast.county_unit))
    cast.unit_handler.memberships.all().delete()
    cast.nobody.memberships.create(role=Role.UNIT_HANDLER, organization=cast.county_unit)
    sweep(MORNING)
    assert [message.user for message in Message.objects.all()] == [cast.nobody]


def test_disabled_user_gets_nothing_and_the_row_says_so(cast: Cast) -> None:
    cast.liaison.is_active = False
    cast.liaison.save()
    ReminderFactory(recipient=user_address(cast.liaison))
    assert sweep(MORNING) == {"DEAD": 1}
    assert _only().last_error == "没有可以接收的人"


def test_void_subject_is_cancelled_with_its_reason(cast: Cast) -> None:
    ReminderFactory(kind="test.void", recipient=user_address(cast.liaison))
    assert sweep(MORNING) == {"CANCELLED": 1}
    assert _only().last_error == "已经答复"


def test_outside_hours_waits_for_the_hour_the_kind_names(cast: Cast) -> None:
    ReminderFactory(kind="test.later", recipient=user_address(cast.liaison))
    assert sweep(MORNING) == {"RETRY": 1}
    assert sweep(MORNING + timedelta(hours=1)) == {}
    assert _only().next_attempt_at == MORNING + timedelta(hours=2)


def test_a_broken_reminder_is_tried_again_and_stops_nobody(cast: Cast) -> None:
    broken = ReminderFactory(kind="test.nobody-knows", recipient=user_address(cast.liaison))
    ReminderFactory(recipient=user_address(cast.liaison))
    assert sweep(MORNING) == {"RETRY": 1, "SENT": 1}
    broken.refresh_from_db()
    assert broken.last_error == "UnknownKindError"
    assert MORNING < broken.next_attempt_at <= MORNING + timedelta(minutes=2)


def test_claim_is_won_once(cast: Cast) -> None:
    reminder = ReminderFactory(recipient=user_address(cast.liaison))
    assert delivery._claim(reminder.pk, MORNING) is not None
    assert delivery._claim(reminder.pk, MORNING) is None


def test_outcome_of_a_lost_claim_is_not_written(cast: Cast) -> None:
    reminder = ReminderFactory(recipient=user_address(cast.liaison))
    lost = delivery._claim(reminder.pk, MORNING)
    assert lost is not None
    sweep(MORNING + timedelta(minutes=6))  # the lease lapsed, somebody else sent it
    assert delivery._deliver(reminder, lost, [cast.liaison], MORNING) == ReminderState.UNKNOWN
    assert Message.objects.count() == 1


def test_lease_of_a_dead_process_is_taken_over(cast: Cast) -> None:
    reminder = ReminderFactory(recipient=user_address(cast.liaison))
    delivery._claim(reminder.pk, MORNING)
    assert sweep(MORNING + timedelta(minutes=4)) == {}
    assert sweep(MORNING + timedelta(minutes=5)) == {"SENT": 1}


@pytest.mark.django_db
def test_nothing_due_is_one_quiet_sweep() -> None:
    assert sweep(MORNING) == {}
