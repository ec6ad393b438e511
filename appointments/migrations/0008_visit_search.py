from django.db import migrations

import accounts.search

BATCH = 2000
INDEX = "CREATE INDEX appointments_visit_search ON appointments_visit USING gin (bigrams(search_text))"


def fill(apps, schema_editor):
    """The search text of the visits that were there before the column."""
    visits = apps.get_model("appointments", "Visit").objects
    rows = []
    for row in visits.only("matter", "answer").iterator(chunk_size=BATCH):
        row.search_text = accounts.search.search_text(f"{row.matter} {row.answer}")
        rows.append(row)
        if len(rows) == BATCH:
            visits.bulk_update(rows, ["search_text"])
            rows = []
    visits.bulk_update(rows, ["search_text"])


def build(apps, schema_editor):
    """The index of PostgreSQL; other databases read the column. Without ANALYZE it would not be used."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in (accounts.search.BIGRAMS, INDEX, "ANALYZE appointments_visit"):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Back to a column without an index; the function stays, others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX appointments_visit_search")


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0007_roster_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='search_text',
            field=accounts.search.SearchTextField('matter', 'answer', blank=True, default='', editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(build, drop),
    ]
