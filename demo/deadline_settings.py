"""The versions of the deadline settings, and a correction worked off: so that their page shows rows."""

from datetime import date, datetime, time

from accounts.models import User
from demo.county import County
from studios.clocks import SHANGHAI
from suggestions.enums import JobState
from suggestions.models import DeadlinePolicy, RecomputeJob


def write_deadlines(county: County, today: date) -> None:
    """The source's numbers for last year and this one; a warning day that was entered wrongly in January."""
    last, current = (date(year, 1, 1) for year in (today.year - 1, today.year))
    DeadlinePolicy.objects.create(county=county.root, effective_from=last)
    policy = DeadlinePolicy.objects.create(county=county.root, effective_from=current)
    moment = datetime.combine(min(date(today.year, 1, 6), today), time(9, 20), SHANGHAI)
    RecomputeJob.objects.create(
        county=county.root,
        cause=f"更正{current.year}年1月1日起的期限规定：黄灯天数 2→3",
        reason="录入时看错一行，按县办通知应为三天",
        policy=policy,
        actor=User.objects.get(username="county"),
        state=JobState.DONE,
        opened_at=moment,
        finished_at=moment,
    )
