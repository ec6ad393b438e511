"""Many records at once: inserted by COPY where the database has it, remembered by the database from themselves.

Django builds every INSERT value by value and django-simple-history every history row in Python: four of five seconds
of an import, and lists (many-to-many rows) are left out of bulk history. What stands here afterwards is the same as
after saving each record.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.models import Max

from sheets.pace import quick_handover

BATCH = 5_000
AHEAD = 40
"""How many writes may wait for PostgreSQL: all of an import of 20,000 lines, which is examined long before."""
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


Insert = Callable[[Any, Sequence[str], Iterable[Sequence[Any]]], None]
"""Takes a model, the names of its columns (attnames) and rows of plain values; texts must not be None."""


@contextmanager
def inserting() -> Iterator[Insert]:
    """A way to store many new rows given as plain values, a tenth of the time of records. Inside a transaction.

    PostgreSQL stores them, and checks where they point to, while the caller prepares the next ones; a query of the
    caller waits for that, and so does the end of the block. Raises there, or at a later call, what went wrong.
    """
    if connection.vendor != "postgresql":
        yield _create
        return
    under_way: deque[Future[None]] = deque()

    def settle(left: int = 0) -> None:
        while len(under_way) > left:
            under_way.popleft().result()

    def insert(model: Any, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        lines = StringIO()
        csv.writer(lines).writerows(rows)
        settle(AHEAD)
        under_way.append(beside.submit(_send, connection.connection, _statement(model, names), lines.getvalue()))

    def after_writes(execute: Callable[..., Any], *arguments: Any) -> Any:
        settle()
        return execute(*arguments)

    with (
        connection.execute_wrapper(after_writes),
        quick_handover(),
        ThreadPoolExecutor(1) as beside,
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield insert
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _create(model: Any, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    model._default_manager.bulk_create([model(**dict(zip(names, row, strict=True))) for row in rows], batch_size=1000)


def _statement(model: Any, names: Sequence[str]) -> str:
    fields = [model._meta.get_field(name) for name in names]
    never_null = _list([field.column for field in fields if not field.null])
    target = f"{_table(model)} ({_list([field.column for field in fields])})"
    return f"COPY {target} FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({never_null}))"


def _send(link: Any, statement: str, lines: str) -> None:
    """In the thread beside: on the caller's own connection, so in the caller's transaction."""
    with connection.wrap_database_errors, link.cursor() as cursor, cursor.copy(statement) as stream:
        stream.write(lines)


def reserve(model: Any, count: int) -> Sequence[int]:
    """Ids for `count` new rows, which nobody else gets. Inside a transaction that stores them before any other row."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            serial = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(serial, [_table(model), count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        (last,) = cursor.fetchone() or (0,)
        return range(last + 1, last + count + 1)


def _copy(model: Any, rows: list[Any]) -> None:
    fields = model._meta.concrete_fields
    for row, pk in zip(rows, reserve(model, len(rows)), strict=True):
        row.pk = pk
    into = f"COPY {_table(model)} ({_list([field.column for field in fields])}) FROM STDIN"
    stored = itemgetter(*(field.attname for field in fields))
    worked_out = [field for field in fields if type(field).pre_save not in PLAIN]
    with connection.cursor() as cursor, cursor.copy(into) as stream:
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
