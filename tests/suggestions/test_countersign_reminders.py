"""会办: the helper has a day of its own, is reminded of it, and is left alone once it has countersigned."""

from datetime import datetime, timedelta

import pytest
import time_machine

from notifications.delivery import sweep
from notifications.models import Message, Reminder
from notifications.registry import verdict_on
from studios.clocks import SHANGHAI
from suggestions import services
from suggestions.countersigning import COUNTERSIGN
from suggestions.enums import AssignmentKind
from suggestions.models import Suggestion
from tests.cast import Cast
from tests.suggestions import asking, paths

ASSIGNED = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)  # the lead has until 3 December, the helper until 27 November


@pytest.fixture
def case(cast: Cast) -> Suggestion:
    with time_machine.travel(ASSIGNED, tick=False):
        return asking.helped(cast)


def _told(cast: Cast, days: int = 16) -> list[tuple[int, str]]:
    for hour in range(days * 24):
        sweep(ASSIGNED + timedelta(hours=hour))
    rows = Message.objects.filter(user=cast.other_unit_handler, reminder__kind=COUNTERSIGN).order_by("created_at")
    return [(row.reminder.offset, f"{row.created_at.astimezone(SHANGHAI):%m-%d %H}") for row in rows if row.reminder]


def test_the_helper_hears_of_its_own_day(case: Suggestion, cast: Cast) -> None:
    assert _told(cast) == [(-3, "11-24 08"), (0, "11-27 08"), (1, "11-30 08"), (3, "11-30 08")]
    others = Message.objects.filter(reminder__kind=COUNTERSIGN).exclude(user=cast.other_unit_handler)
    assert not others.exists()
    title = Message.objects.filter(reminder__kind=COUNTERSIGN, reminder__offset=0).get().title
    assert title.startswith("今天应会签（2026年11月27日到期）")


@pytest.mark.parametrize("how", ["countersigned", "waived", "withdrawn"])
def test_nothing_is_sent_once_it_is_not_awaited(case: Suggestion, cast: Cast, how: str) -> None:
    with time_machine.travel(ASSIGNED + timedelta(hours=1), tick=False):
        if how == "countersigned":
            asking.countersign(case, cast)
        elif how == "waived":
            helper = case.assignments.get(kind=AssignmentKind.CO)
            services.waive_countersign(
                suggestion=case, actor=cast.county_office, version=None, assignment=helper, reason="无涉"
            )
        else:
            paths.withdraw(case, cast)
    assert _told(cast, days=8) == []


def test_a_new_round_has_a_new_ladder(case: Suggestion, cast: Cast) -> None:
    with time_machine.travel(ASSIGNED, tick=False):
        old = Reminder.objects.filter(kind=COUNTERSIGN, offset=0).get()
        asking.countersign(case, cast)
        paths.reply(case, cast)
        paths.forward(case, cast)
        paths.redo(case, cast)
        new = Reminder.objects.filter(kind=COUNTERSIGN, offset=0).exclude(pk=old.pk).get()
    assert not verdict_on(old, old.due_at).send
    assert verdict_on(new, new.due_at).send
