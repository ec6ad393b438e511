"""Write the announced office calendar of 2024–2027; years the package does not know are stored as unannounced."""

from django.db import migrations

from studios.calendar_source import SOURCE, announced_exceptions

YEARS = range(2024, 2028)


def seed(apps, schema_editor):
    holiday, calendar_year = apps.get_model("studios", "Holiday"), apps.get_model("studios", "CalendarYear")
    for year in YEARS:
        days = announced_exceptions(year)
        if days is not None:
            rows = [holiday(date=day, kind=kind, name=name, source=SOURCE) for day, kind, name in days]
            holiday.objects.bulk_create(rows, ignore_conflicts=True)
        calendar_year.objects.get_or_create(
            year=year, defaults={"is_announced": days is not None, "source": SOURCE if days is not None else ""}
        )


class Migration(migrations.Migration):
    dependencies = [("studios", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
