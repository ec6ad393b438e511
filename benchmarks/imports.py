"""Importing 20,000 representatives: rows a second of preview and of confirmation, beside COPY of prepared rows.

COPY writes the bare rows of the one table: it parses, checks, compares and remembers nothing. It is the floor.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from accounts.import_services import apply_import, preview_import
from accounts.imports import kind_named
from accounts.models import User
from representatives.models import Representative
from sheets.writer import Cell, listing

ROWS = 20_000
WANTED = 4_000


def measure_imports() -> None:
    """Import into the demonstration county that is there; prints rates and ratios, asserts nothing."""
    kind, actor = kind_named("representatives"), User.objects.get(username="county")
    place = kind.place_of(actor)
    assert place is not None
    resource = kind.resource(place)
    resource.load()
    heads = [(column.column_name, column.width) for column in resource.columns]
    towns, studios = (
        list(resource.fields[name].widget.lookup.labels.values()) for name in ("delegation_id", "studios")
    )
    sheet = SimpleUploadedFile("bench.xlsx", listing(heads, _rows(towns, studios), []))
    sheet.seek(0)
    run, preview = _timed(lambda: preview_import(kind=kind, place=place, file=sheet, actor=actor))
    assert (run.new, run.refused) == (ROWS, 0)
    _nothing, apply = _timed(lambda: apply_import(run=run, actor=actor))
    sheet.seek(0)
    again, unchanged = _timed(lambda: preview_import(kind=kind, place=place, file=sheet, actor=actor))
    assert again.same == ROWS
    copy = _copy()
    print(f"\nimport of {ROWS:,} representatives      rows/s   (budget ≥ {WANTED:,} per pass)")
    for name, seconds in (
        ("preview: all new", preview),
        ("confirm: all new, with history", apply),
        ("preview: all unchanged", unchanged),
        ("COPY of prepared rows, one table", copy),
    ):
        print(f"{name:<36}{ROWS / seconds:>10,.0f}   {copy / seconds:.3f} × COPY")


def _rows(towns: list[str], studios: list[str]) -> Iterator[list[Cell]]:
    for number in range(ROWS):
        yield [
            f"B{number:06d}", f"演示{number}", "女" if number % 3 else "男", towns[number % len(towns)], "镇党代表", 13,
            f"第{number % 90}选区", "教师", f"1990000{number % 10_000:04d}", date(1960 + number % 40, 1, 1),
            "汉族", studios[number % len(studios)], "曾任村干部，热心公益。" * 3, "愿为大家跑腿", "在任",
        ]  # fmt: skip


def _timed(action: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    done = action()
    return done, time.perf_counter() - started


def _copy() -> float:
    """Seconds that PostgreSQL takes for the same rows, prepared, into the same table; undone afterwards."""
    names = [field.column for field in Representative._meta.concrete_fields if field.column != "id"]
    written = Representative.objects.filter(certificate_no__startswith="B")
    attributes = [field.attname for field in Representative._meta.concrete_fields if field.column != "id"]
    prepared = [list(row) for row in written.values_list(*attributes)]
    place = names.index("certificate_no")
    for number, row in enumerate(prepared):
        row[place] = f"C{number:06d}"
    columns = ", ".join(f'"{name}"' for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        started = time.perf_counter()
        with cursor.copy(f"COPY {Representative._meta.db_table} ({columns}) FROM STDIN") as stream:
            for row in prepared:
                stream.write_row(row)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds
