"""Tallies, and on PostgreSQL the triggers that mark what they no longer tell.

One function per table, called once per statement with the rows as they were, and once with the rows as they are. It
names the buckets the rows lie in and knows nothing of what is counted there. It must never read a whole table: plans
are kept per session, and the first statement of a session may be a large one.
"""

from django.db import migrations, models

KINDS = [('cases', '建议意见'), ('gatherings', '约见'), ('visits', '接访')]
ID = ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID'))
BUCKET = [
    ('kind', models.CharField(choices=KINDS, max_length=10)),
    ('county', models.BigIntegerField()),
    ('delegation', models.BigIntegerField()),
    ('month', models.DateField()),
]
HOLDS = [('holds_from', models.DateField()), ('holds_until', models.DateField())]

CASES = """
    SELECT c.county_id, c.delegation_id, coalesce(c.accepted_on, p.accepted_on) AS day
    FROM {rows} c LEFT JOIN suggestions_suggestion p ON p.id = c.parent_id"""
VISITS = "SELECT c.county_id, c.delegation_id, c.received_on AS day FROM {rows} c"
GATHERINGS = "SELECT c.county_id, c.delegation_id, c.held_on AS day FROM {rows} c"
EVERYTHING = {
    'cases': CASES.format(rows='suggestions_suggestion'),
    'visits': VISITS.format(rows='appointments_visit'),
    'gatherings': GATHERINGS.format(rows='appointments_appointment'),
}
"""All rows by kind."""
OF_A_CASE = [('cases', EVERYTHING['cases'] + " WHERE c.id IN (SELECT suggestion_id FROM changed)")]
MERGED = """
    SELECT c.county_id, c.delegation_id, p.accepted_on AS day
    FROM changed p JOIN suggestions_suggestion c ON c.parent_id = p.id"""
SEATS = """
    SELECT a.county_id, a.delegation_id, a.held_on AS day
    FROM changed c JOIN appointments_appointment a ON a.id = c.appointment_id
    UNION SELECT a.county_id, a.delegation_id, a.held_on
    FROM changed c JOIN appointments_attendance r ON r.id = c.replaces_id
    JOIN appointments_appointment a ON a.id = r.appointment_id"""
"""A seat somebody takes over counts in another way, be it at another appointment."""
TOUCHES = {
    'suggestions_suggestion': [('cases', CASES.format(rows='changed')), ('cases', MERGED)],
    'suggestions_evaluation': OF_A_CASE,
    'suggestions_contact': OF_A_CASE,
    'suggestions_reply': OF_A_CASE,
    'suggestions_unitrequest': OF_A_CASE,
    'suggestions_assignment': OF_A_CASE,
    'appointments_visit': [('visits', VISITS.format(rows='changed'))],
    'appointments_attendance': [('gatherings', SEATS)],
    'appointments_appointment': [('gatherings', GATHERINGS.format(rows='changed'))],
    'studios_studio': [],
}
OF_ANOTHER_KIND = {
    'appointments_appointment': ('appointment_id', ['cases', 'visits']),
    'studios_studio': ('studio_id', ['cases', 'visits', 'gatherings']),
}
"""What is also counted by the kind of its appointment or studio: marked where that kind has changed."""
MOMENTS = {
    'added': ('INSERT', 'NEW'),
    'was': ('UPDATE', 'OLD'),
    'became': ('UPDATE', 'NEW'),
    'gone': ('DELETE', 'OLD'),
}
MARK_ALL = """
CREATE FUNCTION reports_touch_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_touched (kind, county, delegation, month)
  SELECT DISTINCT kind, county, delegation, month FROM reports_bucket;
  RETURN NULL;
END $$"""


def _mark(kind, rows):
    return f"""
  INSERT INTO reports_touched (kind, county, delegation, month)
  SELECT DISTINCT '{kind}', county_id, delegation_id, date_trunc('month', day)::date
  FROM ({rows}) AS marked WHERE day IS NOT NULL ORDER BY 1, 4;"""


def _mark_others(table):
    """Marks for what hangs on rows whose kind is not what it was."""
    if table not in OF_ANOTHER_KIND:
        return ""
    key, kinds = OF_ANOTHER_KIND[table]
    changed = f"SELECT o.id FROM changed o JOIN {table} n ON n.id = o.id WHERE n.kind <> o.kind"
    marks = "".join(_mark(kind, f"{EVERYTHING[kind]} WHERE c.{key} IN ({changed})") for kind in kinds)
    return f"\n  IF EXISTS ({changed}) THEN{marks}\n  END IF;"


def _statements():
    yield MARK_ALL
    for table, touches in TOUCHES.items():
        name, body = f"reports_touch_{table}", "".join(_mark(*touch) for touch in touches) + _mark_others(table)
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off "
            f"AS $$\nBEGIN{body}\n  RETURN NULL;\nEND $$"
        )
        for moment, (event, side) in MOMENTS.items():
            yield (
                f"CREATE TRIGGER reports_{moment} AFTER {event} ON {table} REFERENCING {side} TABLE AS changed "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
        yield (
            f"CREATE TRIGGER reports_emptied AFTER TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION reports_touch_all()"
        )
    for kind, rows in EVERYTHING.items():
        yield _mark(kind, rows)


def build(apps, schema_editor):
    """Triggers, and a mark for everything that is there already; other databases keep no tallies."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in _statements():
            schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TOUCHES:
            schema_editor.execute(f"DROP FUNCTION reports_touch_{table}() CASCADE")
        schema_editor.execute("DROP FUNCTION reports_touch_all() CASCADE")


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0011_fewer_indexes'),
        ('studios', '0007_weekends_in_holidays'),
        ('suggestions', '0017_accepted_by_delegation'),
        ('reports', '0002_export_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Touched',
            fields=[ID, *BUCKET],
            options={
                'verbose_name': '待重算的统计',
                'indexes': [models.Index(fields=['kind', 'month'], name='reports_touched_bucket')],
            },
        ),
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ID,
                *BUCKET,
                *HOLDS,
                ('rules', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': '已统计的月份',
                'indexes': [models.Index(fields=['kind', 'delegation', 'month'], name='reports_bucket_of')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ID,
                *BUCKET,
                *HOLDS,
                ('source', models.CharField(max_length=12)),
                ('dimension', models.CharField(max_length=12)),
                ('value', models.CharField(max_length=24, null=True)),
                ('numbers', models.JSONField()),
            ],
            options={
                'verbose_name': '统计数字',
                'indexes': [
                    models.Index(fields=['source', 'dimension', 'county', 'month'], name='reports_tally_county'),
                    models.Index(fields=['kind', 'delegation', 'month'], name='reports_tally_bucket'),
                ],
            },
        ),
        migrations.RunPython(build, drop),
    ]
