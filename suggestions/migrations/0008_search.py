from django.db import migrations

import accounts.search

BATCH = 2000

INDEX = "CREATE INDEX suggestions_search ON suggestions_suggestion USING gin (bigrams(search_text))"


def fill(apps, schema_editor):
    """The search text of the cases that were there before the column."""
    cases = apps.get_model("suggestions", "Suggestion").objects
    rows = []
    for row in cases.only("number", "title", "content").iterator(chunk_size=BATCH):
        row.search_text = accounts.search.search_text(f"{row.number} {row.title} {row.content}")
        rows.append(row)
        if len(rows) == BATCH:
            cases.bulk_update(rows, ["search_text"])
            rows = []
    cases.bulk_update(rows, ["search_text"])


def build(apps, schema_editor):
    """The index of PostgreSQL; other databases read the column. Without ANALYZE it would not be used."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in (accounts.search.BIGRAMS, INDEX, "ANALYZE suggestions_suggestion"):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Back to a column without an index; the function stays, others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX suggestions_search")


class Migration(migrations.Migration):

    dependencies = [
        ('suggestions', '0007_supervision_on_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='suggestion',
            name='search_text',
            field=accounts.search.SearchTextField('number', 'title', 'content', blank=True, default='', editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(build, drop),
    ]
