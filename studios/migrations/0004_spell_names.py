"""Spell the names that were there before the search column; apart, because PostgreSQL alters no table it just wrote."""

from django.db import migrations


def fill(apps, schema_editor):
    """Spell the names that were there before the column."""
    for row in apps.get_model("studios", "Studio").objects.iterator():
        row.save(update_fields=["search_key"])


class Migration(migrations.Migration):
    dependencies = [("studios", "0003_registers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
