"""Duties of published rosters: announced on the day the roster was, judged by the settings it was drafted by."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

DEFAULT_DAYS = 3


def judge(apps, schema_editor):
    Appointment = apps.get_model("appointments", "Appointment")
    asked = {}
    for policy in apps.get_model("appointments", "DutyPolicy").objects.order_by("effective_from"):
        asked.setdefault(policy.county_id, []).append((policy.effective_from, policy.publish_days))
    for roster in apps.get_model("appointments", "Roster").objects.exclude(published_at=None):
        in_force = [days for since, days in asked.get(roster.county_id, []) if since <= roster.first_on]
        notice = timedelta(days=in_force[-1] if in_force else DEFAULT_DAYS)
        day = timezone.localdate(roster.published_at)
        rows = list(Appointment.objects.filter(roster=roster, announced_on=None))
        for row in rows:
            row.announced_on = day
            row.was_announced_in_time = (row.moved_from or row.held_on) - day >= notice
        Appointment.objects.bulk_update(rows, ["announced_on", "was_announced_in_time"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("appointments", "0009_announced_in_time")]

    operations = [migrations.RunPython(judge, migrations.RunPython.noop)]
