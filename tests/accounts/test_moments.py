"""When something was done, as pages tell it: without the year while it is this one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.templatetags.ui import moment

SHANGHAI, UTC = ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 24, 9, 5, tzinfo=SHANGHAI), "11月24日 09:05"),
        (datetime(2025, 10, 20, 9, tzinfo=SHANGHAI), "2025年10月20日 09:00"),
        (datetime(2025, 12, 31, 16, tzinfo=UTC), "1月1日 00:00"),
        (datetime(2027, 1, 1, tzinfo=SHANGHAI), "2027年1月1日 00:00"),
    ],
)
def test_the_year_where_it_is_not_this_one(at: datetime, words: str) -> None:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        assert moment(at) == words
