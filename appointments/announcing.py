"""公示及时 (domain.md §5, §8): judged once, when a duty becomes public, and never again.

A roster announces its duties by being published; a duty opened afterwards is announced on the day it is opened. What
happens later (another person, another day, calling it off) leaves the verdict: the schedule shows that change itself.
"""

from datetime import date, timedelta

from appointments.models import Appointment, DutyPolicy


def is_in_time(held_on: date, announced_on: date, policy: DutyPolicy) -> bool:
    """Whether the public could read of the duty as many days ahead as the county asks."""
    return held_on - announced_on >= timedelta(days=policy.publish_days)


def announced(meeting: Appointment, day: date, policy: DutyPolicy) -> Appointment:
    """`meeting`, not saved, made public on `day` and judged by `policy`, the settings its roster was drafted by."""
    meeting.announced_on = day
    meeting.was_announced_in_time = is_in_time(meeting.held_on, day, policy)
    return meeting
