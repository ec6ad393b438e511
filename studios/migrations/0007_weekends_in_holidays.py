"""Name the weekends inside the announced holidays: a duty on such a Saturday falls into the holiday (domain.md §4)."""

from django.db import migrations

from studios.calendar_source import SOURCE, announced_exceptions


def name_weekends(apps, schema_editor):
    holiday, calendar_year = apps.get_model("studios", "Holiday"), apps.get_model("studios", "CalendarYear")
    for year in calendar_year.objects.filter(is_announced=True, source=SOURCE).values_list("year", flat=True):
        rows = [
            holiday(date=day, kind=kind, name=name, source=SOURCE)
            for day, kind, name in announced_exceptions(year) or []
        ]
        holiday.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("studios", "0006_calendar_changes")]
    operations = [migrations.RunPython(name_weekends, migrations.RunPython.noop)]
