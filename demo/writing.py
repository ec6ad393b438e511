"""Whole rows into the tables, many at once: by COPY on PostgreSQL, by INSERT elsewhere."""

import csv
import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from io import StringIO
from itertools import repeat
from operator import attrgetter
from typing import Any

from cryptography.fernet import MultiFernet
from django.core.management.color import no_style
from django.db import connection, connections
from django.db.models import Field, Max, Model

from accounts.encryption import EncryptedTextField, cipher
from accounts.search import SearchTextField

CHUNK = 2000


def first_key(model: type[Model]) -> int:
    """The first primary key of `model` nobody has: rows that carry their keys need not be read back."""
    last: int | None = model._base_manager.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection within: millions of rows hold no cycle, and would be searched for one again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def one_behind() -> Iterator[Callable[[Iterable[Model]], object]]:
    """A `write` for batch after batch: PostgreSQL stores one, and checks it, while the caller makes the next.

    Parents before children, and no other use of the connection until it ends; inside a transaction.
    """
    if connection.vendor != "postgresql":
        yield write
        return
    server = connections[connection.alias]
    with server.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    server.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:
            running = [thread.submit(_copy_all, [], server)]

            def write_later(rows: Iterable[Model]) -> None:
                running.pop().result()
                running.append(thread.submit(_copy_all, rows, server))

            yield write_later
            running.pop().result()
    finally:
        server.dec_thread_sharing()


def write(rows: Iterable[Model]) -> None:
    """Write new rows of any models; either all rows of a model carry a key or none does."""
    if connection.vendor == "postgresql":
        _copy_all(rows, connections[connection.alias])
        return
    for model, same in _by_model(rows):
        model._base_manager.bulk_create(same, batch_size=CHUNK)


def _by_model(rows: Iterable[Model]) -> Iterable[tuple[type[Model], list[Model]]]:
    found: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return found.items()


def _copy_all(rows: Iterable[Model], server: Any) -> None:
    for model, same in _by_model(rows):
        _copy(model, same, server)


def _copy(model: type[Model], rows: Sequence[Model], server: Any) -> None:
    """As CSV, where nothing is NULL and "" alike: our columns of text are never NULL, the others never ""."""
    has_keys = rows[0].pk is not None
    fields = [field for field in model._meta.concrete_fields if has_keys or not field.primary_key]
    never_null = [field for field in fields if not field.null]
    lines = StringIO()
    csv.writer(lines).writerows(zip(*(_column(field, rows) for field in fields), strict=True))
    statement = f'COPY "{model._meta.db_table}" ({_names(fields)}) FROM STDIN'
    with server.wrap_database_errors, server.cursor() as cursor:
        with cursor.copy(f"{statement} (FORMAT csv, FORCE_NOT_NULL ({_names(never_null)}))") as copy:
            copy.write(lines.getvalue())
        for reset in server.ops.sequence_reset_sql(no_style(), [model] if has_keys else []):
            cursor.execute(reset)


def _column(field: "Field[Any, Any]", rows: Sequence[Model]) -> Iterator[Any]:
    if isinstance(field, SearchTextField):
        return (field.pre_save(row, add=True) for row in rows)
    values = map(attrgetter(field.attname), rows)
    return map(_encrypted, values, repeat(cipher())) if isinstance(field, EncryptedTextField) else values


@cache
def _encrypted(value: str, key: MultiFernet) -> str:
    """Invented people come again and again, and hide nothing: one token for each will do."""
    return key.encrypt(value.encode()).decode() if value else value


def _names(fields: "Iterable[Field[Any, Any]]") -> str:
    return ", ".join(f'"{field.column}"' for field in fields)
