"""Many records at once: inserted by COPY where the database has it, remembered by the database from themselves.

Django builds every INSERT value by value and django-simple-history every history row in Python: four of five seconds
of an import, and lists (many-to-many rows) are left out of bulk history. What stands here afterwards is the same as
after saving each record.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.models import Max

BATCH = 5_000
NATIVE = {str, int, bool, date, datetime, Decimal, type(None)}
"""What PostgreSQL's driver takes as it is (moments are aware); asking each field costs more than writing the row."""
PLAIN = (models.Field.pre_save, models.ForeignKey.pre_save)
"""Fields that store what the record holds; all others (files, search texts) work their value out first."""


def insert(model: Any, records: Iterable[Any]) -> None:
    """Store new records of one model and give them their ids."""
    rows = list(records)
    if connection.vendor == "postgresql":
        _copy(model, rows)
    else:
        model._default_manager.bulk_create(rows, batch_size=1000)


def insert_values(model: Any, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store new rows of one model given as plain values of its columns `names` (attnames), and as nothing else.

    For rows nobody needs the ids of: a tenth of the time of records. Columns of text must not be None.
    """
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(
            [model(**dict(zip(names, row, strict=True))) for row in rows], batch_size=1000
        )
        return
    fields = [model._meta.get_field(name) for name in names]
    lines = StringIO()
    csv.writer(lines).writerows(rows)
    never_null = _list([field.column for field in fields if not field.null])
    target = f"{_table(model)} ({_list([field.column for field in fields])})"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {target} FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({never_null}))") as stream,
    ):
        stream.write(lines.getvalue())


def _copy(model: Any, rows: list[Any]) -> None:
    table, fields = _table(model), model._meta.concrete_fields
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(rows)]
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
        with cursor.copy(f"COPY {table} ({_list([field.column for field in fields])}) FROM STDIN") as stream:
            stored = itemgetter(*(field.attname for field in fields))
            worked_out = [field for field in fields if type(field).pre_save not in PLAIN]
            for row in rows:
                for field in worked_out:
                    vars(row)[field.attname] = field.pre_save(row, add=True)
                values = stored(vars(row))
                if not NATIVE.issuperset(map(type, values)):
                    values = [
                        value if type(value) in NATIVE else field.get_db_prep_save(value, connection)
                        for field, value in zip(fields, values, strict=True)
                    ]
                stream.write_row(values)
    for row in rows:
        row._state.adding = False


def through_of(model: Any, attribute: str) -> tuple[Any, str, str]:
    """The table of a many-to-many field, with the names of its columns for the record and for the other row."""
    relation = getattr(model, attribute).field
    return (
        relation.remote_field.through,
        f"{relation.m2m_field_name()}_id",
        f"{relation.m2m_reverse_field_name()}_id",
    )


def remember(model: Any, pks: list[int], kind: str, actor: Any, at: datetime) -> None:
    """Write a history row of `kind` (+ or ~) for each record of `pks`, as it stands now, with what it is linked to.

    Does nothing for a model without history.
    """
    manager = getattr(model, "history", None)
    if manager is None:
        return
    told = {
        "history_date": connection.ops.adapt_datetimefield_value(at),
        "history_user_id": actor.pk,
        "history_type": kind,
    }
    for start in range(0, len(pks), BATCH):
        _remember(model, manager.model, pks[start : start + BATCH], told)


def _remember(model: Any, history: Any, pks: list[int], told: dict[str, Any]) -> None:
    last = history.objects.aggregate(last=Max("history_id"))["last"] or 0
    names = [field.column for field in history.tracked_fields]
    marks = ", ".join(["%s"] * len(told))
    source = f"SELECT {_list(names)}, {marks} FROM {_table(model)}"  # noqa: S608 - names of models, bound values
    _insert(_table(history), [*names, *told], source, [*told.values()], pks)
    for field in history._history_m2m_fields:
        through, own, other = through_of(model, field.name)
        source = (
            f"SELECT t.id, t.{own}, t.{other}, h.history_id FROM {_table(through)} t"  # noqa: S608 - as above
            f" JOIN (SELECT id, history_id FROM {_table(history)} WHERE history_id > %s) h ON h.id = t.{own}"
        )
        target = _table(getattr(history, field.name).model)
        _insert(target, ["id", own, other, "history_id"], source, [last], pks, f"t.{own}")


def _insert(table: str, names: list[str], source: str, values: list[Any], pks: list[int], key: str = "id") -> None:
    """INSERT INTO table (names) source WHERE key is one of `pks`; names come from models, values are bound."""
    marks = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({_list(names)}) {source} WHERE {key} IN ({marks})", [*values, *pks])


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _list(names: list[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)
