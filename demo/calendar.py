"""The log of the office calendar, and what the county asks of its studios: so that their pages show rows."""

from datetime import date, datetime, time

from accounts.models import User
from demo.county import County
from studios.calendar_source import SOURCE
from studios.clocks import SHANGHAI
from studios.models import CalendarChange, StudioStandard
from studios.services.calendar_changes import standing_entries

ANNOUNCED = (11, 5)


def write_settings(county: County, today: date) -> None:
    """This year's holidays as entered last November, and the standard in force since this year began."""
    days = standing_entries(today.year)
    CalendarChange.objects.create(
        year=today.year,
        summary=f"录入{today.year}年放假安排：新增 {len(days)} 天",
        reason=SOURCE,
        days=[[day.isoformat(), "", entry.words] for day, entry in days.items()],
        actor=User.objects.get(username="county"),
        county=county.root,
        at=datetime.combine(date(today.year - 1, *ANNOUNCED), time(9, 30), SHANGHAI),
    )
    StudioStandard.objects.bulk_create(
        StudioStandard(county=county.root, effective_from=day)
        for day in (date(today.year - 1, 1, 1), date(today.year, 1, 1))
    )
