"""By when a unit signs is on record, so that 及时签收率 can be counted; what was assigned before is worked out once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import migrations, models

from studios.calendar import OfficeCalendar


def give_days(apps: Any, _editor: Any) -> None:
    assignments = apps.get_model("suggestions", "Assignment").objects.filter(round=1, suggestion__is_imported=False)
    policies = apps.get_model("suggestions", "DeadlinePolicy").objects.order_by("-effective_from")
    rules: dict[int, list[tuple[date, int]]] = {}
    for county, day, sign_days in policies.values_list("county_id", "effective_from", "sign_days"):
        rules.setdefault(county, []).append((day, sign_days))
    holidays = apps.get_model("studios", "Holiday").objects.values_list("date", "kind")
    calendar = OfficeCalendar(exceptions=dict(holidays))
    for county, day in assignments.values_list("suggestion__county_id", "assigned_on").distinct().order_by():
        ends_on = calendar.add_workdays(day, _in_force(rules.get(county, []), day))
        assignments.filter(suggestion__county_id=county, assigned_on=day).update(sign_due_on=ends_on)


def _in_force(rules: Iterable[tuple[date, int]], day: date) -> int:
    """The days the newest version up to `day` gives; one working day where a county has none."""
    return next((days for since, days in rules if since <= day), 1)


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0010_promises_by_day"), ("studios", "0007_weekends_in_holidays")]
    operations = [
        migrations.AddField(
            "assignment",
            "sign_due_on",
            models.DateField(
                "签收期限", null=True, blank=True, help_text="重办和台账导入的不再签收，不填"
            ),
        ),
        migrations.RunPython(give_days, migrations.RunPython.noop),
    ]
