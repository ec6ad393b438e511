"""Importing a ledger of 20,000 closed cases: rows a second of preview, confirmation, and the same file once more.

A line becomes one case with some thirteen rows of history. Beside confirmation stands COPY of those very
rows, prepared, with PostgreSQL's checks of where they point to: it parses, checks and compares nothing. The rows it
takes the place of are deleted in the same transaction and still lie in the tables, which makes it no exact floor.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from accounts.import_services import apply_import, preview_import
from accounts.imports import kind_named
from accounts.models import User
from sheets.writer import Cell, listing
from suggestions.models import Assignment, Evaluation, Reply, Suggestion, SuggestionTransition

HISTORY: tuple[Any, ...] = (SuggestionTransition, Assignment, Reply, Evaluation)
ROWS = 20_000
WANTED = 4_000
FIRST = date(2021, 1, 4)
MATTER = "雨后积水，老人出行不便，建议修补并清淤。" * 3


def measure_ledger() -> None:
    """Import into the demonstration county that is there; prints rates, asserts nothing about them."""
    kind, actor = kind_named("ledger"), User.objects.get(username="county")
    place = kind.place_of(actor)
    assert place is not None
    resource = kind.resource(place)
    resource.load()
    heads = [(column.column_name, column.width) for column in resource.columns]
    codes = list(resource.fields["representative_id"].widget.lookup.codes)
    units = [pk for pk, town in resource.town_of_unit.items() if town is None]
    names = [resource.fields["unit_id"].widget.lookup.labels[pk] for pk in units]
    sheet = SimpleUploadedFile("ledger.xlsx", listing(heads, _rows(codes, names), []))
    print(f"\nimport of a ledger of {ROWS:,} closed cases   rows/s   (budget ≥ {WANTED:,} per pass)")
    started = time.perf_counter()
    run = preview_import(kind=kind, place=place, file=sheet, actor=actor)
    started = _tell("preview: all new", started)
    assert (run.new, run.refused) == (ROWS, 0)
    apply_import(run=run, actor=actor)
    started = _tell("confirm: all new, with histories", started)
    sheet.seek(0)
    again = preview_import(kind=kind, place=place, file=sheet, actor=actor)
    _tell("preview: all unchanged", started)
    assert again.same == ROWS
    print(f"{'COPY of the rows of confirmation':<40}{ROWS / _copied():>10,.0f}")


def _copied() -> float:
    """Seconds that PostgreSQL takes to store and check the rows that confirmation has written; undone afterwards."""
    cases = Suggestion.objects.filter(is_imported=True)
    with transaction.atomic(), connection.cursor() as cursor:
        prepared = [_prepared(Suggestion, cases)]
        prepared += [_prepared(model, model._default_manager.filter(suggestion__in=cases)) for model in HISTORY]
        for model in HISTORY:
            model._default_manager.filter(suggestion__in=cases)._raw_delete(connection.alias)
        cases._raw_delete(connection.alias)
        connection.check_constraints()
        started = time.perf_counter()
        for copy, rows in prepared:
            with cursor.copy(copy) as stream:
                for row in rows:
                    stream.write_row(row)
        connection.check_constraints()
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds


def _prepared(model: Any, rows: Any) -> tuple[str, list[Any]]:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    stored = list(rows.order_by("pk").values_list(*(field.attname for field in fields)))
    return f"COPY {model._meta.db_table} ({columns}) FROM STDIN", stored


def _tell(name: str, started: float) -> float:
    now = time.perf_counter()
    print(f"{name:<40}{ROWS / (now - started):>10,.0f}")
    return time.perf_counter()


def _rows(people: list[str], units: list[str]) -> Iterator[list[Cell]]:
    for number in range(ROWS):
        day = FIRST + timedelta(days=number % 1200)
        after = [day + timedelta(days=days) for days in (2, 3, 10, 11, 20)]
        yield [
            *(f"旧-{number:05d}", f"第{number}件：整治村庄道路和沟渠", MATTER, "道路交通"),
            *(people[number % len(people)], "", "", day, after[0], after[1], units[number % len(units)], "简单", ""),
            *(after[2], "已列入养护计划并完成修补，感谢您的建议。", "A 已解决", "", after[3]),
            *("满意", "满意", after[4], "已办结"),
        ]
